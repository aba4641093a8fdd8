"""Make the world from a seed: the same seed, the same world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count, product
from random import Random
from typing import NamedTuple, TypeVar

from tools.sandbox.disagreements import happens
from tools.sandbox.people import COMPANIES, FAMILY, GIVEN, OTHER_SCRIPTS, PLACES, STREETS
from tools.sandbox.words import LOCATIONS, PAYMENTS, SHIPPINGS, STAGES
from tools.sandbox.world import Address, Customer, Line, Order, Product, Variant, Where, World

_Record = TypeVar("_Record", Customer, Product)

__all__ = ["EACH_SIDE", "FIRST_DAY", "make_world"]

EACH_SIDE = {"customers": 300, "products": 180, "orders": 350}
"""Number of records each system holds; six in ten of them exist in the other one too."""
_OVERLAP = Decimal("0.6")
FIRST_DAY = datetime(2024, 11, 4, 8, tzinfo=UTC)
_LAST_DAY = datetime(2026, 10, 30, 18, tzinfo=UTC)
_BEYOND_FLOATS = 2**53
"""From here on a double-precision number can no longer tell neighbours apart."""
_THINGS = (
    ("Mug", 1, ()), ("Bowl", 0, ()), ("Bread Board", 2, ()), ("Tee", 4, ("Colour", "Size")), ("Cap", 5, ("Colour",)),
    ("Apron", 3, ("Size",)), ("Notebook", 7, ()), ("Pencil Set", 6, ()), ("Gift Box", 6, ()), ("Scarf", 3, ("Colour",)),
)  # fmt: skip
_LOOKS = ("Plain", "Striped", "Speckled", "Blue", "Oak", "Linen", "Classic", "Tiny", "Large", "Foggy", "Crème", "Größe")
_VALUES = {"Colour": ("Red", "Blue", "Sage"), "Size": ("S", "M", "L")}


def make_world(seed: int = 20261102) -> World:
    """Make customers, products and orders, six in ten of each known to both systems.

    >>> world = make_world()
    >>> sum(order.where.in_both for order in world.orders)
    210
    """
    rng = Random(seed)  # noqa: S311  reproducible on purpose; nothing here is a secret
    customers = _customers(rng)
    products = _products(rng)
    return World(customers, products, _orders(rng, customers, products))


def _places(rng: Random, per_side: int, *, ipaas_from: int, store_from: int, big: int = 0) -> list[Where]:
    """Decide which systems know each record; every `big`th record's iPaaS.com id lies beyond 2^53."""
    both = int(per_side * _OVERLAP)
    sides = ["both"] * both + ["ipaas"] * (per_side - both) + ["store"] * (per_side - both)
    rng.shuffle(sides)
    wheres, ipaas_id, store_id = [], ipaas_from, store_from
    for number, side in enumerate(sides, 1):
        ipaas_id, store_id = ipaas_id + rng.randint(1, 9), store_id + (1 if rng.random() < 0.9 else 2)  # noqa: PLR2004  gaps left by deleted records
        # Every so often an id that was given by a sharded database: a float would change its last digits.
        wide = _BEYOND_FLOATS + 2 * ipaas_id + 1 if big and number % big == 0 else ipaas_id
        linked = side == "both" and happens("linked", wide)
        wheres.append(Where(wide if side != "store" else None, store_id if side != "ipaas" else None, linked))
    return wheres


def _moment(rng: Random, after: datetime = FIRST_DAY) -> datetime:
    return after + timedelta(seconds=rng.randrange(int((_LAST_DAY - after).total_seconds())))


def _customers(rng: Random) -> tuple[Customer, ...]:
    address_ids = count(1)
    wheres = _places(rng, EACH_SIDE["customers"], ipaas_from=145000, store_from=0, big=25)
    return tuple(_customer(rng, number, where, address_ids) for number, where in enumerate(wheres, 1))


def _customer(rng: Random, number: int, where: Where, address_ids: count[int]) -> Customer:
    foreign = number % 17 == 0
    first, last = rng.choice(OTHER_SCRIPTS) if foreign else (rng.choice(GIVEN), rng.choice(FAMILY))
    company = rng.choice(COMPANIES) if rng.random() < 0.3 else ""  # noqa: PLR2004  three in ten buy for a company
    phone = f"+1 555 01{rng.randrange(100):02d} {number:03d}"
    created = _moment(rng)
    homes = rng.choice((0, 1, 1, 1, 1, 2))
    addresses = tuple(_address(rng, next(address_ids), first, last, company) for _ in range(homes))
    mail = "kunde" if foreign else f"{first}.{last}".lower().replace("'", "").encode("ascii", "ignore").decode()
    return Customer(
        number, where, first, last, f"{mail}.{number}@example.test", company, phone, rng.choice((0, 0, 0, 1, 2, 3)),
        created, _moment(rng, created), addresses,
    )  # fmt: skip


