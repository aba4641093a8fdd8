"""Operations of formulas: each a value that runs here, and writes itself in C# for the platform's dynamic formulas.

A value is text, a list of texts, or nothing. Numbers are written plainly, without zeros at their end, with a point.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property, lru_cache, reduce
from operator import add, mul
from operator import sub as subtract
from typing import ClassVar, Protocol

__all__ = [
    "Affix",
    "Coalesce",
    "Constant",
    "Copy",
    "Count",
    "DateFormat",
    "Default",
    "First",
    "FirstWhere",
    "FormulaStep",
    "Join",
    "JoinList",
    "Letters",
    "LookUp",
    "Lower",
    "Minus",
    "Pad",
    "Plus",
    "Product",
    "Round",
    "SplitPart",
    "Sum",
    "Times",
    "Trim",
    "Upper",
    "Value",
    "ValueMap",
    "Without",
    "moment_of",
    "plain_number",
]

Value = str | tuple[str, ...] | None

SPACES = " \t\n\v\f\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""Signs that C# trims."""
INVARIANT = "System.Globalization.CultureInfo.InvariantCulture"
PLAIN = f'ToString("0.############################", {INVARIANT})'
MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
"""Written form of a moment that both renderings read."""
WEEKDAY = "[A-Z][a-z]{2}, "
MAIL_MOMENT = "[0-9]{1,2} [JFMASOND][aepuco][nbrylgptvc] [0-9]{4} [0-9]{2}:[0-9]{2}(:[0-9]{2})? (GMT|[+-][0-9]{4})"
"""Written form of a moment in e-mails and in headers of HTTP (RFC 2822), after its weekday."""
MOST_DIGITS = 28
"""Decimals that C# rounds to at most."""
PARTS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}
NAMES = {"ddd": slice(0, 3), "MMM": slice(8, 11)}
"""Names of the weekday and the month, by their place in the moment as e-mails write it."""


CALCULATED: dict[str, Callable[[Decimal, Decimal], Decimal]] = {"*": mul, "+": add, "-": subtract}


class FormulaStep(Protocol):
    """One step of a formula."""

    @property
    def cost(self) -> int:
        """The effort of understanding it; of two formulas that explain as much the cheaper is reported."""

    def run(self, values: Sequence[Value]) -> Value:
        """Compute the value here."""

    def csharp(self, names: Sequence[str]) -> str:
        """Write the same as an expression in C#, given those of its inputs."""

    def __str__(self) -> str: ...


@lru_cache(maxsize=65_536)  # the same texts are asked about in every formula that is tried
def plain_number(text: str) -> Decimal | None:
    """Read a plain number."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _written(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


@lru_cache(maxsize=65_536)  # the same texts are asked about in every form that is tried
def moment_of(text: str) -> datetime | None:
    """Read a moment in UTC, written in ISO or as e-mails write it; without a zone it is taken for UTC.

    >>> moment_of("2026-03-01T23:30:00-02:00") == moment_of("Mon, 02 Mar 2026 01:30:00 GMT")
    True
    """
    try:
        if re.fullmatch(MOMENT, text):
            moment = datetime.fromisoformat(text)
        elif re.fullmatch(f"({WEEKDAY})?{MAIL_MOMENT}", text):
            moment = parsedate_to_datetime(text)
        else:
            return None
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _list(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _in_case(letter: str, other: str) -> str:
    """Keep a letter whose other case is two letters or of another alphabet, as C# does."""
    return other if len(other) == 1 and letter.isascii() == other.isascii() else letter


def _quoted(text: str) -> str:
    return json.dumps(text)


def _parsed(name: str) -> str:
    return f"decimal.Parse({name}.Trim(), System.Globalization.NumberStyles.Float, {INVARIANT})"


@dataclass(frozen=True, slots=True)
class Copy:
    """The value as it is.

    >>> Copy().run(["a"]), Copy().csharp(["Sku"])
    ('a', 'Sku')
    """

    cost: int = 0

    def run(self, values: Sequence[Value]) -> Value:
        """Return the value."""
        return values[0]

    def csharp(self, names: Sequence[str]) -> str:
        """Name the value."""
        return names[0]

    def __str__(self) -> str:
        return "copy"


