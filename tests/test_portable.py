"""The package runs where there is no POSIX: what only that has is asked for with something to fall back on."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import ipaas_discovery

PACKAGE = Path(ipaas_discovery.__file__).parent
MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
NAMES = {
    "os": {
        *("chown", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getloadavg", "getpgid"),
        *("getuid", "killpg", "lchown", "mkfifo", "mknod", "nice", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK"),
        *("openpty", "pread", "pwrite", "sched_getaffinity", "setgid", "setpgid", "setsid", "setuid", "statvfs"),
        *("sysconf", "uname", "wait3", "wait4", "WEXITSTATUS", "WIFEXITED"),
    },
    "signal": {
        *("SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSTOP", "SIGTSTP", "SIGUSR1"),
        *("SIGUSR2", "SIGWINCH", "alarm", "pause", "pthread_kill", "pthread_sigmask", "setitimer", "sigwait"),
    },
}
ARGUMENTS = {"preexec_fn", "pass_fds", "start_new_session", "process_group"}


def posix_only(source):
    """What only POSIX has and is asked for without a fallback: neither in a `try` nor beside a question for it."""
    tree = ast.parse(source)
    covered = {
        id(inner)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Try) and node.handlers)
        or (isinstance(node, ast.If | ast.IfExp | ast.BoolOp) and asks_for_it(node))
        for inner in ast.walk(node)
    }
    return sorted(
        f"{name}, line {line}" for node in ast.walk(tree) if id(node) not in covered for name, line in uses(node)
    )


def asks_for_it(node):
    text = ast.unparse(node.values[0] if isinstance(node, ast.BoolOp) else node.test)
    return any(word in text for word in ("hasattr(os", "hasattr(signal", "sys.platform", "os.name", "find_spec("))


def uses(node):
    """What a node asks for, as (name, line)."""
    if isinstance(node, ast.Import):
        yield from ((alias.name, node.lineno) for alias in node.names if alias.name in MODULES)
    if isinstance(node, ast.ImportFrom) and node.module in {*MODULES, *NAMES}:
        names = {alias.name for alias in node.names}
        yield from ((name, node.lineno) for name in names if node.module in MODULES or name in NAMES[node.module])
    if isinstance(node, ast.Attribute) and node.attr in NAMES.get(ast.unparse(node.value), ()):
        yield f"{ast.unparse(node.value)}.{node.attr}", node.lineno
    if isinstance(node, ast.Call):
        yield from ((word.arg, node.lineno) for word in node.keywords if word.arg in ARGUMENTS)
        if ast.unparse(node.func) == "import_module" and isinstance(node.args[0], ast.Constant):
            yield from ((name, node.lineno) for name in MODULES & {node.args[0].value} - {"fcntl"})


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_that_only_posix_has_is_used_without_a_fallback(path):
    assert not posix_only(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "import fcntl",
        "from os import fork",
        "import os\nos.geteuid()",
        "import signal\nsignal.signal(signal.SIGHUP, f)",
        "run(['x'], start_new_session=True)",
        "def f():\n    import resource",
        "import_module('pwd')",
        "if ready:\n    os.uname()",
    ],
)
def test_what_only_posix_has_would_be_seen(source):
    assert posix_only(source)


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import fcntl\nexcept ImportError:\n    fcntl = None",
        "hasattr(os, 'geteuid') and os.geteuid() == 0",
        "if sys.platform != 'win32':\n    os.fork()",
        "os.getpid()",
    ],
)
def test_what_has_a_fallback_is_fine(source):
    assert not posix_only(source)
