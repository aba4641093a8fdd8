"""C# compiled and run by Mono; without it these tests are skipped, and CI installs it."""

import shutil
import subprocess

import pytest

__all__ = ["compiled", "needs_mono", "ran"]

needs_mono = pytest.mark.skipif(
    not (shutil.which("mcs") and shutil.which("mono")), reason="needs Mono: apt-get install mono-mcs"
)


def compiled(target, sources):
    """Compile files into a library or a program, by the suffix of `target`; warnings are errors, too."""
    kind = "exe" if target.suffix == ".exe" else "library"
    command = ["mcs", "-warnaserror", f"-target:{kind}", f"-out:{target}", *map(str, sources)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return target


def ran(program, *arguments):
    """Run a program, and give the lines it prints."""
    result = subprocess.run(["mono", str(program), *map(str, arguments)], capture_output=True, text=True, check=False)  # noqa: S607  where it is differs
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()