@dataclass(frozen=True, slots=True)
class Constant:
    """The same text for every record.

    >>> Constant("Order").csharp([])
    '"Order"'
    """

    text: str
    cost: int = 1

    def run(self, values: Sequence[Value]) -> Value:
        """Return the text."""
        return self.text

    def csharp(self, names: Sequence[str]) -> str:
        """Write the text."""
        return _quoted(self.text)

    def __str__(self) -> str:
        return f"always {self.text!r}"


@dataclass(frozen=True, slots=True)
class Trim:
    """Without spaces around it.

    >>> Trim().run([" a "])
    'a'
    """

    cost: int = 2

    def run(self, values: Sequence[Value]) -> Value:
        """Cut the spaces off."""
        text = _text(values[0])
        return None if text is None else text.strip(SPACES)

    def csharp(self, names: Sequence[str]) -> str:
        """Call Trim."""
        return f"{names[0]}?.Trim()"

    def __str__(self) -> str:
        return "without spaces around it"


@dataclass(frozen=True, slots=True)
class Upper:
    """In capitals, letter by letter.

    >>> Upper().run(["straße"])
    'STRAßE'
    """

    cost: int = 2

    def run(self, values: Sequence[Value]) -> Value:
        """Write capitals."""
        text = _text(values[0])
        if text is None or text.isascii():
            return text and text.upper()
        return "".join(_in_case(c, c.upper()) for c in text)

    def csharp(self, names: Sequence[str]) -> str:
        """Call ToUpperInvariant."""
        return f"{names[0]}?.ToUpperInvariant()"

    def __str__(self) -> str:
        return "in capitals"


@dataclass(frozen=True, slots=True)
class Lower:
    """In small letters.

    >>> Lower().run(["Ada"])
    'ada'
    """

    cost: int = 2

    def run(self, values: Sequence[Value]) -> Value:
        """Write small letters."""
        text = _text(values[0])
        if text is None or text.isascii():
            return text and text.lower()
        return "".join(_in_case(c, c.lower()) for c in text)

    def csharp(self, names: Sequence[str]) -> str:
        """Call ToLowerInvariant."""
        return f"{names[0]}?.ToLowerInvariant()"

    def __str__(self) -> str:
        return "in small letters"


@dataclass(frozen=True, slots=True)
class Pad:
    """Filled with a sign on the left up to a width.

    >>> Pad(5, "0").run(["42"])
    '00042'
    """

    width: int
    sign: str
    cost: int = 3

    def __post_init__(self) -> None:
        """Require one sign to fill with."""
        if len(self.sign) != 1:
            raise ValueError("one sign fills a text")

    def run(self, values: Sequence[Value]) -> Value:
        """Fill the text."""
        text = _text(values[0])
        return None if text is None else text.rjust(self.width, self.sign)

    def csharp(self, names: Sequence[str]) -> str:
        """Call PadLeft."""
        return f"{names[0]}?.PadLeft({self.width}, {_quoted(self.sign)}[0])"

    def __str__(self) -> str:
        return f"filled with {self.sign!r} to {self.width} signs"


@dataclass(frozen=True, slots=True)
class Affix:
    """Between two fixed texts.

    >>> Affix("SO-", "").run(["7"])
    'SO-7'
    """

    before: str
    after: str
    cost: int = 3

    def run(self, values: Sequence[Value]) -> Value:
        """Put the texts around it."""
        text = _text(values[0])
        return None if text is None else f"{self.before}{text}{self.after}"

    def csharp(self, names: Sequence[str]) -> str:
        """Add the texts."""
        return f"({names[0]} == null ? null : {_quoted(self.before)} + {names[0]} + {_quoted(self.after)})"

    def __str__(self) -> str:
        return " and ".join(
            f"{text!r} {where} it" for text, where in ((self.before, "before"), (self.after, "after")) if text
        )


