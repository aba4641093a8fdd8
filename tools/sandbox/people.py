"""Words the synthetic people and places are made of; no name here belongs to anybody."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COMPANIES", "FAMILY", "GIVEN", "OTHER_SCRIPTS", "PLACES", "STREETS", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A city with both ways of writing where it lies: codes and names."""

    city: str
    state: str
    state_code: str
    country: str
    country_code: str
    postal_code: str


GIVEN = (
    "Alda", "Bero", "Cilla", "Dorin", "Elka", "Fenno", "Gisla", "Hanno", "Ilva", "Jorin", "Kelda", "Lunet", "Mirko",
    "Nelda", "Odo", "Perla", "Quill", "Runa", "Sefa", "Tibo", "Ulla", "Velm", "Wanda", "Xeno", "Ysolt", "Zeno",
)  # fmt: skip
FAMILY = (
    "Muster", "Sampleton", "Exempel", "Testerly", "Placeholder", "Fixture", "Mockley", "Specimen", "Dummond", "Seedman",
    "O'Sample", "Esempio-Prova", "Beispiel", "Vzorová", "Próbka", "Åsmønster", "Modelo", "Stubbs-Test", "Demoire",
)  # fmt: skip
OTHER_SCRIPTS = (
    ("Пример", "Клиент"),
    ("示例", "客户"),
    ("見本", "太郎テスト"),
    ("예시", "고객"),
    ("Δείγμα", "Πελάτης"),
    ("عينة", "عميل"),
    ("דוגמה", "לקוח"),
    ("Зразок", "Покупець"),
)
"""Given and family names that are words for "sample" and "customer"."""

COMPANIES = (
    "Sample Supplies Ltd", "Muster GmbH", "Exempel & Co", "Fixture Works Inc.", "Placeholder Foods", "Demo Cycles",
    "Probe & Partner", "Test Kitchen LLC", "Specimen Textiles", "Mock Turtle Books", "Фирма «Пример»", "示例贸易公司",
)  # fmt: skip
STREETS = (
    "Example Street", "Sample Road", "Test Avenue", "Fixture Lane", "Musterweg", "Placeholder Blvd", "Demo Square",
)  # fmt: skip
PLACES = (
    Place("Austin", "Texas", "TX", "United States", "US", "78701"),
    Place("San Diego", "California", "CA", "United States", "US", "92101"),
    Place("Portland", "Oregon", "OR", "United States", "US", "97201"),
    Place("Boston", "Massachusetts", "MA", "United States", "US", "02108"),
    Place("Newark", "New Jersey", "NJ", "United States", "US", "07102"),
    Place("Denver", "Colorado", "CO", "United States", "US", "80202"),
    Place("Toronto", "Ontario", "ON", "Canada", "CA", "M5H 2N2"),
    Place("Leeds", "West Yorkshire", "WYK", "United Kingdom", "GB", "LS1 1UR"),
    Place("Dresden", "Sachsen", "SN", "Germany", "DE", "01067"),
    Place("Lyon", "Auvergne-Rhône-Alpes", "ARA", "France", "FR", "69001"),
    Place("Sapporo", "Hokkaidō", "01", "Japan", "JP", "060-0001"),
)
"""Some postal and state codes begin with a zero, which a careless integer loses."""
