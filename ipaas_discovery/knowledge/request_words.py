"""Words in requests: in parameters, headers, paths and the names of calls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from ipaas_discovery.knowledge.name_words import bare, split_words
from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = [
    "ChangeWords",
    "FilterWords",
    "InsteadWords",
    "LogInWords",
    "PathWords",
    "RequestWords",
    "StatementWords",
    "VerbWords",
    "WriteVerbs",
    "WriteWords",
    "request_words",
]

HINT = 3
"""Words of the longest name that a hint holds."""


@dataclass(frozen=True)
class ChangeWords:
    """Words that ask for what changed; `requests.toml` says what each list is."""

    what: tuple[str, ...]
    since: tuple[str, ...]
    since_before: tuple[str, ...]
    ends: tuple[str, ...]
    tried: tuple[str, ...]
    fields: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]

    @cached_property
    def _since(self) -> re.Pattern[str]:
        what, since, before = ("|".join(words) for words in (self.what, self.since, self.since_before))
        return re.compile(f"(?:{what}).*(?:{since})|(?:{before}).*(?:{what})|(?:{'|'.join(self.ends)})$", re.IGNORECASE)

    def asks_since(self, parameter: str) -> bool:
        """Tell whether a parameter sounds as if it asked for what changed since a moment.

        >>> [request_words().changes.asks_since(name) for name in ("updated_at_min", "Since", "updated")]
        [True, True, False]
        """
        return self._since.search(parameter) is not None

    def says_when(self, field: str) -> bool:
        """Tell whether a field sounds as if it said when its record changed."""
        return any(part in field.lower() for part in self.fields)


@dataclass(frozen=True)
class FilterWords:
    """Words of a parameter that say how it compares."""

    operators: frozenset[str]
    before: tuple[str, ...]
    behind: tuple[str, ...]

    @cached_property
    def affix(self) -> re.Pattern[str]:
        """Finds such a word before or behind the name of a field."""
        return re.compile(f"^(?:{'|'.join(self.before)})_|_(?:{'|'.join(self.behind)})$")


@dataclass(frozen=True)
class InsteadWords:
    """Names of what tells a server another method or path than the request's own."""

    before: tuple[str, ...]
    method: tuple[str, ...]
    path: tuple[str, ...]
    methods: frozenset[str]

    @cached_property
    def another_method(self) -> re.Pattern[str]:
        """Matches the bare name of what tells another method."""
        return re.compile(f"(?:{'|'.join(self.before)})*(?:{'|'.join(self.method)})")

    @cached_property
    def beginning(self) -> re.Pattern[str]:
        """Finds what stands before the name proper."""
        return re.compile(f"^(?:{'|'.join(self.before)})+")

    @cached_property
    def another_path(self) -> re.Pattern[str]:
        """Matches the bare name of a header that tells another path."""
        return re.compile(f"(?:{'|'.join(self.before)})*(?:{'|'.join(self.before[1:])})(?:{'|'.join(self.path)})")


