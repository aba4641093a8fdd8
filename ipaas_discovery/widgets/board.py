"""Common ground of all boards: one way to write the worksheet, an eye on its file, own undo, a static table."""

from __future__ import annotations

import asyncio
import re
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets
from IPython.display import DisplayHandle, display

from ipaas_discovery.errors import ChangedRowError, DiscoveryError, UnknownNameError
from ipaas_discovery.worksheet.editing.history import History
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["Board", "Handler", "Request", "script_of", "style_of"]

HERE = Path(__file__).parent
WATCH_SECONDS = 0.5
"""Pause between two looks at the worksheet's file while the kernel is idle."""
ANSWERS = 20
"""Answers that are repeated with the last one."""
IMPORTS = re.compile(r'^import [^;]*? from "\./board\.js";\n', re.MULTILINE)
EXPORTS = re.compile(r"^export (?=const|class|function)", re.MULTILINE)
TWIN = """<style>
.jp-OutputArea-child:has(.ipd) + .jp-OutputArea-child:has(.ipd-twin) {{ display: none; }}
.jp-OutputArea-child:has(> .jupyter-widgets:not(:has(*))):has(+ .jp-OutputArea-child .ipd-twin) {{ display: none; }}
</style>
<div class="ipd-twin">{}</div>"""
"""Static table below a board: hidden while the board lives, alone once it cannot be shown any more."""

Request = dict[str, Any]
Handler = Callable[[Request], str]
"""Does what a request asks; gives a sentence on what was done."""


@cache
def script_of(name: str) -> str:
    """Return the script of a board as one module: what all boards share, then its own, which imports it by name."""
    shared, own = ((HERE / f"{file}.js").read_text(encoding="utf-8") for file in ("board", name))
    return EXPORTS.sub("", shared) + IMPORTS.sub("", own)


@cache
def style_of(name: str) -> str:
    """Return the style sheet of a board: what all boards share, then its own."""
    return "".join((HERE / f"{file}.css").read_text(encoding="utf-8") for file in ("board", name))


