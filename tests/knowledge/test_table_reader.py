"""Classes are learnt by one thread at a time: msgspec ends the process where another meets one that is half learnt."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Event

import msgspec
import pytest

import ipaas_discovery
from ipaas_discovery.knowledge.table_reader import converted

PACKAGE = Path(ipaas_discovery.__file__).parent


@dataclass(frozen=True)
class Row:
    name: str


def test_a_second_thread_waits_until_the_first_has_converted(monkeypatch):
    inside, most, together, gone = [], [], Barrier(4), Event()
    convert = msgspec.convert

    def watched(value, kind):
        inside.append(value)
        most.append(len(inside))
        gone.wait(0.01)
        inside.remove(value)
        return convert(value, kind)

    def once(number):
        together.wait(10)
        return converted({"name": str(number)}, Row)

    monkeypatch.setattr(msgspec, "convert", watched)
    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(once, range(4))] == [Row(str(number)) for number in range(4)]
    assert most == [1, 1, 1, 1]


def test_a_wrong_value_is_refused_and_the_next_is_read():
    with pytest.raises(msgspec.ValidationError):
        converted({"name": 1}, Row)
    assert converted({"name": "a"}, Row) == Row("a")


def test_no_other_place_makes_classes_of_data():
    """`msgspec.convert`, and decoders that are given a class, stand nowhere else."""
    others = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name == "table_reader.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("msgspec."):
                kinds = [word.value for word in node.keywords if word.arg == "type"]
                plain = all(ast.unparse(kind) in {"str", "dict", "list"} for kind in kinds)
                if ast.unparse(node.func) == "msgspec.convert" or not plain:
                    others.append(f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}")
    assert others == []
