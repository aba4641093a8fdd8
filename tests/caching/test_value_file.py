"""A file of values: read back as they were, or not at all; and nothing in it can run."""

from __future__ import annotations

import os
import pickle
from collections import defaultdict
from decimal import Decimal
from hashlib import sha256

import pytest

from ipaas_discovery.caching.value_file import HEAD, KEPT, ValueFile
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.vocabulary import Direction

SAMPLE = Sample("Shop", "orders", ({"id": 1, "total": Decimal("1.10")},), Stop.COMPLETE)
VALUE = {"sample": SAMPLE, "way": Direction.TO, "counts": defaultdict(list, a=[1]), "texts": frozenset({"a"})}

pytestmark = pytest.mark.usefixtures("kept")


@pytest.fixture
def file(tmp_path):
    return ValueFile(tmp_path / "kept", [b"one", b"two"])


def test_a_value_is_read_as_it_was_written(file):
    assert file.read() is None
    file.write(VALUE)
    assert file.read() == VALUE


def test_git_ignores_the_folder(file):
    file.write(VALUE)
    assert (file.path.parent / ".gitignore").read_text() == "*\n"
    assert len(list(file.path.parent.iterdir())) == 2


def test_other_inputs_are_another_file(tmp_path):
    names = [ValueFile(tmp_path, parts).path for parts in ([b"one", b"two"], [b"onetwo"], [b"one"], [b"two", b"one"])]
    assert len({*names}) == 4
    assert names[0] == ValueFile(tmp_path, iter([b"one", b"two"])).path
    assert len(names[0].stem) == 32


def test_what_has_a_name_is_not_written_and_comes_back_as_the_same_object(file):
    file.write({"here": SAMPLE}, {("ours", "orders"): SAMPLE})
    assert b"orders" in file.path.read_bytes()
    assert b"1.10" not in file.path.read_bytes()
    assert file.read({("ours", "orders"): SAMPLE}.__getitem__)["here"] is SAMPLE
    assert file.read() is None, "whoever does not know the name gets nothing"


@pytest.mark.parametrize("cut", [1, 40, 100, -1])
def test_a_torn_file_is_no_file(file, cut):
    file.write(VALUE)
    file.path.write_bytes(file.path.read_bytes()[:cut])
    assert file.read() is None


@pytest.mark.parametrize("at", [0, len(HEAD) + 3, -2])
def test_a_changed_byte_is_noticed(file, at):
    file.write(VALUE)
    content = bytearray(file.path.read_bytes())
    content[at] ^= 1
    file.path.write_bytes(content)
    assert file.read() is None


class Evil:
    """Runs a command when it is read by a reader that trusts what it reads."""

    def __init__(self, call, *args):
        self.call, self.args = call, args

    def __reduce__(self):
        return self.call, self.args


@pytest.mark.parametrize(
    "evil",
    [
        Evil(os.system, "echo run > ran"),
        Evil(eval, "open('ran', 'w')"),
        Evil(os.mkdir, "ran"),
        Evil(ValueFile, "ran", []),
        Evil(sha256, b""),
    ],
    ids=["a command", "code", "a function", "a class that is no value", "a library's"],
)
def test_nothing_in_it_can_run(file, evil, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    payload = pickle.dumps(evil)
    file.path.parent.mkdir()
    file.path.write_bytes(HEAD + sha256(payload).digest() + payload)
    assert file.read() is None
    assert not (tmp_path / "ran").exists()


def test_a_function_of_this_package_cannot_run_either(file):
    payload = pickle.dumps(Evil(pytest.importorskip("ipaas_discovery.atomic").write_atomically, "ran", b""))
    file.path.parent.mkdir()
    file.path.write_bytes(HEAD + sha256(payload).digest() + payload)
    assert file.read() is None


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("no folder")
    file = ValueFile(tmp_path / "file", [b""])
    file.write(VALUE)
    assert file.read() is None
    assert (tmp_path / "file").read_text() == "no folder"


def test_the_files_written_last_stay(tmp_path):
    files = [ValueFile(tmp_path, [bytes([number])]) for number in range(KEPT + 2)]
    for age, file in enumerate(files):
        file.write(age)
        os.utime(file.path, ns=(age * 10**9, age * 10**9))
    files[0].write(0)
    assert [file.path.exists() for file in files] == [True, False, False, *[True] * (KEPT - 1)]