@dataclass(frozen=True, slots=True)
class Without:
    """Without a fixed beginning.

    >>> Without("SO-").run(["SO-7"]), Without("SO-").run(["8"])
    ('7', '8')
    """

    before: str
    cost: int = 3

    def run(self, values: Sequence[Value]) -> Value:
        """Cut the beginning off."""
        text = _text(values[0])
        return None if text is None else text.removeprefix(self.before)

    def csharp(self, names: Sequence[str]) -> str:
        """Take the rest, if it begins so."""
        name, before = names[0], _quoted(self.before)
        begins = f"{name}.StartsWith({before}, StringComparison.Ordinal)"
        return f"({name} == null ? null : {begins} ? {name}.Substring({before}.Length) : {name})"

    def __str__(self) -> str:
        return f"without {self.before!r} before it"


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One of the parts between separators, counted from 0, or from the end with -1.

    >>> SplitPart("-", 1).run(["a-b-c"]), SplitPart(" ", -1).run(["Ada Lovelace"]), SplitPart("-", 5).run(["a"])
    ('b', 'Lovelace', None)
    """

    separator: str
    index: int
    cost: int = 4

    def __post_init__(self) -> None:
        """Require a separator."""
        if not self.separator:
            raise ValueError("nothing separates no parts")

    def run(self, values: Sequence[Value]) -> Value:
        """Split, and take the part."""
        text = _text(values[0])
        parts = [] if text is None else text.split(self.separator)
        return parts[self.index] if -len(parts) <= self.index < len(parts) else None

    def csharp(self, names: Sequence[str]) -> str:
        """Split, and take the part."""
        parts = f"{names[0]}?.Split(new[] {{ {_quoted(self.separator)} }}, StringSplitOptions.None)"
        if self.index < 0:
            return f"{parts}.Reverse().ElementAtOrDefault({-self.index - 1})"
        return f"{parts}.ElementAtOrDefault({self.index})"

    def __str__(self) -> str:
        which = "last part" if self.index == -1 else f"part {self.index + 1}"
        return f"{which} between {self.separator!r}"


@dataclass(frozen=True, slots=True)
class Join:
    """Several fields with a separator; empty ones are left out.

    >>> Join(" ").run(["Ada", None, "Lovelace"])
    'Ada Lovelace'
    """

    separator: str
    cost: int = 4

    def run(self, values: Sequence[Value]) -> Value:
        """Join what is filled."""
        return self.separator.join(text for value in values if (text := _text(value)))

    def csharp(self, names: Sequence[str]) -> str:
        """Call string.Join."""
        inputs = ", ".join(names)
        filled = f"new string[] {{ {inputs} }}.Where(text => !string.IsNullOrEmpty(text))"
        return f"string.Join({_quoted(self.separator)}, {filled})"

    def __str__(self) -> str:
        return f"joined with {self.separator!r}"


@dataclass(frozen=True, slots=True)
class Times:
    """A number times a fixed one: cents for an amount, the other sign.

    >>> Times(Decimal("0.01")).run(["1250"]), Times(Decimal(-1)).run(["3.50"])
    ('12.5', '-3.5')
    """

    factor: Decimal
    cost: int = 3

    def run(self, values: Sequence[Value]) -> Value:
        """Multiply, if it is a number."""
        number = plain_number(_text(values[0]) or "")
        return None if number is None else _written(number * self.factor)

    def csharp(self, names: Sequence[str]) -> str:
        """Multiply as decimals."""
        product = f"({_parsed(names[0])} * {_written(self.factor)}m)"
        return f"(string.IsNullOrEmpty({names[0]}) ? null : {product}.{PLAIN})"

    def __str__(self) -> str:
        return f"times {_written(self.factor)}"


class _Calculation:
    """Base of the operations on numbers of several fields; nothing comes of it where one of them is no number."""

    SIGN: ClassVar[str]

    def run(self, values: Sequence[Value]) -> Value:
        """Calculate, if all are numbers."""
        numbers = [plain_number(_text(value) or "") for value in values]
        first, *others = [number for number in numbers if number is not None] or [Decimal()]
        return None if None in numbers else _written(reduce(CALCULATED[self.SIGN], others, first))

    def csharp(self, names: Sequence[str]) -> str:
        """Calculate with decimals."""
        empty = " || ".join(f"string.IsNullOrEmpty({name})" for name in names)
        return f"({empty} ? null : ({f' {self.SIGN} '.join(map(_parsed, names))}).{PLAIN})"


@dataclass(frozen=True, slots=True)
class Product(_Calculation):
    """The numbers of several fields multiplied: a line's total.

    >>> Product().run(["3", "2.50"])
    '7.5'
    """

    SIGN: ClassVar[str] = "*"
    cost: int = 4

    def __str__(self) -> str:
        return "multiplied"


@dataclass(frozen=True, slots=True)
class Plus(_Calculation):
    """The numbers of several fields added: a total with tax and freight.

    >>> Plus().run(["100", "19", "4.90"])
    '123.9'
    """

    SIGN: ClassVar[str] = "+"
    cost: int = 4

    def __str__(self) -> str:
        return "added"


@dataclass(frozen=True, slots=True)
class Minus(_Calculation):
    """The number of the first field less those of the others: what is still to be paid.

    >>> Minus().run(["100", "19"])
    '81'
    """

    SIGN: ClassVar[str] = "-"
    cost: int = 4

    def __str__(self) -> str:
        return "the first less the others"


@dataclass(frozen=True, slots=True)
class Letters:
    """So many letters or signs of a text from its start; from its end where the number is negative.

    >>> Letters(2).run(["2026"]), Letters(-4).run(["4111 1111"])
    ('20', '1111')
    """

    count: int
    cost: int = 5

    def run(self, values: Sequence[Value]) -> Value:
        """Take them, or the whole of a shorter text."""
        text = _text(values[0])
        return None if text is None else text[: self.count] if self.count >= 0 else text[self.count :]

    def csharp(self, names: Sequence[str]) -> str:
        """Call Substring, as far as the text goes."""
        name, most = names[0], abs(self.count)
        part = f"Substring(0, Math.Min({most}, {name}.Length))"
        part = part if self.count >= 0 else f"Substring(Math.Max(0, {name}.Length - {most}))"
        return f"{name}?.{part}"

    def __str__(self) -> str:
        which, most = ("first", self.count) if self.count >= 0 else ("last", -self.count)
        return f"the {which} {most} letters" if most != 1 else f"the {which} letter"


@dataclass(frozen=True, slots=True)
class Round:
    """A number with so many decimals at most; halves away from zero.

    >>> Round(2).run(["2.345"]), Round(0).run(["-0.5"])
    ('2.35', '-1')
    """

    digits: int
    cost: int = 3

    def __post_init__(self) -> None:
        """Require a number of decimals that both renderings round to."""
        if not 0 <= self.digits <= MOST_DIGITS:
            raise ValueError("a number has 0 to 28 decimals")

    def run(self, values: Sequence[Value]) -> Value:
        """Round, if it is a number."""
        number = plain_number(_text(values[0]) or "")
        return None if number is None else _written(number.quantize(Decimal(1).scaleb(-self.digits), ROUND_HALF_UP))

    def csharp(self, names: Sequence[str]) -> str:
        """Call Math.Round."""
        rounded = f"Math.Round({_parsed(names[0])}, {self.digits}, MidpointRounding.AwayFromZero)"
        return f"(string.IsNullOrEmpty({names[0]}) ? null : {rounded}.{PLAIN})"

    def __str__(self) -> str:
        return f"rounded to {self.digits} decimal{'s' * (self.digits != 1)}"


@dataclass(frozen=True, slots=True)
class DateFormat:
    """A moment in UTC, or so many minutes from it, written in another way; without a zone it is taken for UTC.

    >>> DateFormat("dd.MM.yyyy").run(["2026-03-01T23:30:00-02:00"])
    '02.03.2026'
    >>> DateFormat("yyyy-MM-dd HH:mm:ss", minutes=-300).run(["Sun, 01 Mar 2026 23:30:00 GMT"])
    '2026-03-01 18:30:00'
    >>> DateFormat("ddd, dd MMM yyyy HH:mm:ss 'GMT'").run(["2026-03-01T23:30:00Z"])
    'Sun, 01 Mar 2026 23:30:00 GMT'
    """

    form: str
    minutes: int = 0
    cost: int = 4

    def __post_init__(self) -> None:
        """Require a form that means the same in both renderings."""
        rest = re.sub("'[^']*'", "", self.form)
        for letters in (*NAMES, *PARTS):
            rest = rest.replace(letters, "")
        if re.search(r"[^-./: ,TZ]", rest) or "%" in self.form:
            raise ValueError("a form has yyyy, MM, dd, HH, mm, ss, the signs between them, and other text in quotes")

    def run(self, values: Sequence[Value]) -> Value:
        """Write the moment, if it is one."""
        moment = moment_of(_text(values[0]) or "")
        try:
            moment = moment and moment + timedelta(minutes=self.minutes)
        except OverflowError:
            return None
        if moment is None:
            return None
        pattern, named = self.form, format_datetime(moment)
        for letters, place in NAMES.items():
            pattern = pattern.replace(letters, named[place])
        for letters, code in PARTS.items():
            pattern = pattern.replace(letters, code)
        return moment.strftime(pattern.replace("'", "")).rjust(len(self.form.replace("'", "")), "0")

    def csharp(self, names: Sequence[str]) -> str:
        """Parse as UTC, and write."""
        style = "System.Globalization.DateTimeStyles.AssumeUniversal"
        expressions = "System.Text.RegularExpressions.Regex"
        plain = f'{expressions}.Replace({names[0]}, "^{WEEKDAY}", "")'
        moment = f"DateTimeOffset.Parse({plain}, {INVARIANT}, {style}).UtcDateTime"
        moment += f".AddMinutes({self.minutes})" if self.minutes else ""
        written = f"{moment}.ToString({_quoted(self.form)}, {INVARIANT})"
        read = f'{expressions}.IsMatch({names[0]} ?? "", "^({MOMENT}|({WEEKDAY})?{MAIL_MOMENT})\\\\z")'
        return f"({read} ? {written} : null)"

    def __str__(self) -> str:
        hours, minutes = divmod(abs(self.minutes), 60)
        zone = f" at UTC{'-' if self.minutes < 0 else '+'}{hours:02}:{minutes:02}" if self.minutes else ""
        return f"as a date {self.form}{zone}"


@dataclass(frozen=True)
class ValueMap:
    """One value for another: words for yes and no, codes, ids; nothing for a value that is not listed.

    >>> ValueMap((("1", "paid"), ("2", "open"))).run(["2"])
    'open'
    """

    pairs: tuple[tuple[str, str], ...]
    cost: int = 6

    def run(self, values: Sequence[Value]) -> Value:
        """Look the value up."""
        text = _text(values[0])
        return None if text is None else self._table.get(text)

    @cached_property
    def _table(self) -> dict[str, str]:
        return dict(self.pairs)

    def csharp(self, names: Sequence[str]) -> str:
        """Ask for one value after the other."""
        tests = "".join(f"{names[0]} == {_quoted(a)} ? {_quoted(b)} : " for a, b in dict(self.pairs).items())
        return f"({tests}(string)null)"

    def __str__(self) -> str:
        shown = ", ".join(f"{a} → {b}" for a, b in self.pairs[:4])
        return f"by a map of {len(self.pairs)} values ({shown}{', …' if len(self.pairs) > 4 else ''})"  # noqa: PLR2004  a line


@dataclass(frozen=True)
class LookUp:
    """A field of another collection's record, found by the id or code that the value is.

    >>> LookUp("customers", "email", (("7", "ada@example.test"),)).run(["7"])
    'ada@example.test'
    """

    collection: str
    field: str
    pairs: tuple[tuple[str, str], ...] = dataclasses.field(default=(), compare=False)
    key: str = "id"
    cost: int = 5

    def run(self, values: Sequence[Value]) -> Value:
        """Look the value up among the related records that were seen."""
        return self._map.run(values)

    @cached_property
    def _map(self) -> ValueMap:
        return ValueMap(self.pairs)

    def csharp(self, names: Sequence[str]) -> str:
        """Ask for one id after the other."""
        return self._map.csharp(names)

    def __str__(self) -> str:
        return f"the {self.field} of the {self.collection} record whose {self.key} it is"


@dataclass(frozen=True, slots=True)
class Default:
    """The value, or a fixed text where there is none.

    >>> Default("n/a").run([None]), Default("n/a").run(["x"])
    ('n/a', 'x')
    """

    text: str
    cost: int = 3

    def run(self, values: Sequence[Value]) -> Value:
        """Fill in the text."""
        return _text(values[0]) or self.text

    def csharp(self, names: Sequence[str]) -> str:
        """Ask whether it is empty."""
        return f"(string.IsNullOrEmpty({names[0]}) ? {_quoted(self.text)} : {names[0]})"

    def __str__(self) -> str:
        return f"or {self.text!r} where empty"


@dataclass(frozen=True, slots=True)
class Coalesce:
    """The first field that is filled.

    >>> Coalesce().run([None, "b"])
    'b'
    """

    cost: int = 4

    def run(self, values: Sequence[Value]) -> Value:
        """Take the first that is filled."""
        return next((text for value in values if (text := _text(value))), None)

    def csharp(self, names: Sequence[str]) -> str:
        """Ask one after the other."""
        return f"new string[] {{ {', '.join(names)} }}.FirstOrDefault(text => !string.IsNullOrEmpty(text))"

    def __str__(self) -> str:
        return "the first that is filled"


@dataclass(frozen=True, slots=True)
class Count:
    """The number of elements of a list.

    >>> Count().run([("a", "b")]), Count().run([None])
    ('2', '0')
    """

    cost: int = 3

    def run(self, values: Sequence[Value]) -> Value:
        """Count them."""
        return str(len(_list(values[0])))

    def csharp(self, names: Sequence[str]) -> str:
        """Call Count."""
        return f"({names[0]} ?? new string[0]).Count().{PLAIN}"

    def __str__(self) -> str:
        return "the number of elements"


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of the numbers of a list.

    >>> Sum().run([("1.50", "2")])
    '3.5'
    """

    cost: int = 3

    def run(self, values: Sequence[Value]) -> Value:
        """Add them, if all are numbers."""
        numbers = [plain_number(text) for text in _list(values[0])]
        return None if None in numbers else _written(sum((n for n in numbers if n is not None), Decimal(0)))

    def csharp(self, names: Sequence[str]) -> str:
        """Call Sum."""
        return f"({names[0]} ?? new string[0]).Sum(text => {_parsed('text')}).{PLAIN}"

    def __str__(self) -> str:
        return "the sum"