@dataclass(frozen=True)
class StatementWords:
    """Words of statements of a database."""

    members: frozenset[str]
    begins: tuple[str, ...]
    asking: frozenset[str]
    phrases: tuple[str, ...]
    verbs: tuple[str, ...]

    @cached_property
    def beginning(self) -> re.Pattern[str]:
        """Matches the beginning of a text that is a statement for certain."""
        return re.compile(rf"\s*(?:{'|'.join(self.begins)})", re.IGNORECASE)

    @cached_property
    def in_text(self) -> re.Pattern[str]:
        """Finds a statement that writes in any text."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(self.phrases)})(?!\w)", re.IGNORECASE)

    @cached_property
    def in_statement(self) -> re.Pattern[str]:
        """Finds what writes in a text that is a statement, and a second statement that does more than select."""
        return re.compile(rf"\b(?:{'|'.join(self.verbs)})\b|;\s*(?!select\b|with\b)\w", re.IGNORECASE)


@dataclass(frozen=True)
class WriteVerbs:
    """Verbs that write, and what makes something else of them."""

    strong: frozenset[str]
    verbs: frozenset[str]
    called: frozenset[str]
    acts: frozenset[str]
    begins: tuple[str, ...]
    reading: frozenset[str]
    things: frozenset[str]
    done_to: frozenset[str]
    compounds: frozenset[str]
    asked: frozenset[str]

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        """Matches a strong verb at the beginning or the end of words written as one, other than in its past."""
        verbs = "(?:create|delete|remove|update|insert|upsert)"
        return re.compile(rf"(?:mass|bulk|batch|multi)?{verbs}(?!d|s$|r$|rs$|ed|ion)|\w{{3,60}}(?:delete|remove)$")

    @cached_property
    def _begun(self) -> re.Pattern[str]:
        """Matches a verb that begins a name of words with capitals: `saveOrder`."""
        return re.compile(rf"(?:{'|'.join(word[:1].upper() + word[1:] for word in self.begins)})[A-Z]")

    def write(self, name: str, *, in_path: bool = False) -> bool:
        """Tell whether the name of a call, or a segment of a path, says that it writes.

        >>> verbs = request_words().writes.verbs
        >>> [verbs.write(name) for name in ("deleteCustomer", "order.update", "findAndModify", "listUpdates")]
        [True, True, True, False]
        >>> [verbs.write(name, in_path=True) for name in ("_delete_by_query", "delete-requests", "post")]
        [True, False, False]
        """
        words = self._things(split_words(name)) if in_path else split_words(name)
        verbs = self.strong if in_path else self.strong | self.verbs
        if not words or (in_path and len(words) > 1 and name.isupper()):
            return False
        if words[-1] in self.things:
            return words[0] in self.strong and words[-1] in self.done_to and name.isalnum()
        if words[0] in self.reading:
            return any(word in {"and", "or"} and after in verbs for word, after in pairwise(words))
        return not verbs.isdisjoint(words) or any(map(self._joined.match, words))

    def _things(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Join two words that name a thing together, if more stand behind or there are several: `drop-ships`."""
        for at, pair in enumerate(map("".join, pairwise(words))):
            if pair in self.compounds and (at + 2 < len(words) or pair.endswith(("s", "ing"))):
                return (*words[:at], pair, *self._things(words[at + 2 :]))
        return words

    def runs_report(self, words: tuple[str, ...]) -> bool:
        """Tell whether some words only run what is asked for: `runReport`, and not `run`."""
        return "run" in words and not self.asked.isdisjoint(words) and len(words) == 2  # noqa: PLR2004  run, and what

    def call(self, name: str) -> bool:
        """Tell whether what a member says is to be done writes.

        >>> [request_words().writes.verbs.call(name) for name in ("StopInstances", "user.logout", "order.list")]
        [True, True, False]
        """
        words = split_words(name)
        if self.runs_report(words):
            return False
        return self.write(name) or not self.called.isdisjoint((*words[:1], *words[-1:]))

    def hint(self, name: str) -> bool:
        """Tell whether what a member of many meanings says is a verb that writes for certain."""
        words = split_words(name)
        called = name.count(".") == 1 and words[-1:] and words[-1] in self.strong  # `Order.delete`
        return bool(words) and len(words) <= HINT and bool(words[0] in self.strong or called)

    def act(self, segment: str, *, posted: bool) -> bool:
        """Tell whether a whole segment of a path is a verb that writes, or begins with one.

        >>> verbs = request_words().writes.verbs
        >>> [verbs.act(name, posted=False) for name in ("approve", "saveOrder", "EditHistory", "posts", "import")]
        [True, True, False, False, False]
        >>> verbs.act("import", posted=True), verbs.act("batch-read", posted=True)
        (True, False)

        Args:
            segment: the segment.
            posted: true for the last of a path that is posted to, where nouns are verbs.
        """
        words = split_words(segment)
        thing = bool(words) and words[-1] in self.things - self.done_to
        if segment.lower() in self.acts or (self._begun.match(segment[:1].upper() + segment[1:]) and not thing):
            return True
        if (
            self.runs_report(words)
            or not posted
            or not words
            or not self.reading.isdisjoint(words)
            or words[-1] in self.things
        ):
            return False
        return words[0] in self.strong | self.verbs | self.called and (len(words) == 1 or segment.isalnum())


@dataclass(frozen=True)
class LogInWords:
    """Words of log-ins, and verbs that none of them does."""

    names: frozenset[str]
    against: frozenset[str]

    def name(self, call: str) -> bool:
        """Tell whether the name of a call is that of a log-in.

        >>> [request_words().writes.log_ins.name(call) for call in ("tokenCreate", "sign_in", "deleteToken")]
        [True, True, False]
        """
        words = split_words(call)
        parts = {*words, *map("".join, pairwise(words))}
        named = not parts.isdisjoint(self.names) or any(
            word.startswith(begin) or word.endswith(begin)
            for begin in ("login", "signin", "token", "session")
            for word in words
        )
        return named and parts.isdisjoint(self.against)