def _address(rng: Random, store_id: int, first: str, last: str, company: str) -> Address:
    place = PLACES[min(rng.randrange(16), rng.randrange(len(PLACES)))]
    street = f"{rng.randint(1, 240)} {rng.choice(STREETS)}"
    flat = f"Apt {rng.randint(1, 40)}" if rng.random() < 0.25 else ""  # noqa: PLR2004  one in four
    phone = f"+1 555 01{rng.randrange(100):02d} {store_id:03d}"
    return Address(store_id, first, last, company, street, flat, place, phone, not company)


def _products(rng: Random) -> tuple[Product, ...]:
    variant_ids = count(61)
    wheres = _places(rng, EACH_SIDE["products"], ipaas_from=20100, store_from=80)
    return tuple(_product(rng, number, where, variant_ids) for number, where in enumerate(wheres, 1))


def _product(rng: Random, number: int, where: Where, variant_ids: count[int]) -> Product:
    thing, category, names = rng.choice(_THINGS)
    sku = str(number) if number % 9 == 0 else f"SB-{number:04d}"  # one article in nine still has its old number
    price = rng.randrange(350, 9000, 5) - 1
    options = tuple((name, _VALUES[name][: rng.choice((2, 2, 3))]) for name in names)
    created = _moment(rng)
    return Product(
        number, where, sku, f"{rng.choice(_LOOKS)} {thing} {number}", category, price, price + rng.choice((0, 500)),
        price * 11 // 20, Decimal(rng.randint(10, 400)) / 100,
        (rng.randint(2, 30), rng.randint(2, 30), rng.randint(1, 12)), options,
        tuple(_variants(rng, sku, price, options, variant_ids)), created, _moment(rng, created),
    )  # fmt: skip


def _variants(
    rng: Random, sku: str, price: int, options: tuple[tuple[str, tuple[str, ...]], ...], ids: count[int]
) -> list[Variant]:
    variants = []
    for values in product(*(choices for _, choices in options)):
        store_id = next(ids)
        code = "-".join([sku, *(value[:2].upper() for value in values)])
        stock = tuple(rng.choice((0, rng.randint(1, 60))) for _ in LOCATIONS)
        more = 200 if "L" in values else 0
        variants.append(Variant(store_id, 700000 + 3 * store_id, code, values, price + more, stock))
    return variants


def _orders(rng: Random, customers: tuple[Customer, ...], products: tuple[Product, ...]) -> tuple[Order, ...]:
    wheres = _places(rng, EACH_SIDE["orders"], ipaas_from=197600, store_from=10000, big=20)
    series = _Series(count(1), count(501))
    days = sorted(_moment(rng) for _ in wheres)
    return tuple(
        _order(rng, (number, day), where, _known(customers, where), _known(products, where), series)
        for number, (where, day) in enumerate(zip(wheres, days, strict=True), 1)
    )


def _known(records: tuple[_Record, ...], where: Where) -> list[_Record]:
    """Keep the records that every system holding the order knows, so that an order never refers to nothing."""
    return [
        record
        for record in records
        if (where.ipaas_id is None or record.where.ipaas_id is not None)
        and (where.store_id is None or record.where.store_id is not None)
    ]


class _Series(NamedTuple):
    """The store's numbers for what belongs to orders."""

    lines: count[int]
    addresses: count[int]


def _order(
    rng: Random,
    day: tuple[int, datetime],
    where: Where,
    customers: list[Customer],
    products: list[Product],
    series: _Series,
) -> Order:
    number, created = day
    person = rng.choice([person for person in customers if person.created <= created] or customers)
    guest = number % 11 == 0
    address = _address(rng, next(series.addresses), person.first, person.last, person.company)
    stage = rng.choice((0, 1, 2, 3, 3, 4, 4, 4, 4, 5, 6, 7))
    shipped = created + timedelta(hours=rng.randint(5, 90)) if STAGES[stage].store_id in {2, 4, 10, 14} else None
    basket = rng.sample(products, rng.choice((1, 1, 1, 2, 2, 3)))
    return Order(
        where.store_id or 2000 + number, where, None if guest else person, address, person.email,
        tuple(_line(rng, next(series.lines), item) for item in basket), rng.choice((0, 495, 795, 1250)),
        Decimal(rng.choice(("8.25", "7.375", "6.625", "0"))), stage, rng.randrange(len(PAYMENTS)),
        rng.randrange(len(SHIPPINGS)), rng.choice(("", "", "", "Please leave it with the neighbour.", "Geschenk 🎁")),
        created, (shipped or created) + timedelta(minutes=rng.randint(1, 6000)), shipped,
    )  # fmt: skip


def _line(rng: Random, store_id: int, item: Product) -> Line:
    variant = rng.choice(item.variants)
    discount = variant.price_cents // 10 if rng.random() < 0.15 else 0  # noqa: PLR2004  ten per cent off, now and then
    return Line(store_id, item, variant, rng.choice((1, 1, 1, 2, 3, 6)), discount)
