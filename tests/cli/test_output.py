"""Nothing of a record steers the terminal."""

from __future__ import annotations

import pytest

from ipaas_discovery.cli.output import say, steady

EVIL = [
    *map(
        chr, [0, 7, 8, 9, 13, 27, 127, 0x85, 0x9B, 0x9D, 0x61C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0x2028]
    )
]


@pytest.mark.parametrize("sign", EVIL)
def test_a_sign_that_a_terminal_obeys_is_an_escape(sign):
    assert steady(f"a{sign}b") == f"a\\u{ord(sign):04x}b"


def test_lines_words_and_scripts_stay(capsys):
    text = "naïve 東京 שלום\n  zwei — 1 €"
    say(text)
    say("x\x1b[2J", err=True)
    assert capsys.readouterr() == (f"{text}\n", "x\\u001b[2J\n")
