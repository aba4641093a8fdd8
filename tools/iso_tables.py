"""Write the tables of countries, their parts and currencies in `ipaas_discovery/knowledge` from ISO's codes.

The codes and names are facts (ISO 3166-1, 3166-2 and 4217). They are read from the JSON files of any copy of the
iso-codes project (Debian's package has them in /usr/share/iso-codes/json); no file of it is shipped. Lengths of IBANs
are those of SWIFT's registry.

    python tools/iso_tables.py /usr/share/iso-codes/json
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path

TABLES = Path(__file__).parents[1] / "ipaas_discovery" / "knowledge"
IBAN_LENGTHS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 "
    "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 "
    "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 "
    "PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 "
    "YE30"
)
NO_MONEY = frozenset(["XAU", "XAG", "XPD", "XPT", "XBA", "XBB", "XBC", "XBD", "XSU", "XUA", "XAD", "XDR", "XTS", "XXX"])
"""Metals, units of account and codes for tests: no amount of a shop is in them."""
ADDED = {"XCG": "Caribbean guilder", "ANG": "Netherlands Antillean guilder", "BGN": "Bulgarian Lev"}
"""Codes that came lately, or left and stand in older records; not in every copy."""


def main(folder: Path) -> None:
    """Write all three tables."""
    lengths = {text[:2]: text[2:] for text in IBAN_LENGTHS.split()}
    countries = [
        (
            row["alpha_2"],
            row["alpha_3"],
            row["name"],
            row.get("common_name", ""),
            row.get("official_name", ""),
            lengths.get(row["alpha_2"], ""),
        )
        for row in _rows(folder, "3166-1")
    ]
    countries.append(("XK", "XKX", "Kosovo", "", "", "20"))  # assigned by its users, in wide use
    _write("countries", ("code", "code3", "name", "common_name", "official_name", "iban_length"), countries)
    _write("country_parts", ("code", "name"), ((row["code"], row["name"]) for row in _rows(folder, "3166-2")))
    money = ADDED | {row["alpha_3"]: row["name"] for row in _rows(folder, "4217")}
    _write(
        "currencies", ("code", "name", "money"), ((c, name, str(int(c not in NO_MONEY))) for c, name in money.items())
    )


def _rows(folder: Path, standard: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads((folder / f"iso_{standard}.json").read_text(encoding="utf-8"))[standard]
    return rows


def _write(name: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with (TABLES / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
