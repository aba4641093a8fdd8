"""The boards' scripts are typed and linted, by programs that `make check` installs where Node.js is."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = ROOT / ".live" / "javascript" / "node_modules" / ".bin"
SETTINGS = ROOT / "tools" / "javascript"
SCRIPTS = ROOT / "ipaas_discovery" / "widgets"


def run(program, *arguments, folder=ROOT):
    if not (PROGRAMS / program).exists():
        pytest.skip(f"{program} is not installed; `make check` does so where Node.js is")
    command = [str(PROGRAMS / program), *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=100, check=False)
    return done.stdout + done.stderr


def test_types_are_right_by_their_comments():
    assert run("tsc", "-p", SETTINGS) == ""


def test_nothing_is_linted_and_no_foreign_text_becomes_markup():
    assert run("eslint", "-c", SETTINGS / "eslint.config.js", SCRIPTS) == ""


def test_a_fault_of_either_kind_is_seen(tmp_path):
    for name in ("eslint.config.js", "package.json"):
        shutil.copy(SETTINGS / name, tmp_path)
    script = tmp_path / "bad.js"
    script.write_text("export function f(node) { node.innerHTML = 1; return nowhere; }")
    linted = run("eslint", script, folder=tmp_path)
    typed = run("tsc", "--allowJs", "--checkJs", "--noEmit", "--target", "es2022", script)
    assert "set as text, never as HTML" in linted
    assert "'nowhere' is not defined" in linted
    assert "Cannot find name 'nowhere'" in typed
