"""Evidence of an embedding model in a folder of the user's: how near the names of two fields are in its space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipaas_discovery.errors import ConfigurationError

if TYPE_CHECKING:
    from ipaas_discovery.matching.fields.likeness import Table

__all__ = ["Embeddings"]

VECTORS, TOKENIZER = "model.safetensors", "tokenizer.json"
NAMES = ("embeddings", "embedding.weight")
"""Names under which a static model keeps the vectors of its tokens."""


@dataclass(frozen=True)
class Embeddings:
    """Static embedding model in a folder: a vector of each token, and how texts are cut into tokens.

    The folder is one that model2vec or a `StaticEmbedding` of sentence-transformers saves. Nothing is downloaded.

    Attributes:
        folder: holds `model.safetensors` and `tokenizer.json`.
    """

    folder: Path

    @property
    def version(self) -> tuple[str, int, int]:
        """The folder, and the size and time of its vectors, by which another model is told from this one."""
        path = self.folder / VECTORS
        known = path.stat() if path.is_file() else None
        return (str(self.folder), known.st_size, known.st_mtime_ns) if known else (str(self.folder), 0, 0)

    def likeness(self, rows: Sequence[str], columns: Sequence[str]) -> Table:
        """Measure how near each two texts are: 1 for one direction, 0 for none in common or against each other.

        Raises:
            ConfigurationError: if the folder holds no such model, or what reads one is not installed.
        """
        import numpy as np  # noqa: PLC0415  numpy is slow to import

        left, right = (np.array([self._vector(text) for text in side], np.float32) for side in (rows, columns))
        table: Table = np.clip(left @ right.T, 0, 1)
        return table

    def _vector(self, text: str) -> Any:  # noqa: ANN401  numpy is imported when it is needed
        """Take the mean direction of the text's tokens; a text of no known token has none."""
        import numpy as np  # noqa: PLC0415  numpy is slow to import

        tokenizer, vectors = self._model
        tokens = tokenizer.encode(text, add_special_tokens=False).ids
        mean = vectors[tokens].mean(axis=0) if tokens else np.zeros(vectors.shape[1], np.float32)
        length = np.linalg.norm(mean)
        return mean / length if length else mean

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        """Read the tokenizer and the vectors of its tokens, once."""
        try:
            from safetensors.numpy import load_file  # noqa: PLC0415  it is an extra
            from tokenizers import Tokenizer  # noqa: PLC0415  it is an extra
        except ImportError as error:
            then = 'pip install "ipaas-discovery[embeddings]", or take `embeddings` out of the settings'
            raise ConfigurationError(f"An embedding model cannot be read: {error}", then=then) from error
        missing = [name for name in (VECTORS, TOKENIZER) if not (self.folder / name).is_file()]
        if missing:
            then = "name a folder that model2vec, or a StaticEmbedding of sentence-transformers, was saved to"
            raise ConfigurationError(f"There is no {' and no '.join(missing)}", where=str(self.folder), then=then)
        try:
            tensors = load_file(self.folder / VECTORS)
            tokenizer = Tokenizer.from_file(str(self.folder / TOKENIZER))
        except Exception as error:
            raise ConfigurationError(f"The model cannot be read: {error}", where=str(self.folder)) from error
        vectors = next((tensors[name] for name in NAMES if name in tensors), None)
        if vectors is None or vectors.ndim != 2:  # noqa: PLR2004  tokens and dimensions
            raise ConfigurationError("The model has no vectors of tokens", where=str(self.folder / VECTORS))
        return tokenizer, vectors.astype("float32")
