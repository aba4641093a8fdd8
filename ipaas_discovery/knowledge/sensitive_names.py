"""Names of fields, parameters and headers that hold something personal or a secret."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.knowledge.name_words import bare, split_words
from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["PersonalNames", "SecretNames", "SensitiveNames", "holds_secret", "is_secret", "sensitive_names"]


SHORTEST = 4
"""Characters of the shortest secret."""
RUN = re.compile(r"[\w+/=.~-]{8,}")
"""A part of a text that may be a secret under a name which others have, too."""
LONG_RUN = re.compile(r"[\w+=~-]{32,}")
"""A part of a text that is a secret under any name, if small and capital letters and digits stand in it."""
PLACEHOLDER = re.compile(r"\{\w+\}")
SECRET_FORMS = ("token", "secret")
"""Formats in `formats.toml` of what lets somebody in."""


@dataclass(frozen=True)
class SecretNames:
    """Names of secrets; `sensitive.toml` says what each list is."""

    words: frozenset[str]
    passwords: tuple[str, ...]
    keys_of: tuple[str, ...]
    ends: tuple[str, ...]
    tokens_of_pages: tuple[str, ...]
    alone_in_requests: frozenset[str]
    last_in_requests: frozenset[str]
    within_in_requests: tuple[str, ...]
    ends_in_requests: tuple[str, ...]
    parts_in_requests: tuple[str, ...]

    @cached_property
    def key(self) -> re.Pattern[str]:
        """Finds a key, a session or a digest in joined words."""
        return re.compile(f"(?:{'|'.join(self.keys_of)})key$|(?:{'|'.join(self.ends)})$")

    @cached_property
    def page_token(self) -> re.Pattern[str]:
        """Finds a token of a next page in joined words."""
        return re.compile(f"(?:{'|'.join(self.tokens_of_pages)})token$")

    @cached_property
    def in_request(self) -> re.Pattern[str]:
        """Finds a secret of a request in joined words, beside those that are secrets everywhere."""
        within = "|".join((*self.parts_in_requests, *self.within_in_requests))
        return re.compile(f"{within}|(?:{'|'.join(self.ends_in_requests)})$")


@dataclass(frozen=True)
class PersonalNames:
    """Names of what is personal; `sensitive.toml` says what each list is."""

    words: frozenset[str]
    in_spite_of_meta: frozenset[str]
    names_of: tuple[str, ...]
    numbers_of: tuple[str, ...]
    ends: tuple[str, ...]
    of_a_person: frozenset[str]
    persons: frozenset[str]
    no_persons: frozenset[str]
    persons_in_two_words: frozenset[str]
    done_by: tuple[str, ...]
    relatives: tuple[str, ...]
    in_headers: frozenset[str]
    tools: frozenset[str]
    done_in_headers: tuple[str, ...]
    called: tuple[str, ...]
    short: frozenset[str]
    degrees: frozenset[str]
    cards: frozenset[str]
    free_text: frozenset[str]
    prose: frozenset[str]
    particles: frozenset[str]

    @cached_property
    def ending(self) -> re.Pattern[str]:
        """Finds what is personal by the end of its joined words."""
        named = f"(?:{'|'.join(self.names_of)})name$"
        numbered = f"(?:{'|'.join(self.numbers_of)})(?:number|no|nr|num)(?:suffix|last\\w+)?$"
        return re.compile("|".join((named, numbered, *self.ends)))

    @cached_property
    def somebody(self) -> re.Pattern[str]:
        """Finds who did something, or belongs to somebody, in joined words."""
        return re.compile(f"(?:{'|'.join(self.done_by)})(?:ed)?(?:by|to)$|^(?:{'|'.join(self.relatives)})$")

    @cached_property
    def somebody_in_header(self) -> re.Pattern[str]:
        """Finds who did something in the joined words of a header."""
        return re.compile(f"{self.somebody.pattern}|(?:{'|'.join(self.done_in_headers)})by$")

    @cached_property
    def name(self) -> re.Pattern[str]:
        """Finds what people are called in joined words."""
        return re.compile("|".join(self.called))


@dataclass(frozen=True, slots=True)
class SensitiveNames:
    """Names of what is personal or a secret."""

    meta: frozenset[str]
    meta_in_two_words: frozenset[str]
    secret: SecretNames
    personal: PersonalNames


@cache
def sensitive_names() -> SensitiveNames:
    """Read the table of names that are personal or secret, once."""
    return read_toml("sensitive", SensitiveNames)


@lru_cache(8192)
def is_secret(name: str, *, in_request: bool = False) -> bool:
    """Tell whether what has this name is a secret; the token of a next page is none.

    Args:
        name: of a field; of a header, a parameter or a variable.
        in_request: whether it stands in a request, where `key` and `auth` alone are secrets, too.

    >>> [is_secret(name) for name in ("accessToken", "consumer_key", "sessionId", "token_type", "next_page_token")]
    [True, True, True, False, False]
    >>> is_secret("key"), is_secret("key", in_request=True), is_secret("DBPASSWORD", in_request=True)
    (False, True, True)
    """
    words = split_words(name)
    joined = "".join(words)
    known = sensitive_names()
    secret = known.secret
    if not words or secret.page_token.search(joined):
        return False
    if secret.key.search(joined) or (words[-1] not in known.meta and not secret.words.isdisjoint(words)):
        return True
    plain = bare(joined)
    alone = plain.removeprefix("x") in secret.alone_in_requests or words[-1] in secret.last_in_requests
    return in_request and (alone or bool(secret.in_request.search(plain)))


def holds_secret(name: str, value: str) -> bool:
    """Tell whether a header or a parameter, as a file writes it, holds a secret; a `{placeholder}` is none.

    >>> holds_secret("X-Api-Key", "b2r9x1"), holds_secret("X-Api-Key", "{token}"), holds_secret("hash", "true")
    (True, False, False)
    >>> holds_secret("code", "Zq7Lw2Vt9Xk4Bn8Rm3Hd6Ys1Pf5Gc0Ja2"), holds_secret("code", "SUMMER2026")
    (True, False)
    >>> holds_secret("key", "name"), holds_secret("key", "b2r9x1k7"), holds_secret("", "Basic YWRhOjE2OTk5OQ==")
    (False, True, True)
    """
    plain = PLACEHOLDER.sub("", value)
    if any(form.search(plain) for form in _secret_forms()) or any(map(_is_random, LONG_RUN.findall(plain))):
        return True
    if len(plain) < SHORTEST or plain.lower() in {"false", "none", "null", "true"}:
        return False
    random = any(re.search(r"\d", part) and re.search(r"[A-Za-z]", part) for part in RUN.findall(plain))
    if plain != value:  # beside a placeholder stand words, such as the scheme of `Authorization`
        return random and is_secret(name)
    return is_secret(name) or (random and is_secret(name, in_request=True))


def _is_random(text: str) -> bool:
    """Tell whether small and capital letters and digits stand in a text."""
    return all(re.search(signs, text) for signs in ("[a-z]", "[A-Z]", "[0-9]"))


@cache
def _secret_forms() -> tuple[re.Pattern[str], ...]:
    """Give the forms of texts that let somebody in, whatever the name of their field."""
    return tuple(re.compile(row.search) for row in field_formats().searched() if row.name in SECRET_FORMS)
