"""Foreign text and numbers escaped for HTML and Markdown, so that nothing in them acts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

__all__ = [
    "UNSEEN_IN_QUOTES",
    "breakable",
    "code",
    "counted",
    "cut",
    "cut_value",
    "html_text",
    "listed",
    "markdown_text",
    "name_html",
    "percent",
    "together",
    "unescaped",
    "visible",
    "visible_in_cell",
    "visible_in_quotes",
    "whole_characters",
]

SIGNS = (
    r"\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    r"\ud800-\udfff\ufeff\ufff9-\ufffb"
)
JOINERS = r"(?<![\u0600-\u1fff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
"""Signs of no width that join or part letters, other than in scripts and pictures that are written with them."""
UNSEEN = re.compile(rf"[\x00-\x1f{SIGNS}]|{JOINERS}")
"""Characters that would not be seen, would turn the text around, or cannot be saved."""
UNSEEN_IN_QUOTES = re.compile(f"[{SIGNS}]|{JOINERS}")
"""The same where the others are written as escapes already."""
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
MEANT = re.compile(r"[\\`*|~]|\](?=\()|(?<![^\W_])_|_(?![^\W_])")
"""Characters that Markdown could take for a mark inside a line; an underscore inside a word is none."""
BREAKS = re.compile(r"(?<=[._/\]])(?=[^\W\d])")
"""Positions at which a reader would break a long path."""

LONGEST, LONGEST_CELL = 200, 1_000
"""Characters of a value, and of a cell with sentences, that are shown whole; of a longer one four fifths are."""
WHOLE = 24
"""Characters of a name that stays in one piece."""


def visible(text: str) -> str:
    r"""Write characters that cannot be seen, or cannot be saved, as escapes.

    >>> print(visible("a\u202eb\tc"))
    a\u202eb\u0009c
    """
    return UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def visible_in_cell(text: str) -> str:
    r"""Write such characters as escapes in a cell of a workbook, which holds several lines, and tabs.

    >>> visible_in_cell("a\u202e\nb")
    'a\\u202e\nb'
    """
    return UNSEEN.sub(lambda match: match[0] if match[0] in "\n\t" else visible(match[0]), text)


def unescaped(text: str) -> str:
    r"""Read a text as it was before `visible` wrote it; other escapes stay.

    >>> unescaped(visible("a\u202eb")) == "a\u202eb", unescaped("a\\u0041")
    (True, 'a\\u0041')
    """
    return ESCAPE.sub(lambda match: sign if UNSEEN.match(sign := chr(int(match[1], 16))) else match[0], text)


def visible_in_quotes(text: str) -> str:
    r"""Write such characters as escapes in JSON, TOML or YAML, which holds each of them in double quotes only.

    >>> visible_in_quotes('["a\u202eb"]')
    '["a\\u202eb"]'
    """
    return text if text.isascii() else UNSEEN_IN_QUOTES.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def cut(text: str, longest: int) -> str:
    """Shorten `text` to `longest` characters, with a mark at the end.

    >>> cut("a long text", 6), cut("short", 6)
    ('a lon…', 'short')
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def whole_characters(text: str) -> str:
    r"""Write each half of a character as an escape, since no file can hold it.

    >>> whole_characters("cut \ud83d") == r"cut \ud83d", whole_characters("Köln")
    (True, 'Köln')
    """
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def cut_value(text: str, longest: int = LONGEST) -> str:
    """Shorten a long value where it is shown, and tell its length.

    >>> cut_value("x" * 2_000_000)[-25:], cut_value("short")
    ('x… (2,000,000 characters)', 'short')
    """
    return text if len(text) <= longest else f"{text[: longest * 4 // 5]}… ({len(text):,} characters)"


def counted(number: int, thing: str) -> str:
    """Return a number of things in words.

    >>> counted(1, "field"), counted(1200, "field")
    ('1 field', '1,200 fields')
    """
    return f"{number:,} {thing}{'s'[: number != 1]}"


def listed(names: Iterable[str], last: str = "and", *, most: int | None = None) -> str:
    """List names as a sentence does; of more than `most`, the first and how many more there are.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or"), listed("abcde", most=3)
    ('a', 'a and b', 'a, b or c', 'a, b, c and 2 more')
    """
    *before, final = names
    if most is not None and len(before) >= most:
        before, final = before[:most], f"{len(before) + 1 - most:,} more"
    return f"{', '.join(before)} {last} {final}" if before else final


def percent(share: float) -> str:
    """Return a share of 0 to 1 in percent; never 0 or 100 unless it is exactly that.

    >>> percent(0.996), percent(0.004), percent(1.0)
    ('99 %', '1 %', '100 %')
    """
    rounded = round(share * 100)
    return f"{min(max(rounded, 1), 99) if 0 < share < 1 else rounded} %"


def html_text(text: str) -> str:
    """Escape `text` for HTML, in an element or in an attribute.

    >>> html_text('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return escape(visible(text))


def breakable(text: str) -> str:
    """Escape `text` for HTML and let a long path break after its separators.

    >>> breakable("lines[].unit_price")
    'lines[].<wbr>unit_<wbr>price'
    """
    return BREAKS.sub("<wbr>", html_text(text))


def name_html(name: str) -> str:
    """Escape a field's name for HTML, in one piece unless it is long.

    >>> name_html("unit_price"), name_html("billing_address.country_iso2")
    ('unit_price', 'billing_<wbr>address.<wbr>country_<wbr>iso2')
    """
    return html_text(name) if len(name) <= WHOLE else breakable(name)


def together(text: str) -> str:
    """Escape `text` for HTML and let it break only after a comma.

    >>> together("9 % null, 1 % empty")
    '9&nbsp;%&nbsp;null, 1&nbsp;%&nbsp;empty'
    """
    return html_text(text).replace(" ", "&nbsp;").replace(",&nbsp;", ", ")


def markdown_text(text: str) -> str:
    r"""Escape `text` for one line of Markdown, also inside a table; a line break becomes a tag.

    >>> print(markdown_text("a|b `c` <i> *d* _e_ f_g\n[h](i)"))
    a\|b \`c\` &lt;i&gt; \*d\* \_e\_ f_g<br>[h\](i)
    """
    lines = text.split("\n")
    return "<br>".join(MEANT.sub(r"\\\g<0>", escape(visible(line), quote=False)) for line in lines)


def code(path: str) -> str:
    r"""Return a path as Markdown code where possible, else as escaped text.

    >>> print(code("lines[].sku"), code("a|b"))
    `lines[].sku` a\|b
    """
    plain = visible(path)
    return f"`{plain}`" if plain.strip() and not set(plain) & set("`|\\<&") else markdown_text(path)
