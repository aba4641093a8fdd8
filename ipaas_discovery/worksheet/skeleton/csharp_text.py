"""Text of C# files: literals, comments and marks, of which no text of another system can break out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ipaas_discovery.renderings.texts import visible

__all__ = ["TODO", "comment", "csharp_file", "indented", "literal", "summary", "todo"]

TODO = "// TODO: "
WIDTH = 110
"""Characters of a line of comment at most, where its words allow it."""
HEAD = "Written by ipaas-discovery from the worksheet {title}. Marks that say TODO are left to do."


def literal(text: str) -> str:
    r"""Write a text as a literal of C#.

    >>> print(literal('say "hi"'))
    "say \"hi\""
    """
    return json.dumps(text).replace("\x7f", "\\u007f")


def comment(text: str) -> Iterator[str]:
    r"""Write a text as lines of comment, whatever signs it holds.

    >>> [*comment("one\ntwo")]
    ['// one two']
    """
    line = "//"
    for word in visible(" ".join(text.split())).split(" "):
        if len(line) + len(word) >= WIDTH and line != "//":
            yield line
            line = "//"
        line += f" {word}"
    yield line


def todo(text: str) -> str:
    """Write a mark of what is left to do, on one line."""
    return TODO + visible(" ".join(text.split()))


def summary(text: str) -> Iterator[str]:
    """Write a text as the summary of a member."""
    plain = visible(" ".join(text.split()))
    yield f"/// <summary>{plain.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</summary>"


def indented(lines: Iterable[str], depth: int = 1) -> Iterator[str]:
    """Indent lines; empty ones stay empty."""
    return ((" " * 4 * depth + line if line else "") for line in lines)


def csharp_file(title: str, usings: Iterable[str], namespace: str, body: Iterable[str]) -> str:
    """Write a file: its head, what it uses, and its body in a namespace."""
    lines = [
        *comment(HEAD.format(title=title)),
        *(f"using {name};" for name in usings),
        "",
        f"namespace {namespace}",
        "{",
        *indented(body),
        "}",
    ]
    return "\n".join(lines) + "\n"
