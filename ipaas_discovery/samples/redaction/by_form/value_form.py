"""The form of one text: like what people are called, a street and a number, a day long ago, or a number to call."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from itertools import dropwhile

from ipaas_discovery.knowledge.countries import places
from ipaas_discovery.knowledge.name_words import singulars
from ipaas_discovery.knowledge.people.value_words import frequent_names, value_words
from ipaas_discovery.knowledge.personal.personal_words import fold, personal_words
from ipaas_discovery.knowledge.sensitive_names import sensitive_names

__all__ = ["Form", "form_of", "has_frequent_name", "is_ordinary", "is_title", "words_of"]

LONGEST, MOST_WORDS, LONGEST_WORD, LONGEST_PARTICLE, PAIR = 60, 5, 32, 5, 2
LONGEST_CHINESE = 3
EARLIEST, LATEST = 1916, 2012
"""Years of a day that is likely a birthday; not counted from today, so that a store replays alike in every year."""
LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
INITIAL = re.compile(r"[^\W\d_](?:\.?-?[^\W\d_])?\.")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,40}(?:\.[\w-]{1,40}){1,3}")
DAY = re.compile(r"(?:(?P<y>\d{4})[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?P<z>\d{4}))(?:[T ]00:00.*)?")
NUMBER = re.compile(r"\+?[\d(][\d ()/.-]{7,18}\d")
DECIMAL = re.compile(r"\d+\.\d+")
FEWEST_DIGITS, MOST_DIGITS = 9, 12
HOUSE = re.compile(r"\d{1,5} ?[A-Za-z]?(?:[-/]\d{1,4} ?[A-Za-z]?)?")
HAN = re.compile(r"[\u4e00-\u9fff\u3005]{2,5}")
HANGUL = re.compile(r"[\uac00-\ud7a3]{2,4}")


class Form(Enum):
    """A form of a text that may be personal."""

    NAMES = auto()
    WORD = auto()
    STREET = auto()
    DAY = auto()
    NUMBER = auto()
    EASTERN = auto()
    MAIL = auto()


@lru_cache(65_536)
def form_of(text: str) -> Form | None:
    """Tell the form of a text, if it is one that may be personal.

    >>> [form_of(text) for text in ("Ada de la Cruz", "Example, A.", "in progress", "Birkenweg 7")]
    [<Form.NAMES: 1>, <Form.NAMES: 1>, None, <Form.STREET: 3>]
    """
    if not 1 < len(text) <= LONGEST:
        return None
    if "@" in text:
        return Form.MAIL if MAIL.fullmatch(text) else None
    if not any(map(str.isdigit, text)):
        return _of_words(text)
    if day := DAY.fullmatch(text):
        return Form.DAY if EARLIEST <= int(day["y"] or day["z"]) <= LATEST else None
    if NUMBER.fullmatch(text) and not DECIMAL.fullmatch(text):
        return Form.NUMBER if FEWEST_DIGITS <= sum(map(str.isdigit, text)) <= MOST_DIGITS else None
    return Form.STREET if _is_street(text) else None


def _of_words(text: str) -> Form | None:
    """Tell whether a text without digits is of words as people are called."""
    if _is_eastern_name(text):
        return Form.EASTERN
    written = text.replace(",", " ").split()
    words = [*dropwhile(is_title, written)]
    if not words or len(words) > MOST_WORDS or text.count(",") > 1 or not all(_fits(word, text) for word in words):
        return None
    if text.lower() == text.upper():
        return Form.NAMES if len(words) >= PAIR and has_frequent_name(text) else None
    full = [word for word in words if word[0].isupper() and not INITIAL.fullmatch(word)]
    begins = words[0][0].isupper() or words[0] in sensitive_names().personal.particles
    if not full or not ((begins and words[-1] in full) or (words[0] in full and "," in text)):
        return None
    if len(written) >= PAIR:
        return Form.NAMES
    return Form.WORD if len(text) >= len("Ada") else None


def _fits(word: str, text: str) -> bool:
    """Tell whether a word may stand in what somebody is called."""
    if INITIAL.fullmatch(word):
        return True
    if not LETTERS.fullmatch(word) or len(word) > LONGEST_WORD:
        return False
    if not word[0].isupper() and word[0].lower() != word[0].upper():
        return len(word) <= LONGEST_PARTICLE
    return _is_written_like_a_name(word, text)


def is_title(word: str) -> bool:
    """Tell whether a word stands before a name."""
    bare = word.rstrip(".").casefold()
    return bare in personal_words().texts.titles or bare in value_words().titles


def _is_written_like_a_name(word: str, text: str) -> bool:
    """Tell whether capitals stand in a word as in a name: in front, behind a mark, or throughout the whole text."""
    if text.isupper() and len(word) > 1:
        return True
    parts, inner = re.split(r"['\u2019-]", word), value_words().inner_capital
    return all(part[1:].islower() or len(part) == 1 or not part.isascii() or inner.fullmatch(part) for part in parts)


def _is_eastern_name(text: str) -> bool:
    """Tell whether a text is a family name of East Asia and a given one."""
    known = frequent_names()
    if HANGUL.fullmatch(text):
        return text[0] in known.family_of_korea
    parts = text.replace("\u3000", " ").split(" ")
    if not HAN.fullmatch("".join(parts)):
        return False
    if len(parts) == PAIR:
        return parts[0] in known.family_of_japan or (parts[0] in known.family_of_china)
    if any(text[:size] in known.family_of_japan and len(text) > size for size in (1, 2, 3)):
        return True
    return text[0] in known.family_of_china and len(text) <= LONGEST_CHINESE


def _is_street(text: str) -> bool:
    """Tell whether a text is a street and a number."""
    parts = [part for part in re.split(r"[,\s]+", text) if part]
    known = value_words()
    words = [fold(part).rstrip(".").casefold() for part in parts]
    named = any(word in known.of_streets or known.street.search(word) for word in words)
    return named and any(HOUSE.fullmatch(part) for part in parts)


def words_of(text: str) -> list[str]:
    """List the words of a text in small letters, without accents."""
    return [word.casefold() for word in LETTERS.findall(fold(text))]


@lru_cache(65_536)
def is_ordinary(text: str) -> bool:
    """Tell whether a text holds a word that is in titles of things rather than in what people are called.

    >>> [is_ordinary(text) for text in ("Oak Shelf", "Example Ltd", "New Zealand", "Jorgor Gorvunsund")]
    [True, True, True, False]
    """
    known, also = value_words(), personal_words().texts.also_words
    words = words_of(text)
    if text.casefold() in places() or " ".join(words) in known.called_like_people:
        return True
    given = frequent_names().given
    small = {word for word in text.split() if word.islower()}
    if not known.of_firms.isdisjoint(words):
        return True
    others = [word for word in words if not (word in given or word in also or word in small)]
    return any(
        known.ordinary_end.search(word) or not known.ordinary.isdisjoint({word, *singulars(word)}) for word in others
    )


@lru_cache(65_536)
def has_frequent_name(text: str) -> bool:
    """Tell whether a text holds a name that is frequent somewhere, and no word beside."""
    if _is_eastern_name(text):
        return True
    known = frequent_names().given.intersection(words_of(text))
    return not known <= (personal_words().texts.also_words | value_words().ordinary)
