"""Find the words of a body, a query or a header by which a server may take a read for a write."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import parse_qsl, unquote

from ipaas_discovery.knowledge.name_words import bare, split_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.answers.graphql_writes import objection_to_graphql
from ipaas_discovery.systems.answers.statements import writes_in_statement
from ipaas_discovery.systems.answers.xml_body import read_xml

__all__ = [
    "WALKS",
    "objection_to_body",
    "objection_to_headers",
    "objection_to_members",
    "objection_to_path",
    "objection_to_query",
    "objection_to_xml",
    "triggers",
]

FORM = "application/x-www-form-urlencoded"
PLAIN = re.compile(r"[\w.*{}$:()'!,@+~=&|\[\]-]+")
"""A segment of a path that may name what is done; an id may hold any sign."""

WALKS = "its path walks to another one"
NEVER = "hookapi"
"""The path that triggers transfers on iPaaS.com: a hook posted there moves real data (its hook controller)."""
BESIDE = (("model", "method"), ("arguments", "name"))
OVERLONG = re.compile("%c0%(?:ae|2e)", re.IGNORECASE)
"""A point in more bytes than it needs, which some servers read."""
MODEL, METHOD = re.compile(r"[a-z_]+(?:\.[a-z_]+)+"), re.compile(r"\A[a-z]+(?:_[a-z]+)*\Z")
"""Models and methods as remote calls name them by their positions."""
SUSPICIOUS = re.compile(r"\{.*\b(?:mutation|subscription)\b|\b(?:mutation|subscription)\b.*\{", re.DOTALL)


def triggers(address: str) -> bool:
    """Tell whether a host and path name iPaaS.com's hooks, however they are written.

    >>> triggers("api.ipaas.com/HookAPI/v2"), triggers("x.test/%2568ookapi"), triggers("x.test/v2/hooks")
    (True, True, False)
    """
    for _ in range(3):  # a proxy may decode once more than the server
        address = unquote(address)
    return NEVER in unicodedata.normalize("NFKC", address).casefold()


def objection_to_path(path: str, *, log_in: bool = False, posted: bool = False) -> str:
    """Return what speaks against a path as it leaves, or an empty text.

    >>> objection_to_path("/orders/_delete_by_query"), objection_to_path("/orders/..%2Fcustomers")
    ("its path says '_delete_by_query'", 'its path walks to another one')
    """
    for _ in range(3):  # a proxy may decode once more than the server
        path = unquote(OVERLONG.sub(".", path))
    known = request_words().writes
    segments = re.split(r"[/\\]", path)
    issued = log_in and any(map(known.log_ins.name, segments))
    for before, segment in zip(["", *segments], segments, strict=False):
        name, *parameters = segment.split(";")
        if unicodedata.normalize("NFKC", re.split(r"[?#\x00-\x20]", name.strip())[0]) in {".", ".."}:
            return WALKS
        act = known.verbs.act(name, posted=posted and segment is segments[-1])
        act = act and not known.verbs.runs_report((*split_words(before)[-1:], *split_words(name)))
        for part in re.findall(r"[\w.*{}-]+", name) if PLAIN.fullmatch(name) else ():
            writes = known.verbs.write(re.sub(r"\{[^}]*\}", "", part), in_path=True)
            if (writes or act) and not (issued and known.log_ins.against.isdisjoint(split_words(part))):
                return f"its path says '{part}'"
        if objection := objection_to_query((pair.partition("=")[::2] for pair in parameters), graphql=False):
            return objection.replace("query", "path", 1)
    return ""


def objection_to_headers(headers: Iterable[tuple[str, str]]) -> str:
    """Return what speaks against headers, or an empty text.

    >>> objection_to_headers([("X-HTTP-Method-Override", "delete")])
    'its header X-HTTP-Method-Override names another method'
    """
    known = request_words().writes
    for name, value in headers:
        plain = bare(name)
        if known.instead.another_method.fullmatch(plain) and value.strip().upper() != "GET":
            return f"its header {name} names another method"
        if known.instead.another_path.fullmatch(plain):
            return f"its header {name} names another path"
        if known.tells_deed(name) and known.verbs.write(value):
            return f"its header {name} says '{value}'"
        for parameter in value.split(";")[1:] if plain == "contenttype" else ():
            if known.instead.another_method.fullmatch(bare(parameter.partition("=")[0])):
                return f"its header {name} names another method"
    return ""


def objection_to_query(pairs: Iterable[tuple[str, str]], *, graphql: bool, log_in: bool = False) -> str:
    """Return what speaks against query parameters, or an empty text; `graphql` marks a GraphQL path."""
    judge = _Judge(graphql=graphql, log_in=log_in)
    for name, value in pairs:
        if len(_words_of(name)) > 1 and bare(_words_of(name)[0]) in request_words().writes.conditions:
            judged = judge.described(_words_of(name)[-1], value)
            if judged:
                return judged.replace("body", "query", 1)
            continue
        if graphql and not log_in and bare(name) in request_words().writes.stored_at_top:
            return "a stored GraphQL document may do anything"
        if objection := next(filter(None, (judge.member(part, value) for part in _parts(name))), ""):
            return objection.replace("body", "query", 1)
    return ""


def objection_to_body(content: bytes, content_type: str, *, graphql: bool, log_in: bool = False) -> str:
    """Return what speaks against the body of a search or a log-in, or an empty text; `graphql` marks a GraphQL path."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == FORM or (log_in and not content):
        return _objection_to_form(content, graphql=graphql, log_in=log_in)
    if kind.endswith("xml"):
        try:
            return objection_to_xml(read_xml(content))
        except (ValueError, RecursionError):
            return "its body is no well-formed XML"
    if kind != "application/json":
        return "its body is neither JSON nor XML nor a form"
    try:
        body = json.loads(content, object_pairs_hook=_refuse_duplicates)
    except (ValueError, RecursionError):
        return "its body is not JSON that says one thing"
    return objection_to_members(body, graphql=graphql, log_in=log_in)


