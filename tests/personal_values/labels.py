"""Labels of values in invented answers, and the count of what redaction takes and what it leaves."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.pull_names import with_changes
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.systems.connectors.connector import Connector

KINDS = (
    "keys of maps", "own names told again", "name beside value", "other languages", "English names", "forms",
    "packed values", "ids that are repeated", "headers and errors", "names of others", "names of one word",
)  # fmt: skip
LONGEST_REST = 3
"""Letters of a name's part that may stand elsewhere by accident."""


@dataclass(frozen=True)
class Personal:
    """A value that is personal: as a whole, or in `parts` of it."""

    kind: str
    value: Any
    parts: tuple[str, ...] = ()

    def stays_in(self, after: object) -> bool:
        """Tell whether any part of it can still be read."""
        parts = self.parts or tuple(re.findall(r"[^\W_]+", str(self.value))) * (" " in str(self.value)) or (self.value,)
        told = unpacked(str(after)).casefold()
        return (
            any(str(part).casefold() in told for part in parts if len(str(part)) > LONGEST_REST) or self.value == after
        )


@dataclass(frozen=True, eq=False)
class Unlabelled:
    """A value of which nobody could say whether it is personal, such as a firm's name or a region."""

    value: Any


@dataclass(frozen=True, eq=False)
class Keys:
    """A map whose keys are labelled, too: each pair's key is a `Personal` or neutral."""

    pairs: tuple[tuple[Any, Any], ...]


@dataclass(frozen=True)
class Answer:
    """An answer of a system: the path that was asked for and a body, a text or headers with labels."""

    path: str
    body: Any


@dataclass(frozen=True)
class Described:
    """A system: its connector's collections, and its answers in the order in which they come."""

    name: str
    collections: dict[str, dict[str, Any]]
    answers: tuple[Answer, ...]

    def redactor(self, key: bytes) -> Redactor:
        """Make the redactor of its answers."""
        connector = Connector.model_validate(
            {
                "name": "labelled", "title": self.name, "default_environment": "t", "records": "data",
                "environments": {"t": {"base_url": "http://labelled.test"}}, "paging": {"kind": "none"},
                "collections": self.collections,
            }
        )  # fmt: skip
        return Redactor(AnswerPaths(connector), key=key)


@dataclass
class Count:
    """What was labelled and what came of it."""

    personal: Counter[str] = field(default_factory=Counter)
    kept: list[tuple[str, str, Any, Any]] = field(default_factory=list)
    neutral: int = 0
    changed: list[tuple[str, Any, Any]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the personal values that went."""
        return 1 - len(self.kept) / self.personal.total()

    @property
    def false_share(self) -> float:
        """The share of the neutral values that went."""
        return len(self.changed) / self.neutral

    def by_kind(self) -> Iterator[tuple[str, int, int]]:
        """Give each kind, how many there are of it, and how many stayed."""
        kept = Counter(kind for kind, *_ in self.kept)
        yield from ((kind, self.personal[kind], kept[kind]) for kind in KINDS)

    def judge(self, label: Any, after: Any, path: str) -> None:
        """Judge one value with its label."""
        if isinstance(label, Personal):
            self.personal[label.kind] += 1
            if label.stays_in(after):
                self.kept.append((label.kind, path, label.value, after))
        elif label is not None and not isinstance(label, bool | Unlabelled):
            inner = [*_inside(label, after, path)]
            for one, value, there in inner:
                self.judge(one, value, there)
            if not inner and not isinstance(label, dict | list | Keys):
                self.neutral += 1
                if str(label) != str(after):
                    self.changed.append((path, label, after))


def _inside(label: Any, after: Any, path: str) -> Iterator[tuple[Any, Any, str]]:
    """Yield what a label holds, what came of it, and its path."""
    if isinstance(label, Keys):
        for (key, inner), (new, value) in zip(label.pairs, after.items(), strict=True):
            yield key, new, f"{path}.keys()"
            yield inner, value, f"{path}.{key if isinstance(key, str) else '*'}"
    elif isinstance(label, dict):
        assert list(label) == list(after), (path, [*label], [*after])
        yield from ((inner, after[key], f"{path}.{key}") for key, inner in label.items())
    elif isinstance(label, list):
        yield from ((inner, value, f"{path}[]") for inner, value in zip(label, after, strict=True))


def plain(label: Any) -> Any:
    """Give the value without its labels."""
    if isinstance(label, Personal | Unlabelled):
        return label.value
    if isinstance(label, Keys):
        return {plain(key): plain(value) for key, value in label.pairs}
    if isinstance(label, dict):
        return {key: plain(value) for key, value in label.items()}
    return [plain(value) for value in label] if isinstance(label, list) else label


def count(systems: tuple[Described, ...], key: bytes = b"key of the labelled set") -> Count:
    """Redact each system's answers, and count."""
    counted = Count()
    for system in systems:
        redactor, bodies = system.redactor(key), []
        for answer in system.answers:
            bodies.append(_after(redactor, answer))
            bodies = with_changes(bodies, redactor.settle())
        for answer, after in zip(system.answers, bodies, strict=True):
            counted.judge(answer.body, after, f"{system.name} {answer.path}")
    return counted


def _after(redactor: Redactor, answer: Answer) -> Any:
    """Redact one answer."""
    if answer.path == "headers":
        return {name: redactor.text(plain(value), name) for name, value in answer.body.items()}
    if answer.path == "text":
        return redactor.page(plain(answer.body))
    redacted = redactor.json(json.dumps(plain(answer.body)).encode(), answer.path)
    assert redacted is not None
    return json.loads(redacted)


def unpacked(text: str) -> str:
    """Give a text together with what is packed in it, however deep."""
    seen, todo = [], [text]
    while todo and len(seen) < 40:
        text = todo.pop()
        if text in seen:
            continue
        seen.append(text)
        todo += [html.unescape(text), unquote(text), text.replace('\\"', '"')]
        for match in re.findall(r"[A-Za-z0-9+/_-]{12,}={0,2}", text):
            try:
                todo.append(base64.urlsafe_b64decode(match.replace("+", "-").replace("/", "_") + "==").decode())
            except (binascii.Error, UnicodeDecodeError):
                continue
    return "\n".join(seen)
