"""Customers in two systems, written apart as people and shops write them: a hard noise model, and what is true in it.

Persons live in houses: one in four shares house, telephone and family name with one to three others, every twelfth of
those is a twin of the one before, and half of the houses' members share an e-mail address. Sixty percent of the persons
are in both systems, the others in one. Every copy of a person is written anew, and each of these happens by itself:

    given name   typo 5 %, short form 25 % where there is one, only the initial 2 %
    family name  typo 5 %, another one after a wedding 5 %; swapped with the given name 3 %
    alphabet     names of Greek, Russian and German, Polish, French, Nordic people: 40 % romanised or without accents
    e-mail       missing 12 %, another one 15 %, a placeholder 6 %, typo 2 %, case and spaces 10 %
    telephone    missing 25 %, another one 12 %, typo 2 %; six ways to write it
    house        moved 10 %; street abbreviated 30 %, typo 6 %; missing 10 %
    birthday     missing 60 %, day and month swapped 2 %
    twice        2 % stand in a system twice, each copy with its own noise
"""

from __future__ import annotations

import random
import string
import unicodedata
from dataclasses import dataclass, replace

from anyascii import anyascii
from faker.config import AVAILABLE_LOCALES
from faker.utils.loading import import_module

from ipaas_discovery.knowledge.table_reader import read_csv
from ipaas_discovery.samples.sample import Sample, Stop

LOCALES = {"en_US": 55, "en_GB": 10, "de_DE": 8, "fr_FR": 6, "es_ES": 6, "it_IT": 4, "pl_PL": 4, "ru_RU": 4, "el_GR": 3}
SHARED = ("none@none.example", "noemail@store.example", "na@na.example", "sales@store.example", "x@x.example")
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
STREETS = ("Street", "Avenue", "Road", "Lane", "Drive", "Court", "Way")
SHORT = {"Street": "St.", "Avenue": "Ave", "Road": "Rd", "Lane": "Ln", "Drive": "Dr.", "Court": "Ct", "Way": "Wy"}


@dataclass(frozen=True)
class House:
    family: str
    locale: str
    street: str
    zip: str
    city: str
    state: str
    phone: str
    email: str


@dataclass(frozen=True)
class Person:
    given: str
    family: str
    house: House
    email: str
    phone: str
    born: str


class World:
    """People, from a seed."""

    def __init__(self, seed=1):
        self.dice = random.Random(seed)  # noqa: S311  seeded chance is the point
        self.names = {locale: _names(locale) for locale in LOCALES if locale in AVAILABLE_LOCALES}
        short = read_csv("people/nicknames")
        self.short = {row["name"]: row["short"].split() for row in short}
        self.roads = [f"{name} {kind}" for name in self.names["en_US"][1][:400] for kind in STREETS]
        self.cities = [
            (f"{name}{end}", f"{self.dice.randrange(10000, 99000)}"[:3], state)
            for name, end, state in zip(
                self.dice.sample(self.names["en_GB"][1], 150),
                self.dice.choices(("ville", " City", "ton", "burg", ""), k=150),
                self.dice.choices(("CA", "NY", "TX", "FL", "OH", "WA"), k=150),
                strict=True,
            )
        ]

    def chance(self, share):
        return self.dice.random() < share

    def people(self, count):
        people = []
        while len(people) < count:
            house = self.house()
            people.append(self.person(house))
            if self.chance(0.13):
                for _ in range(self.dice.choice((1, 1, 2, 3))):
                    member = self.person(house)
                    if self.chance(0.5):
                        member = replace(member, email=house.email)
                    if self.chance(0.08):
                        member = replace(member, born=people[-1].born, email=people[-1].email)
                    people.append(replace(member, phone=house.phone))
        return people[:count]

    def house(self):
        locale = self.dice.choices(list(LOCALES), weights=LOCALES.values())[0]
        family = self.pick(self.names[locale][1])
        city, area, state = self.dice.choice(self.cities)
        street = f"{self.dice.randrange(1, 999)} {self.dice.choice(self.roads)}"
        email = f"{_ascii(family)}{self.dice.randrange(1, 99)}@{self.domain()}"
        code = f"{area}{self.dice.randrange(100):02}"
        return House(family, locale, street, code, city, state, self.phone(), email)

    def person(self, house):
        given = self.pick(self.names[house.locale][0])
        born = f"{self.dice.randrange(1940, 2008)}-{self.dice.randrange(1, 13):02}-{self.dice.randrange(1, 29):02}"
        return Person(given, house.family, house, self.email(given, house.family), self.phone(), born)

    def pick(self, names):
        """Some names are common."""
        return names[int(len(names) * self.dice.random() ** 2)]

    def domain(self):
        return self.dice.choice(("mail.example", "post.example", "inbox.example", "work.example", "web.example"))

    def email(self, given, family):
        given, family = _ascii(given), _ascii(family)
        local = self.dice.choice(
            (f"{given}.{family}", f"{given[0]}{family}", f"{given}{family}", f"{family}.{given}", f"{given}_{family}")
        )
        return f"{local}{self.dice.choice(('', '', self.dice.randrange(1, 99)))}@{self.domain()}"

    def phone(self):
        return f"{self.dice.randrange(201, 990)}555{self.dice.randrange(10000):04}"

    def typo(self, text):
        if len(text) < 3:
            return text
        at = self.dice.randrange(1, len(text))
        letter = self.dice.choice(string.ascii_lowercase if not text[at - 1].isdigit() else string.digits)
        return self.dice.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + letter + text[at:],
                text[:at] + letter + text[at + 1 :],
                text[: at - 1] + text[at : at + 1] + text[at - 1] + text[at + 1 :],
            )
        )

    def written(self, person):
        """Write one copy of a person."""
        given, family = self.name(person)
        house = self.house() if self.chance(0.10) else person.house
        street = house.street
        if self.chance(0.3):
            street = " ".join(SHORT.get(word, word) for word in street.split())
        if self.chance(0.06):
            street = self.typo(street)
        born = "" if self.chance(0.6) else person.born
        if born and self.chance(0.02):
            born = f"{born[:5]}{born[8:]}-{born[5:7]}" if born[8:] <= "12" else born
        place = {"street": street, "zip": house.zip, "city": house.city, "state": house.state}
        if self.chance(0.10):
            place = dict.fromkeys(place, "")
        return {
            "given": given,
            "family": family,
            "email": self.written_email(person),
            "phone": self.written_phone(person),
            **place,
            "born": born,
        }

    def name(self, person):
        given, family = person.given, person.family
        if self.chance(0.05):
            family = self.pick(self.names[person.house.locale][1])
        short = self.short.get(_ascii(given))
        if short and self.chance(0.25):
            given = self.dice.choice(short).title()
        elif self.chance(0.02):
            given = f"{given[0]}."
        if self.chance(0.4):
            romanised = (lambda text: anyascii(text.translate(GERMAN))) if self.chance(0.5) else anyascii
            given, family = romanised(given), romanised(family)
        given = self.typo(given) if self.chance(0.05) else given
        family = self.typo(family) if self.chance(0.05) else family
        if self.chance(0.03):
            given, family = family, given
        case = self.dice.choices((str, str.upper, str.lower), weights=(90, 6, 4))[0]
        return case(given), case(family) + (" " if self.chance(0.05) else "")

    def written_email(self, person):
        if self.chance(0.12):
            return ""
        if self.chance(0.06):
            return self.dice.choice(SHARED)
        email = self.email(person.given, person.family) if self.chance(0.15) else person.email
        if self.chance(0.02):
            email = self.typo(email)
        return self.dice.choice((email.upper(), f" {email}")) if self.chance(0.10) else email

    def written_phone(self, person):
        if self.chance(0.25):
            return ""
        digits = self.phone() if self.chance(0.12) else person.phone
        digits = self.typo(digits) if self.chance(0.02) else digits
        a, b, c = digits[:3], digits[3:6], digits[6:]
        return self.dice.choice(
            (f"({a}) {b}-{c}", f"{a}-{b}-{c}", f"+1{digits}", digits, f"{a}.{b}.{c}", f"1-{a}-{b}-{c}")
        )