@dataclass(frozen=True)
class WriteWords:
    """Words by which a server may take a read for a write, or for another request; `requests.toml` explains each."""

    stored_documents: frozenset[str]
    stored_at_top: frozenset[str]
    buttons: frozenset[str]
    deeds: frozenset[str]
    hints: frozenset[str]
    routes: frozenset[str]
    conditions: frozenset[str]
    recorded: frozenset[str]
    stages: frozenset[str]
    whole: frozenset[str]
    instead: InsteadWords
    statements: StatementWords
    verbs: WriteVerbs
    log_ins: LogInWords

    def says_deed(self, member: str, value: str) -> bool:
        """Tell whether the text in a member, given its bare name, says that something is to be changed."""
        return (member in self.deeds and self.verbs.call(value)) or (member in self.hints and self.verbs.hint(value))

    def turned_on(self, name: str) -> str:
        """Give the strong verb that a button of this name turns on; empty for any other name.

        >>> words = request_words().writes
        >>> words.turned_on("btnDelete"), words.turned_on("canDelete")
        ('delete', '')
        """
        words = split_words(name)
        return words[-1] if len(words) > 1 and words[0] in self.buttons and words[-1] in self.verbs.strong else ""

    def tells_deed(self, header: str) -> bool:
        """Tell whether a header says what is to be done, by its whole name or the last two words of it.

        >>> words = request_words().writes
        >>> [words.tells_deed(name) for name in ("X-Acme-Call-Name", "X-HTTP-Action", "X-Shipping-Method")]
        [True, True, False]
        """
        plain = self.instead.beginning.sub("", bare(header))
        words = split_words(header)
        last = {"".join(words[-2:]), *({"operation", "command"} & {*words[-1:]})}
        return not self.deeds.isdisjoint({plain, bare(header), *last})


@dataclass(frozen=True, slots=True)
class PathWords:
    """Words in the paths of calls."""

    listing: frozenset[str]
    roots: frozenset[str]
    about: frozenset[str]
    creating: tuple[str, ...]
    many: tuple[str, ...]
    general: frozenset[str]


@dataclass(frozen=True, slots=True)
class VerbWords:
    """Verbs in the paths of calls, by what they do."""

    reads: tuple[str, ...]
    makes: tuple[str, ...]
    changes: tuple[str, ...]
    removes: tuple[str, ...]
    ambiguous: frozenset[str]
    everything: frozenset[str]

    def does(self, verb: str) -> str:
        """Name what a verb does: `reads`, `makes`, `changes` or `removes`; empty for another word.

        >>> request_words().verbs.does("Create"), request_words().verbs.does("cancel")
        ('makes', '')
        """
        kinds = ("reads", "makes", "changes", "removes")
        return next((kind for kind in kinds if verb.lower() in getattr(self, kind)), "")


@dataclass(frozen=True)
class RequestWords:
    """All words in requests that mean something."""

    changes: ChangeWords
    filters: FilterWords
    writes: WriteWords
    paths: PathWords
    does: Mapping[str, tuple[str, ...]]
    verbs: VerbWords
    chosen_keys: frozenset[str]
    stock: frozenset[str]
    usual_headers: frozenset[str]
    added_headers: frozenset[str]
    added_beginnings: tuple[str, ...]
    general_ids: tuple[str, ...]
    people: frozenset[str]
    ids: frozenset[str]
    fixed: frozenset[str]
    kept_in_log_ins: frozenset[str]
    kept_in_searches: frozenset[str]

    def is_own_header(self, name: str) -> bool:
        """Tell whether a header may be one that this API wants, as no client sends it by itself.

        >>> [request_words().is_own_header(name) for name in ("X-Tenant", "Prefer", "Sec-Fetch-Mode", "User-Agent")]
        [True, True, False, False]
        """
        return not (
            name.lower().startswith(self.added_beginnings) or bare(name) in self.usual_headers | self.added_headers
        )

    @cached_property
    def done(self) -> Mapping[str, re.Pattern[str]]:
        """Finds in the name of a call that it `makes`, `changes` or `removes` something."""
        return {
            what: re.compile(rf"(?:^|[^a-zA-Z])(?:{verbs})(?![a-z])|(?:^|[^A-Z])(?:{verbs.title()})(?![a-z])")
            for what, verbs in ((what, "|".join(words)) for what, words in self.does.items())
        }

    def upserts(self, text: str) -> bool:
        """Tell whether a name or a sentence says that a record is made or changed, whichever it needs.

        >>> says = ("updateOrCreateOrders", "Creates or updates an order", "Update order and create label", "addOrder")
        >>> [request_words().upserts(text) for text in says]
        [True, True, False, False]
        """
        words = [word if word in self.does["both"] else word.removesuffix("s") for word in split_words(text)]
        joints = [at for at, word in enumerate(words) if word in {"or", "and"} and 0 < at < len(words) - 1]
        pairs = [*pairwise(words), *((words[at - 1], words[at + 1]) for at in joints)]
        both = {"makes", "changes"}
        return not set(self.does["both"]).isdisjoint(words) or any(
            {self.verbs.does(one), self.verbs.does(other)} == both for one, other in pairs
        )


@cache
def request_words() -> RequestWords:
    """Read the table of words in requests, once."""
    return read_toml("requests", RequestWords)
