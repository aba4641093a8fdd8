"""Personal data and secrets taken out of an answer before anything else sees it; joins, lengths and formats stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from ipaas_discovery.samples.redaction.answer_fields import AnswerFields
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.by_form.formed_fields import FormedFields
from ipaas_discovery.samples.redaction.field_names import header_names, is_personal
from ipaas_discovery.samples.redaction.free_text import NamesInText
from ipaas_discovery.samples.redaction.map_keys import is_like_name
from ipaas_discovery.samples.redaction.pull_names import PullNames, Waiting
from ipaas_discovery.samples.redaction.text_redactor import ReadText, TextRedactor
from ipaas_discovery.samples.redaction.user_rules import UserRules
from ipaas_discovery.samples.redaction.walking.answer_walk import AnswerWalk
from ipaas_discovery.systems.answers.body import repaired

__all__ = ["Redactor"]

_decode = msgspec.json.Decoder(float_hook=Decimal).decode
_encode = msgspec.json.Encoder(decimal_format="number").encode
"""Numbers pass through as they are written, however long."""
NO_RULES = UserRules()
NO_JSON = (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError, ArithmeticError)


class Redactor:
    """Redacts the answers of one system.

    Safe to use from several threads; it never raises for what it is given. What becomes of an answer depends on that
    answer, the rules and the key, on the names that were told before the pull was last settled, and on the fields that
    answers of the same collection before it told to be personal by the form of their values.

    Args:
        paths: the paths of the collections in the system's answers. Defaults to none.
        rules: the user's own rules.
        secrets: gives the secrets in use now, by name, that no answer may repeat.
        key: the key of the pseudonyms. Defaults to the environment's, the keyring's or one of this process.
    """

    def __init__(
        self,
        paths: AnswerPaths | None = None,
        rules: UserRules = NO_RULES,
        *,
        secrets: Callable[[], Mapping[str, str]] = dict,
        key: bytes | None = None,
    ) -> None:
        self._answer_paths = paths or AnswerPaths()
        self._texts = TextRedactor(secrets, key)
        self._names = PullNames(self._texts.masked)
        self._fields = AnswerFields(self._answer_paths, rules, self._texts.masked)
        self._by_form = FormedFields(self._fields)
        self.original_of = self._texts.original_of
        self.replaced_reusable_value = self._texts.replaced_reusable_value

    @property
    def has_reusable_values(self) -> bool:
        """True if any value that a later request may repeat was replaced."""
        return self._texts.has_reusable_values

    def json(self, content: bytes, path: str) -> bytes | None:
        """Redact the body of an answer to a request of `path`; None if it is no JSON."""
        return self.answer(content, path)[0]

    def answer(self, content: bytes, path: str) -> tuple[bytes | None, Waiting]:
        """Redact the body of an answer, and give its texts that wait for the names of other answers."""
        try:
            try:
                body = _decode(content)
            except msgspec.DecodeError:
                body = _decode(repaired(content))
            walked, waiting = self._redacted(body, path)
            written = _encode(walked)
            if self._texts.repeats_secret(written):
                written = _encode(self._texts.without_secrets_in(walked))
        except NO_JSON:
            return None, {}
        return written, waiting

    def value(self, body: Any, path: str) -> Any:  # noqa: ANN401  any JSON value
        """Redact the parsed body of an answer to a request of `path`; the body itself stays as it is."""
        return self._texts.without_secrets_in(self._redacted(_copied(body), path)[0])

    def _redacted(self, body: Any, path: str) -> tuple[Any, Waiting]:  # noqa: ANN401  any JSON value
        """Redact a body in its place, but for the secrets in use."""
        collections = self._answer_paths.collections(path)
        self._texts.look_up_secrets()
        if not collections and _is_description(body):
            return body, {}
        names = NamesInText(whole=True)
        walked = AnswerWalk(self._fields, self._texts, names).value(body, self._by_form.root(body, collections))
        names.apply(self._texts.masked)
        return walked, self._names.hear(names)

    def records(self, records: Iterable[Mapping[str, Any]], collection: str) -> tuple[dict[str, Any], ...]:
        """Redact records of a collection that came without a request, like those of an answer."""
        self._texts.look_up_secrets()
        copied = [_copied(dict(record)) for record in records]
        root, names = self._by_form.root(copied, (collection,)), NamesInText(whole=True)
        walk = AnswerWalk(self._fields, self._texts, names)
        walked = [walk.record(record, root) for record in copied]
        self._names.hear(names)
        return tuple(map(self._texts.without_secrets_in, walked))

    def settle(self) -> Mapping[str, str]:
        """Take the names told so far as known, and give what becomes of the texts that waited for them."""
        return self._names.settle()

    def changes_of(self, waiting: Waiting) -> Mapping[str, str]:
        """Give what becomes of texts that waited for names, now that the pull is settled."""
        return self._names.changes_of(waiting)

    @property
    def forgets(self) -> bool:
        """True if more texts wait for names than are remembered, so that answers have to be read again."""
        return self._names.overflows

    def waiting_in(self, content: bytes, path: str) -> Waiting:
        """Give the waiting texts of an answer that is redacted already, and take the names that it tells."""
        names = NamesInText(whole=True)
        walk = AnswerWalk(self._fields, ReadText(), names)
        collections = self._answer_paths.collections(path)
        try:
            body = _decode(content)
        except NO_JSON:
            return {}
        if collections or not _is_description(body):
            walk.value(body, self._by_form.root(body, collections))
        return self._names.hear_again(names)

    def text(self, text: str, name: str = "") -> str:
        """Redact a text outside a record, such as a header or a part of a URL: personal by its name or by its form."""
        self._texts.look_up_secrets()
        if _names_somebody(name, text):
            return self._texts.masked_once(text)
        return self._without_names(self._texts.outside(text, name))

    def page(self, text: str) -> str:
        """Redact a body that is no JSON, as an error may show it: what looks like JSON is redacted as such."""
        self._texts.look_up_secrets()
        return self._without_names(self._texts.page(text))

    def _without_names(self, text: str) -> str:
        """Replace names that labels, titles or earlier answers tell to be some, and the secrets in use."""
        return self._texts.without_secrets(self._names.masked(self._texts.named(text)))


def _names_somebody(header: str, text: str) -> bool:
    """Tell whether the text of a header is somebody's name or number; a tool has no two names, an id some digit."""
    named = header_names(header)
    if named == "somebody":
        return is_personal(header) or not text.isdecimal()
    plain = text.replace(".", "").replace("_", "")
    return (named == "tool" and is_like_name(text)) or (named == "id" and (plain.isalpha() or " " in text))


def _is_description(body: Any) -> bool:  # noqa: ANN401  any JSON value
    """Tell whether a body describes an API: it is about fields, not of people."""
    return isinstance(body, dict) and isinstance(body.get("paths"), dict)


def _copied(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Copy the objects and lists of a JSON value, and what they hold."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