def two_systems(size, seed=1):
    """Return both samples, and for every record on each side the number of its person."""
    world = World(seed)
    people = world.people(int(size * 1.4 / 1.02))
    numbers = list(range(len(people)))
    world.dice.shuffle(numbers)
    both, alone = int(size * 0.6), int(size * 0.39)
    sides = numbers[: both + alone], numbers[:both] + numbers[both + alone :]
    sides = [_side(world, people, side, size) for side in sides]
    left = Sample("iPaaS.com", "CUSTOMER", tuple(map(_ours, sides[0][0])), Stop.COMPLETE)
    right = Sample("store", "customers", tuple(map(_theirs, sides[1][0])), Stop.COMPLETE)
    return left, right, sides[0][1], sides[1][1]


def quality(pairs, left_of, right_of):
    """Return precision, recall and F1; a person is paired once, whichever of the copies it is."""
    pairs = [(pair.left, pair.right) for pair in pairs]
    right = {left_of[a] for a, b in pairs if left_of[a] == right_of[b]}
    good = sum(left_of[a] == right_of[b] for a, b in pairs)
    there = len(set(left_of) & set(right_of))
    precision, recall = good / max(1, len(pairs)), len(right) / there
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _side(world, people, numbers, size):
    copies = [number for number in numbers for _ in range(2 if world.chance(0.02) else 1)][:size]
    world.dice.shuffle(copies)
    return [world.written(people[number]) | {"id": at} for at, number in enumerate(copies)], copies


def _ours(row):
    return {
        "id": 70_000 + row["id"],
        "first_name": row["given"],
        "last_name": row["family"],
        "email_address": row["email"] or None,
        "phone": row["phone"],
        "birth_date": row["born"] or None,
        "address_1": row["street"],
        "postal_code": row["zip"],
        "city": row["city"],
        "region": row["state"],
    }


def _theirs(row):
    return {
        "id": 1_000 + row["id"],
        "firstName": row["given"],
        "lastName": row["family"],
        "email": row["email"],
        "birthday": row["born"],
        "address": {
            "line1": row["street"],
            "zip": row["zip"],
            "town": row["city"],
            "state": row["state"],
            "telephone": row["phone"],
        },
    }


def _ascii(name):
    return anyascii(unicodedata.normalize("NFKC", name)).lower().replace(" ", "").replace("'", "")


def _names(locale):
    provider = import_module(f"faker.providers.person.{locale}").Provider
    return [*dict.fromkeys(provider.first_names)], [*dict.fromkeys(provider.last_names)]