@dataclass(frozen=True, slots=True)
class First:
    """The first element of a list.

    >>> First().run([("a", "b")])
    'a'
    """

    cost: int = 2

    def run(self, values: Sequence[Value]) -> Value:
        """Take it, if there is one."""
        return next(iter(_list(values[0])), None)

    def csharp(self, names: Sequence[str]) -> str:
        """Call FirstOrDefault."""
        return f"({names[0]} ?? new string[0]).FirstOrDefault()"

    def __str__(self) -> str:
        return "the first element"


@dataclass(frozen=True, slots=True)
class FirstWhere:
    """The first element of a list whose neighbour in another list is a fixed text: the city where the type is shipping.

    >>> FirstWhere("shipping").run([("billing", "shipping"), ("Bonn", "Ulm")])
    'Ulm'
    """

    text: str
    cost: int = 4

    def run(self, values: Sequence[Value]) -> Value:
        """Take it, if there is one, and if the lists are as long."""
        where, what = map(_list, values[:2])
        pairs = zip(where, what, strict=True) if len(where) == len(what) else ()
        return next((value for kind, value in pairs if kind == self.text), None)

    def csharp(self, names: Sequence[str]) -> str:
        """Zip, and call First."""
        where, what = (f"({name} ?? new string[0])" for name in names[:2])
        pairs = f"{where}.Zip({what}, (kind, text) => new {{ kind, text }})"
        first = f"{pairs}.Where(pair => pair.kind == {_quoted(self.text)}).Select(pair => pair.text).FirstOrDefault()"
        return f"({where}.Length != {what}.Length ? null : {first})"

    def __str__(self) -> str:
        return f"the first where it is {self.text!r}"


@dataclass(frozen=True, slots=True)
class JoinList:
    """All elements of a list with a separator.

    >>> JoinList(", ").run([("a", "b")])
    'a, b'
    """

    separator: str
    cost: int = 3

    def run(self, values: Sequence[Value]) -> Value:
        """Join them."""
        return self.separator.join(_list(values[0]))

    def csharp(self, names: Sequence[str]) -> str:
        """Call string.Join."""
        return f"string.Join({_quoted(self.separator)}, {names[0]} ?? new string[0])"

    def __str__(self) -> str:
        return f"all elements with {self.separator!r} between"
