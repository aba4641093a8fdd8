"""The format of a text: a date, a number, an address, and so on, by its form alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.field_formats import FieldFormat, field_formats

__all__ = ["LONGEST", "format_counts", "text_format"]

ROUNDS = 12
"""Number of times that texts of one field are tried all at once; those left over are tried one by one."""
LONGEST = 2_048
"""Characters of a longer text that are tried, for formats that can be long: one text must not cost a second."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One form, ready to be tried.

    `lines` finds any number of such texts, one per line, none of which is `doubtful`: has the form of a
    more `specific` format as well.
    """

    row: FieldFormat
    whole: re.Pattern[str]
    lines: re.Pattern[str]
    doubtful: re.Pattern[str] | None
    specific: tuple[tuple[re.Pattern[str], FieldFormat], ...]

    def all_have(self, texts: Collection[str]) -> bool:
        """Tell whether all of some texts have it; they are looked at as one, which is faster than one by one."""
        joined = "\n".join(texts) + "\n"
        if joined.count("\n") != len(texts) or self.lines.fullmatch(joined) is None:
            return False
        return not self.row.check or all(map(self.row.passes, texts))

    def of(self, texts: Collection[str]) -> set[str]:
        """Return those of some texts that have it."""
        have = filter(self.whole.fullmatch, texts)
        if self.row.check:
            return {text for text in have if self.row.passes(text)}
        if self.doubtful is None:
            return set(have)
        return {text for text in have if not self.doubtful.fullmatch(text) or not self._is_specific(text)}

    def _is_specific(self, text: str) -> bool:
        return any(whole.fullmatch(text) and row.passes(text) for whole, row in self.specific)


@dataclass(frozen=True, slots=True)
class _Forms:
    """All forms; `quick` tells most texts at once, `unchecked` does without what needs a check.

    The `gate` finds a sign without which a text has none of the `gated` forms.
    """

    named: dict[str, _Form]
    quick: re.Pattern[str]
    unchecked: re.Pattern[str]
    gate: re.Pattern[str]
    gated: tuple[_Form, ...]
    long: tuple[_Form, ...]


@cache
def _forms() -> _Forms:
    known = field_formats()
    rows = known.recognised()
    named = {}
    for row in rows:
        pattern = known.pattern(row.name)
        above = [other for other in rows if row.name in other.before and not other.gate]
        either = "|".join(known.pattern(other.name) for other in above)
        guarded = rf"(?!(?:{either})\n)(?:{pattern})" if above else pattern
        doubtful = re.compile(either) if above else None
        specific = tuple((re.compile(known.pattern(other.name)), other) for other in above)
        named[row.name] = _Form(row, re.compile(pattern), re.compile(rf"(?:(?:{guarded})\n)*+"), doubtful, specific)
    gated = tuple(form for form in named.values() if form.row.gate)
    ungated = [row for row in rows if not row.gate]
    return _Forms(
        named,
        _any_of(ungated),
        _any_of([row for row in ungated if not row.check]),
        re.compile(f"[{re.escape(''.join(sorted({sign for form in gated for sign in form.row.gate})))}]"),
        gated,
        tuple(form for form in named.values() if form.row.long),
    )


def _any_of(rows: Collection[FieldFormat]) -> re.Pattern[str]:
    pattern = field_formats().pattern
    return re.compile("|".join(f"(?P<{row.name.replace('-', '_')}>{pattern(row.name)})" for row in rows))


def _form(text: str) -> str | None:
    """Return the format of `text`, or its certain kind of text without a format; None if it is neither."""
    if len(text) > LONGEST:
        return _long_form(text)
    forms = _forms()
    match = forms.quick.fullmatch(text)
    if match and match.lastgroup:
        name = match.lastgroup.replace("_", "-")
        if forms.named[name].row.passes(text):
            return name
        match = forms.unchecked.fullmatch(text)
        return match.lastgroup.replace("_", "-") if match and match.lastgroup else None
    return _gated(text, text, forms.gated) if forms.gate.search(text) else None


def _long_form(text: str) -> str | None:
    return _gated(text, text[:LONGEST], _forms().long)


def _gated(text: str, head: str, forms: tuple[_Form, ...]) -> str | None:
    """Return the first of some slow forms that a text has, each tried only on a text with its sign."""
    for form in forms:
        looked_at = head if form.row.long == "head" else text
        tried = not form.row.gate or not set(form.row.gate).isdisjoint(looked_at)
        if tried and form.whole.fullmatch(looked_at) and form.row.passes(text):
            return form.row.name
    return None


def text_format(text: str) -> str | None:
    """Return the format of `text`, or None if it has none that is known.

    >>> text_format("2026-01-31T08:00:00Z"), text_format("336.3200"), text_format("00123")
    ('date-time', 'decimal', None)
    """
    form = _form(text)
    return form if form is None or not _forms().named[form].row.no_format else None


def format_counts(texts: Counter[str], longest: int) -> Counter[str]:
    """Count the texts of each format, for texts of at most `longest` characters with their counts.

    Texts of one field mostly look alike, so all of them are tried at once for the format of the first.

    >>> format_counts(Counter({"2026-01-31": 3, "2026-02-01": 1, "soon": 9}), 10)
    Counter({'date': 4})
    """
    forms = _forms().named
    counts: Counter[str] = Counter()
    slow = [text for text in texts if len(text) > LONGEST] if longest > LONGEST else []
    rest = [text for text in texts if len(text) <= LONGEST] if slow else [*texts]
    for _ in range(ROUNDS):
        if not rest:
            break
        name = _form(rest[0])
        if name is None or forms[name].row.gate:
            slow.append(rest.pop(0))
            continue
        form = forms[name]
        have = rest if form.all_have(rest) else form.of(rest)
        counts[name] += texts.total() if len(have) == len(texts) else sum(map(texts.__getitem__, have))
        rest = [] if have is rest else [text for text in rest if text not in have]
    for text in (*slow, *rest):
        counts[_form(text) or "none"] += texts[text]
    return Counter({name: times for name, times in counts.items() if name != "none" and not forms[name].row.no_format})