def _objection_to_form(content: bytes, *, graphql: bool, log_in: bool) -> str:
    """Return what speaks against a form."""
    try:
        pairs = parse_qsl(content.decode(), keep_blank_values=True)
    except ValueError:
        return "its form is odd"
    if _has_whole(pairs):
        return "its form names a verb"
    return objection_to_query(pairs, graphql=graphql, log_in=log_in).replace("query", "body", 1)


def _words_of(name: str) -> list[str]:
    """Give the names that a parameter's is made of: `filter[action]`."""
    return [part for part in re.split(r"[\[\].]+", name) if part]


def _parts(name: str) -> Iterator[str]:
    """Yield the name of a parameter, and the names that it is made of: `call[action]`."""
    yield name
    yield from (part for part in re.split(r"[\[\].]+", name) if part and part != name)


def _has_whole(pairs: Iterable[tuple[str, str]]) -> bool:
    """Tell whether a form has a verb with members inside: `delete[id]=7`."""
    return any(bare(name.partition("[")[0]) in request_words().writes.whole for name, _ in pairs if "[" in name)


def objection_to_xml(body: object) -> str:
    """Return what speaks against the body of a search in XML, read as nested objects, or an empty text.

    What is done is the name of an element, as in SOAP: of the root, of each that has others in it or is empty, and of
    one that joins a verb with what it is done to.

    >>> objection_to_xml({"Envelope": {"Body": {"deleteOrder": {"id": "7"}}}})
    "its body says 'deleteOrder'"
    >>> objection_to_xml({"Envelope": {"Body": {"getOrders": {"updatedAfter": "2026-01-31"}}}})
    ''
    """
    known, root = request_words().writes, tuple(body) if isinstance(body, Mapping) else ()
    names = [*root, *(name for name, value in _members(body) if isinstance(value, Mapping | list) or value is None)]
    plain = [name.rpartition(":")[2] for name in names if not name.startswith("@")]
    leaves = [name.rpartition(":")[2] for name, value in _members(body) if isinstance(value, str)]
    joined = (name for name in leaves if len(split_words(name)) > 1 and known.verbs.write(name, in_path=True))
    called = plain[plain.index("Body") + 1 :][:1] if "Envelope" in root and "Body" in plain else []
    done = next((name for name in plain if known.verbs.write(name)), None) or next(joined, "")
    done = done or next(filter(known.verbs.call, called), "")
    if done or "methodCall" not in root:
        return f"its body says '{done}'" if done else objection_to_members(body, graphql=False)
    texts = [value for _, value in _members(body) if isinstance(value, str)]
    judge = _Judge(graphql=False, log_in=False)
    writes = next((text for text in texts if "." in text and known.verbs.write(text)), "")
    return (f"its body says '{writes}'" if writes else "") or judge.call({"": texts})


def objection_to_members(body: object, *, graphql: bool, log_in: bool = False) -> str:
    """Return what speaks against the members of a JSON body, or an empty text."""
    if not isinstance(body, Mapping):
        return "its body is not one object"
    document = body.get("query")
    judge = _Judge(graphql=graphql or isinstance(document, str), log_in=log_in)
    if graphql and not log_in and not (isinstance(document, str) and "{" in document):
        return "a stored GraphQL document may do anything"
    if graphql and not log_in and not request_words().writes.stored_at_top.isdisjoint(map(bare, body)):
        return "a stored GraphQL document may do anything"
    chosen = isinstance(document, str) and "{" in document  # an operation of this document, which is judged itself
    objections = (
        judge.described(name, value) if described else judge.member(name, value)
        for name, value, described in _placed_members(body)
        if not (chosen and name == "operationName")
    )
    return next(filter(None, objections), "") or (judge.call(body) if "params" in body or "jsonrpc" in body else "")


