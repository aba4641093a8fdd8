"""Digests of folders and of this program: another content, another name, another digest."""

from __future__ import annotations

import pytest

from ipaas_discovery.caching import digests
from ipaas_discovery.caching.digests import folder_digest, program_digest


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.json").write_text("[1]")
    (tmp_path / "b.json").write_text("[2]")
    (tmp_path / "c.txt").write_text("other")
    return tmp_path


def test_the_same_files_give_the_same(folder):
    before = folder_digest(folder, {".json"})
    (folder / "c.txt").write_text("of no interest")
    assert folder_digest(folder, {".json"}) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "inner" / "a.json").write_text("[2]"),
        lambda folder: (folder / "b.json").rename(folder / "d.json"),
        lambda folder: (folder / "b.json").unlink(),
        lambda folder: (folder / "new.json").write_text(""),
        lambda folder: (folder / "inner" / "a.json").rename(folder / "a.json"),
    ],
)
def test_any_change_gives_another(folder, change):
    before = folder_digest(folder, {".json"})
    change(folder)
    assert folder_digest(folder, {".json"}) != before


def test_the_program_is_its_files_python_and_the_libraries_that_count(folder, monkeypatch):
    program_digest.cache_clear()
    before = program_digest()
    for name, value in (
        ("PACKAGE", folder),
        ("python_version", lambda: "3.99"),
        ("version", lambda name: "1" if name == "pandas" else "2"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(digests, name, value)
            program_digest.cache_clear()
            assert program_digest() != before, name
    program_digest.cache_clear()
    assert program_digest() == before
