"""Ask the package index whether every compiled dependency has a wheel for a Python version on each platform.

    python tools/wheels.py [3.14]

Run it with the interpreter of an environment that holds the project: its installed dependencies are the ones asked
for, in the versions installed. Exit status 1 if a wheel is missing.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "ipaas-discovery"
PLATFORMS = {
    "Linux x86_64": ("manylinux_2_34_x86_64", "manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "macOS arm64": ("macosx_15_0_arm64", "macosx_11_0_universal2"),
    "Windows amd64": ("win_amd64",),
}


def closure(name: str) -> set[str]:
    """Name all installed distributions that a distribution needs to run, itself left out."""
    seen: set[str] = set()
    ahead = [name]
    while ahead:
        current = canonicalize_name(ahead.pop())
        if current in seen:
            continue
        seen.add(current)
        needs = (Requirement(line) for line in distribution(current).requires or ())
        ahead += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return seen - {canonicalize_name(name)}


def is_compiled(name: str) -> bool:
    """Tell whether the installed wheel of a distribution holds compiled code."""
    return "Root-Is-Purelib: true" not in (distribution(name).read_text("WHEEL") or "")


def has_wheel(pin: str, version: str, tags: tuple[str, ...]) -> bool:
    """Tell whether the index has a wheel of a pinned distribution; nothing is installed."""
    platforms = [word for tag in tags for word in ("--platform", tag)]
    command = [
        *(sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet"),
        *("--disable-pip-version-check", "--only-binary=:all:", "--target", "unused", "--implementation", "cp"),
        *("--python-version", version, *platforms, pin),
    ]
    tries = (subprocess.run(command, capture_output=True, check=False) for _ in range(2))  # noqa: S603  our own pins
    return any(done.returncode == 0 for done in tries)  # a second try, as an index may be busy


def main() -> int:
    """Print one line per compiled dependency; give 1 if a wheel is missing."""
    version = sys.argv[1] if len(sys.argv) > 1 else "3.14"
    pins = [f"{name}=={distribution(name).version}" for name in sorted(closure(PROJECT)) if is_compiled(name)]
    with ThreadPoolExecutor(4) as pool:
        asked = {pin: [pool.submit(has_wheel, pin, version, tags) for tags in PLATFORMS.values()] for pin in pins}
    missing = 0
    print(f"{f'CPython {version}':32}", *(f"{name:14}" for name in PLATFORMS))
    for pin, answers in asked.items():
        print(f"{pin:32}", *(f"{'wheel' if answer.result() else 'MISSING':14}" for answer in answers))
        missing += sum(not answer.result() for answer in answers)
    return 1 if missing or not pins else 0


if __name__ == "__main__":
    sys.exit(main())
