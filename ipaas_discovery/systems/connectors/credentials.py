"""Look up secrets: given by the caller, in the environment, a `.env` file or the keyring, or asked for by a prompt."""

from __future__ import annotations

import getpass
import html
import json
import os
import re
import sys
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, quote_plus

from ipaas_discovery.errors import ConfigurationError, MissingCredentialError

__all__ = ["Credentials", "ways_to_write"]

SERVICE = "ipaas-discovery"
"""The keyring's service name."""


SHORTEST = 3
"""A value this short is no secret, and would be found in every other word."""


class Credentials:
    """Secrets of one system, looked up when they are needed and remembered only in memory.

    Order of the look-up: `given`; the environment variable `<PREFIX>_<NAME>`; the same name in the
    `.env` file; the same name in the system keyring under the service `ipaas-discovery`; a prompt, where
    somebody can answer one. With `sealed` only `given` counts: a sandbox never sees a real secret.
    `shown` are names whose values are no secrets, such as a host's name: the reader of an error has to see it.
    Its text never shows a value.

    >>> secret = Credentials("bigcommerce", {"token": "abc"})
    >>> secret.get("token"), secret
    ('abc', Credentials('bigcommerce': token))
    """

    def __init__(
        self,
        prefix: str,
        given: Mapping[str, str] | None = None,
        *,
        env_file: Path | None = None,
        sealed: bool = False,
        shown: Collection[str] = (),
    ) -> None:
        self._prefix = re.sub(r"\W", "_", prefix)
        self._sealed = sealed
        self._env_file = env_file
        self._values: dict[str, str] = dict(given or {})
        self._used: set[str] = set()
        self._left_out: set[str] = set()
        self._shown = frozenset(shown)

    def __repr__(self) -> str:
        return f"Credentials('{self._prefix}': {', '.join(sorted(self._values)) or 'none used yet'})"

    def variable(self, name: str) -> str:
        """Name the environment variable of a secret: `BIGCOMMERCE_TOKEN`."""
        return f"{self._prefix}_{name}".upper()

    def get(self, name: str) -> str:
        """Return the secret called `name`.

        Raises:
            MissingCredentialError: if no place has it, naming the places.
        """
        value = self.find(name) or self._ask(name)
        if not value:
            raise MissingCredentialError(
                f"No {name.replace('_', ' ')} for {self._prefix}",
                where=f"environment, {self.env_file}, keyring",
                then=f"set {self.variable(name)} in the environment or in a .env file that git ignores, or run "
                f"`keyring set {SERVICE} {self.variable(name)}`",
            )
        self._values[name] = value
        self._used.add(name)
        return value

    def find(self, name: str) -> str | None:
        """Return the secret called `name` if some source has it, without a prompt."""
        if self._sealed:
            return self._values.get(name)
        variable = self.variable(name)
        value = self._values.get(name) or os.environ.get(variable) or self._from_file(variable)
        value = value or _from_keyring(variable)
        if value:
            self._values[name] = value
        return value

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """List those of `names` that no place has; somebody who leaves one out at a prompt is asked for no further."""
        names = tuple(dict.fromkeys(names))
        for name in names:
            try:
                self.get(name)
            except MissingCredentialError:
                break
        return tuple(name for name in names if not self.find(name))

    @property
    def env_file(self) -> str:
        """The path of the `.env` file that is looked at."""
        return str(self._env_file or ".env")

    def scrub(self, text: str) -> str:
        """Replace every secret used so far in `text` by dots."""
        spellings = {
            spelling
            for name, value in list(self._values.items())
            if len(value) >= SHORTEST and name not in self._shown
            for spelling in ways_to_write(value)
        }
        for value in sorted(spellings, key=len, reverse=True):
            text = text.replace(value, "•••")
        return text

    def in_use(self) -> dict[str, str]:
        """Return the values looked up or issued so far, by name, to keep them out of written files."""
        return dict(self._values)

    def values(self) -> tuple[str, ...]:
        """List every secret that is known here: looked up, issued, or in the `.env` file, used or not."""
        names = {self.variable(name) for name in self._shown}
        prefix = self.variable("")
        filed = self._file_values() if not self._sealed else {}
        unused = (value for name, value in filed.items() if value and name.startswith(prefix) and name not in names)
        known = (value for name, value in self._values.items() if name not in self._shown)
        return tuple(dict.fromkeys(value for value in (*known, *unused) if len(value) >= SHORTEST))

    @property
    def variables(self) -> tuple[str, ...]:
        """The environment variables of the secrets that were needed so far, sorted."""
        return tuple(sorted(map(self.variable, self._used)))

    def learn(self, name: str, value: str) -> None:
        """Remember a secret that the system issued, such as an access token, so that `scrub` knows it."""
        self._values[f"issued {name}"] = value

    def _from_file(self, variable: str) -> str | None:
        """Look a variable up in the `.env` file."""
        return self._file_values().get(variable)

    def _file_values(self) -> Mapping[str, str | None]:
        """Read the `.env` file, if there is one."""
        if self._env_file is None or not self._env_file.is_file():
            return {}
        from dotenv import dotenv_values  # noqa: PLC0415  only where a file exists

        try:
            return dotenv_values(self._env_file)
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"The file cannot be read, {error}", where=str(self._env_file)) from None

    def _ask(self, name: str) -> str | None:
        """Prompt for a secret without echo, once, on a terminal or in a live notebook; return None elsewhere."""
        if self._sealed or name in self._left_out or not (_in_kernel() or (sys.stdin and sys.stdin.isatty())):
            return None
        try:
            value = getpass.getpass(f"{self._prefix} {name.replace('_', ' ')}: ")
        except (EOFError, NotImplementedError):  # a kernel without a front end raises the latter's child
            value = ""
        if not value:
            self._left_out.add(name)
        return value


@lru_cache(256)
def ways_to_write(value: str) -> frozenset[str]:
    r"""Spell a value as it is, and as addresses, JSON and web pages write it.

    >>> sorted(ways_to_write("a/b"))
    ['a%2Fb', 'a/b', 'a\\/b']
    """
    inside = json.dumps(value)[1:-1]
    escaped = (inside, inside.replace("/", "\\/"), json.dumps(value, ensure_ascii=False)[1:-1], html.escape(value))
    return frozenset((value, quote(value), quote(value, safe=""), quote_plus(value), value.replace(" ", "+"), *escaped))


def _in_kernel() -> bool:
    """Tell whether this runs in a notebook's kernel, which can pass a question on."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")


def _from_keyring(variable: str) -> str | None:
    """Look a variable up in the system keyring."""
    import keyring  # noqa: PLC0415  slow to import, and rarely needed
    from keyring.errors import KeyringError  # noqa: PLC0415  keyring takes long to import

    try:
        return keyring.get_password(SERVICE, variable)
    except KeyringError:  # no keyring on this machine
        return None
