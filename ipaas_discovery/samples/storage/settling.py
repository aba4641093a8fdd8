"""A pull settled: the names that any of its answers tells go from the free texts of all others, stored ones too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.samples.redaction.pull_names import Waiting
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.redaction.unstructured import as_text
from ipaas_discovery.samples.storage.store_index import StoredAnswer, StoredRequest

__all__ = ["Settling"]


@dataclass(slots=True, eq=False)
class Settling:
    """The texts of a pull's answers that wait for the names that others tell.

    Attributes:
        redactor: redacts the answers.
        store: a Store that keeps them, or None.
        waiting: the texts of each answer, as far as they are remembered.
    """

    redactor: Redactor
    store: Any = None
    waiting: dict[StoredRequest, Waiting] = field(default_factory=dict)

    def wait(self, asked: StoredRequest, texts: Waiting) -> None:
        """Remember the texts of a stored answer."""
        if not self.redactor.forgets:
            self.waiting[asked] = texts

    def settle(self) -> Mapping[str, str]:
        """Replace the names that were told so far, and give what became of each text that changed."""
        entries = self.store.stored() if self.store else ()
        for entry in entries:
            if entry.asked not in self.waiting:  # stored by an earlier process: its names are known by what it stored
                self.wait(entry.asked, self._read(entry))
        changes = dict(self.redactor.settle())
        for entry in entries:
            if entry.asked in self.waiting:
                own = {text: changes[text] for text in self.waiting[entry.asked] if text in changes}
            else:
                own = dict(self.redactor.changes_of(self._read(entry)))
            if own:
                self._rewrite(entry, own)
                changes |= own
        return changes

    def _read(self, entry: StoredAnswer) -> Waiting:
        return self.redactor.waiting_in(self.store.body(entry), entry.asked.path)

    def _rewrite(self, entry: StoredAnswer, changes: Mapping[str, str]) -> None:
        """Replace whole texts in a stored answer."""
        content = self.store.body(entry)
        for text, other in changes.items():
            content = content.replace(as_text(text).encode(), as_text(other).encode())
        self.store.rewrite(entry, content)
        if waiting := self.waiting.get(entry.asked):
            self.waiting[entry.asked] = {changes.get(text, text): is_key for text, is_key in waiting.items()}