class Board(anywidget.AnyWidget):
    """Board on a worksheet; a subclass says what it shows and what it can be asked.

    Every request that writes goes the same way: what others wrote to the file is taken over, what the reader saw is
    compared with what stands there now, the change is made and saved, and the answer says so; what cannot be saved is
    taken back. Undo and redo reach only what this board itself said.

    A subclass names its files by `file` (`match_board` for `match_board.js` and `match_board.css`) and defines
    `writes`, `looks`, `show` and `static`.

    Args:
        worksheet: the document to show and to write.
        by: the name of the person who decides, as the decisions will say.
    """

    file: ClassVar[str] = ""

    steps = traitlets.Dict().tag(sync=True)
    """True for `undo` and `redo` if there is something to undo or to redo."""

    by = traitlets.Unicode("").tag(sync=True)
    """Name of the person who decides."""

    status = traitlets.Dict().tag(sync=True)
    """Answer to the last request: its id, what was saved where, the error, the conflict, and a notice of others.

    `answers` repeats the last ones, as a front end that is busy sees only the latest of several.
    """

    def __init__(self, worksheet: Worksheet, *, by: str = "", **traits: Any) -> None:  # noqa: ANN401  of the subclass
        self._worksheet = worksheet
        self._history = History()
        self._shown = -1
        self._own: dict[str, Any] = {}
        self._answers: list[dict[str, Any]] = []
        self._twin: DisplayHandle | None = None
        self._esm, self._css = script_of(self.file), style_of(self.file)
        super().__init__(by=by, **traits)
        self.refresh()
        self.on_msg(self._on_message)
        self._watch()

    def writes(self) -> Mapping[str, Handler]:
        """List what the board can be asked to change; each handler gives a sentence on what was done."""
        raise NotImplementedError

    def looks(self) -> Mapping[str, Handler]:
        """List what the board can be asked to show; nothing is written for it."""
        return {}

    def show(self) -> None:
        """Set the traits to what the worksheet says now."""
        raise NotImplementedError

    def static(self) -> str:
        """Render what the board shows as an HTML table that needs neither kernel nor script."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the worksheet as it is now, after it was changed elsewhere."""
        file = self._worksheet.path
        message = f"Every choice is saved to {file.name} at once." if file else "The worksheet has no file yet."
        self._answer({"saved": message})

    def handle(self, request: Request) -> None:
        """Do what the front end asks, save what is written, and answer.

        An error is answered, not raised, since a notebook swallows what a callback raises.

        Args:
            request: `do` and what that needs; an id `request` that the answer repeats; where a row is written, `seen`,
                the version of it that the reader saw.
        """
        answer: dict[str, Any] = {"request": str(request.get("request", ""))}
        try:
            with self._worksheet.speaking(self._history):
                answer["saved"] = self._done(request)
        except ChangedRowError as error:
            name, (_, yours, theirs) = next(iter(error.versions.items()))
            answer |= {"error": str(error), "conflict": {"name": name, "theirs": theirs, "yours": yours}}
        except (DiscoveryError, OSError) as error:
            answer["error"] = str(error)
        self._answer(answer)

    def look(self) -> None:
        """Show what others wrote to the worksheet since it was last shown, in its file or in this kernel."""
        try:
            changed = self._worksheet.catch_up()
        except (DiscoveryError, OSError) as error:
            self._answer({"error": str(error)})
            return
        if changed or self._worksheet.revision != self._shown:
            name = self._worksheet.path.name if self._worksheet.path else "The worksheet"
            self._answer({"notice": f"{name} was changed elsewhere: this is what it says now."})

    def check_seen(self, key: str, request: Request, shown: object, now: object, words: Callable[[Any], str]) -> None:
        """Make sure that a row still says what its reader saw; what this board itself wrote is no surprise.

        Args:
            key: the row's name.
            request: the request; its `seen`, where it says so, is what the reader saw.
            shown: what this board last showed of the row.
            now: what the row says now.
            words: puts a version in words; the request itself is one, too.

        Raises:
            ChangedRowError: if somebody else changed it meanwhile, on another board, in code or by hand.
        """
        seen = request.get("seen", shown)
        if now not in (seen, self._own.get(key, seen)):
            raise ChangedRowError({key: (words(seen), words(request), words(now))})

    def wrote(self, key: str, now: object) -> None:
        """Remember what this board made a row say."""
        self._own[key] = now

    def _done(self, request: Request) -> str:
        """Look, or change the worksheet and save it; gives a sentence on what was done."""
        wanted = str(request.get("do"))
        looks, writes = self.looks(), {**self.writes(), "undo": self._undo, "redo": self._redo}
        if wanted in looks:
            return looks[wanted](request)
        if wanted not in writes:
            raise UnknownNameError("request", wanted, {**writes, **looks}, where=type(self).__name__)
        self._worksheet.catch_up()
        before = self._worksheet.revision
        with self._worksheet.together(str(request.get("label") or "")):
            done = writes[wanted](request)
        if self._worksheet.revision == before and wanted in {"undo", "redo"}:
            return done
        try:
            self._worksheet.save()
        except ChangedRowError:  # the worksheet shows theirs by now, and Redo says yours again
            raise
        except (DiscoveryError, OSError):
            if self._worksheet.revision != before:
                (self._worksheet.redo if wanted == "undo" else self._worksheet.undo)()
            raise
        return f"{done} Saved to {Path(self._worksheet.path or '').name}."

    def _undo(self, _request: Request) -> str:
        undone = self._worksheet.undo()
        return f"{undone}: the last choice is taken back." if undone else "There is nothing to undo."

    def _redo(self, _request: Request) -> str:
        redone = self._worksheet.redo()
        return f"{redone}: the choice is made again." if redone else "There is nothing to redo."

    def _on_message(self, _widget: object, content: Request, _buffers: object) -> None:
        self.handle(content)

    def _answer(self, answer: dict[str, Any]) -> None:
        """Send what is shown and the answer together, as new objects: one changed in place would send nothing."""
        empty = {"request": "", "saved": "", "error": "", "notice": "", "conflict": None}
        with self.hold_sync():
            self.show()
            with self._worksheet.speaking(self._history):
                self.steps = {"undo": self._worksheet.can_undo, "redo": self._worksheet.can_redo}
            whole = {**empty, **answer}
            self._answers = [*self._answers[1 - ANSWERS :], whole] if whole["request"] else self._answers
            self.status = {**whole, "turn": self.status.get("turn", 0) + 1, "answers": self._answers}
        self._shown = self._worksheet.revision
        if self._twin is not None:
            self._twin.update(self._static_output(), raw=True)  # type: ignore[no-untyped-call]  # IPython has no types

    def _watch(self) -> None:
        """Look at the file again and again while the kernel is idle; without a running loop, only before each write."""
        with suppress(RuntimeError):
            asyncio.get_running_loop().call_later(WATCH_SECONDS, _look_again, weakref.ref(self))

    def _ipython_display_(self) -> None:
        live, _ = self._repr_mimebundle_() or ({}, {})
        display(live, raw=True)  # type: ignore[no-untyped-call]  # IPython has no types
        self._twin = display(self._static_output(), raw=True, display_id=True)  # type: ignore[no-untyped-call]  # no types there

    def _static_output(self) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": TWIN.format(self.static())}


def _look_again(board: weakref.ref[Board]) -> None:
    living = board()
    if living is not None and living.comm is not None:
        living.look()
        living._watch()  # noqa: SLF001  of this module