@dataclass(frozen=True, slots=True)
class _Judge:
    """A judge of the members of one body or query."""

    graphql: bool
    log_in: bool

    def described(self, name: str, value: object) -> str:
        """Return what speaks against a member that says what records hold, where a verb is what was done once."""
        plain, known = bare(name), request_words().writes
        stored = self.graphql and plain in known.stored_documents
        calls = isinstance(value, str) and len(split_words(value)) > 1  # a call, and no word of what was done
        if plain not in known.recorded or stored or calls:
            return self.member(name, value)
        return self._text("", value) if isinstance(value, str) else ""

    def member(self, name: str, value: object) -> str:
        """Return what speaks against one member of a body, or one parameter."""
        plain, known = bare(name), request_words().writes
        if name in known.stages or (plain in known.whole and isinstance(value, Mapping | list)):
            return f"its body says '{name}'"
        turned = plain if plain in known.verbs.strong else known.turned_on(name)
        if turned and _turns_on(value, removes=turned in known.log_ins.against):
            return f"its body says '{name}'"
        words = split_words(name)
        removed = words[-1:] == ("ids",) or known.verbs.write(name, in_path=True)
        if isinstance(value, Mapping | list) and removed and words[0] in known.log_ins.against & known.verbs.strong:
            return f"its body says '{name}'"
        if plain in known.deeds and isinstance(value, Mapping):
            calls = (text for text in value.values() if isinstance(text, str))
            if call := next((text for text in calls if known.verbs.call(text.partition("?")[0])), ""):
                return f"its body says '{call:.60}'"
        if self.graphql and (plain in known.stored_documents or (plain == "mutation" and value)):
            return "a stored GraphQL document or a mutation may do anything"
        return self._text(plain, value) if isinstance(value, str) else ""

    def _text(self, plain: str, value: str) -> str:
        """Return what speaks against a text in a member, given its bare name."""
        known = request_words().writes
        if known.instead.another_method.fullmatch(plain) and value.strip().upper() in known.instead.methods:
            return "its body names another method"
        if "-" in value and known.instead.another_method.fullmatch(bare(value.partition(":")[0])):
            return "its body names another method"
        if known.says_deed(plain, value) and not (self.log_in and known.log_ins.name(value)):
            return f"its body says '{value:.60}'"
        if plain in known.routes and "/" in value and (objection := objection_to_path(value)):
            return f"its body names another request, {objection}"
        certain = plain in known.statements.members or known.statements.beginning.match(value) is not None
        if writes_in_statement(value, certain=certain):
            return "its statement writes"
        graphql = plain == "query" or SUSPICIOUS.search(value)
        return (objection_to_graphql(value, log_in=self.log_in) if graphql else "") or self._packed(value)

    def _packed(self, text: str) -> str:
        """Return what speaks against JSON or XML that is written as a text, as in `?request={"action":"delete"}`."""
        try:
            if text.lstrip()[:1] in {"{", "["}:
                return next(filter(None, (self.member(*pair) for pair in _members(json.loads(text)))), "")
            return objection_to_xml(read_xml(text.encode())) if text.lstrip()[:1] == "<" else ""
        except (ValueError, RecursionError):
            return ""

    def call(self, body: object) -> str:
        """Return what speaks against a remote procedure call, whose parameters may name what is done."""
        words = (value for _, value in _members(body) if isinstance(value, str))
        verbs = request_words().writes.verbs
        done = (text for text in words if text.lower() in verbs.strong | verbs.verbs)
        called = (text for text in (*_called(body), *_of_models(body)) if verbs.reading.isdisjoint(split_words(text)))
        return next((f"its body says '{text}'" for text in (*done, *called)), "")


def _members(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Yield every member of a JSON value, at any depth, with its name; an element of a list has the list's name."""
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield str(key), member
            yield from _members(member, str(key))
    elif isinstance(value, list):
        for element in value:
            yield name, element
            yield from _members(element, name)


def _placed_members(value: object, name: str = "", *, described: bool = False) -> Iterator[tuple[str, object, bool]]:
    """Yield every member like `_members`, and whether it stands in what says which records are asked for."""
    conditions = request_words().writes.conditions
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield str(key), member, described
            yield from _placed_members(member, str(key), described=described or bare(str(key)) in conditions)
    elif isinstance(value, list):
        for element in value:
            yield name, element, described
            yield from _placed_members(element, name, described=described)


def _called(value: object) -> Iterator[str]:
    """Yield the methods that arguments name behind a model: `["shop", 2, "key", "sale.order", "action_confirm"]`."""
    for _, arguments in _members({"": value}):
        if isinstance(arguments, list):
            for model, method in pairwise(arguments):
                if isinstance(model, str) and isinstance(method, str) and MODEL.fullmatch(model):
                    yield from METHOD.findall(method)


def _of_models(value: object) -> Iterator[str]:
    """Yield what is called with a model or with arguments beside it: `{"model": "a.b", "method": "action_confirm"}`."""
    for _, inner in _members({"": value}):
        if isinstance(inner, Mapping):
            named = (inner.get(name) for beside, name in BESIDE if beside in inner)
            yield from (name for name in named if isinstance(name, str))


def _turns_on(value: object, *, removes: bool) -> bool:
    """Tell whether a value turns on what its name says, or is the id of what it `removes`."""
    text = str(value).lower()
    return text in {"", "true", "yes", "on", "1"} or (removes and text.isdecimal() and text != "0")


def _refuse_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object and refuse a name that comes twice: each server picks another of the two."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name comes twice")
    return members
