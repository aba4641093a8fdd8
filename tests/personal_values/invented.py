"""Invented values of persons, the same for the same seed: names of syllables, numbers with right check digits."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

LUHN_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


@dataclass
class Invented:
    """Makes values; `heads` and `tails` are syllables, which differ between the halves of the labelled set."""

    seed: int
    heads: tuple[str, ...]
    middles: tuple[str, ...]
    tails: tuple[str, ...]
    firsts: tuple[str, ...]
    rng: random.Random = field(init=False)
    seen: list[str] = field(default_factory=list)
    """Whole names that an earlier answer told."""

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311  synthetic records

    def pick(self, *values):
        """One of the values."""
        return self.rng.choice(values)

    def number(self, low, high):
        """A whole number of this range."""
        return self.rng.randint(low, high)

    def digits(self, count):
        """A text of so many digits, the first no zero."""
        return str(self.rng.randint(10 ** (count - 1), 10**count - 1))

    def text(self, alphabet, count):
        """A text of so many signs of an alphabet."""
        return "".join(self.rng.choices(alphabet, k=count))

    def first(self):
        """A given name that is no word."""
        return (self.rng.choice(self.firsts) + self.rng.choice(self.middles)).title()

    def last(self):
        """A family name that is no word."""
        return (self.rng.choice(self.heads) + self.rng.choice(self.middles) + self.rng.choice(self.tails)).title()

    def full(self):
        """A whole name."""
        return f"{self.first()} {self.last()}"

    def login(self):
        """A name to log in with."""
        first, last = self.first().lower(), self.last().lower()
        return self.pick(
            f"{first}.{last}", f"{first[0]}{last}", f"{last}_{first[0]}", f"{first}{self.number(1, 9)}", last
        )

    def handle(self):
        """A name in a network of people."""
        return f"@{self.first().lower()}{self.pick('', '_', '.')}{self.last().lower()}"

    def bic(self):
        """A bank's number that shows what it is: of eleven signs, for a head office or a numbered branch."""
        place = self.pick("DEFF", "FRPP", "NL2A", "ESMM", "PLPW", "DKKK", "ITMM", "GB2L")
        return f"{self.text('BCDFGKLMNPRST', 4)}{place}{self.pick('XXX', self.digits(3))}"

    def mail(self):
        """An address of mail."""
        return f"{self.first().lower()}.{self.last().lower()}@mail.example.test"

    def phone(self):
        """A phone number with its country."""
        return f"+{self.pick(49, 33, 39, 48, 31)} {self.digits(2)} {self.digits(7)}"

    def place(self):
        """A town that does not exist."""
        return (self.rng.choice(self.heads) + self.rng.choice(self.middles)).title() + self.pick("stadt", "ville", "by")

    def street(self):
        """A street and a number."""
        return f"{self.last()}{self.pick('weg', 'laan', 'gata')} {self.number(1, 180)}"

    def zip(self):
        """A postal code."""
        return self.digits(5)

    def day(self):
        """A day of birth."""
        return f"{self.number(1938, 2004)}-{self.number(1, 12):02}-{self.number(1, 28):02}"

    def card(self):
        """A card's number with its check digit."""
        body = self.pick("4", "51", "53", "55", "2221", "6011")
        body += "".join(str(self.rng.randint(0, 9)) for _ in range(15 - len(body)))
        odd = sum(LUHN_DOUBLED[int(digit)] for digit in body[-1::-2]) + sum(int(digit) for digit in body[-2::-2])
        return body + str(-odd % 10)

    def iban(self, country=None):
        """A bank account's number with its check digits."""
        country = country or self.pick("DE", "AT", "BE", "ES")
        body = self.digits({"DE": 18, "AT": 16, "BE": 12, "ES": 20}[country])
        rest = int(body + "".join(str(int(sign, 36)) for sign in country) + "00") % 97
        return f"{country}{98 - rest:02}{body}"

    def ipv4(self):
        """An address of the network."""
        return f"{self.pick('198.51.100', '203.0.113', '192.0.2')}.{self.number(1, 254)}"

    def ipv6(self):
        """An address of the newer network."""
        return f"2001:db8:{self.number(1, 0xFFFF):x}::{self.number(1, 0xFFFF):x}"

    def mac(self):
        """An address of a device."""
        return ":".join(f"{self.number(0, 255):02x}" for _ in range(6))

    def hex(self, count):
        """So many hexadecimal digits."""
        return self.text("0123456789abcdef", count)
