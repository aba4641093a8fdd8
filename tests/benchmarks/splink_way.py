"""splink over two systems' customers, timed; it runs in an environment of its own, without the kit."""

import json
import sys
import time
from importlib.metadata import version

import pandas as pd
import splink.comparison_library as compared
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

CROWD = 5
"""Records that hold a value from which it is a placeholder."""
BLOCKS = (
    ("email",),
    ("phone",),
    ("given", "family"),
    ("family", "zip"),
    ("given", "zip"),
    ("street", "zip"),
    ("street", "given"),
    ("born", "family"),
    ("born", "given"),
    ("substr(given, 1, 3)", "substr(family, 1, 4)"),
    ("substr(given, 1, 1)", "substr(family, 1, 3)", "substr(zip, 1, 3)"),
    ("split_part(email, '@', 1)",),
)
"""Values that two records have in common to be compared."""


def main(path: str) -> None:
    """Link both sides of a file, `{"left": rows, "right": rows}`, and print the pairs and the seconds."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123  as few imports as can be
        sides = json.load(file)
    start = time.process_time()
    tables = [pd.DataFrame(rows).replace("", None) for rows in (sides["left"], sides["right"])]
    for table in tables:
        crowded = table["email"].map(table["email"].value_counts()) > CROWD
        table.loc[crowded, "email"] = None
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="at",
        blocking_rules_to_generate_predictions=[block_on(*block) for block in BLOCKS],
        comparisons=[
            compared.JaroWinklerAtThresholds("given", [0.92, 0.85]).configure(term_frequency_adjustments=True),
            compared.JaroWinklerAtThresholds("family", [0.92, 0.85]).configure(term_frequency_adjustments=True),
            compared.LevenshteinAtThresholds("email", [1, 3]).configure(term_frequency_adjustments=True),
            compared.LevenshteinAtThresholds("phone", [1]).configure(term_frequency_adjustments=True),
            compared.JaroWinklerAtThresholds("street", [0.92, 0.85]),
            compared.ExactMatch("zip"),
            compared.LevenshteinAtThresholds("born", [1]),
        ],
    )
    database = DuckDBAPI()
    linker = Linker([database.register(table) for table in tables], settings)
    linker.training.estimate_probability_two_random_records_match([block_on("email")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for block in (("email",), ("given", "family"), ("phone",), ("street", "zip")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    rows = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    pairs = one_to_one(rows)
    seconds = time.process_time() - start
    print(json.dumps({"pairs": pairs, "seconds": seconds, "version": version("splink")}))  # noqa: T201  its answer


def one_to_one(rows: pd.DataFrame) -> list[tuple[int, int]]:
    """Take each record once, the likeliest pairs first."""
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    ranked = rows.sort_values(["match_weight", "at_l", "at_r"], ascending=[False, True, True])
    for left, right in zip(ranked["at_l"].tolist(), ranked["at_r"].tolist(), strict=True):
        if left not in taken[0] and right not in taken[1]:
            taken[0].add(left)
            taken[1].add(right)
            pairs.append((left, right))
    return pairs


main(sys.argv[1])
