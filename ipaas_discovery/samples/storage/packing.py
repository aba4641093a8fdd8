"""A stored answer's body as a gzip file, named by a digest of its content so that a change of it shows.

zlib-ng packs and unpacks it in half of zlib's time, which is what makes a replay as fast as a live system.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from zlib_ng import zlib_ng

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.storage.store_index import REFRESH

__all__ = ["file_name", "packed", "unpacked"]

GZIP, LEVEL = 31, 4
"""zlib's number for gzip without a time, and the level: 6 takes twice as long for a fifteenth less space."""
BROKEN: type[Exception] = vars(zlib_ng)["error"]
"""The error of unpacking; the library's type stub takes it for an instance."""


def file_name(content: bytes) -> str:
    """Name the file that holds `content`."""
    return f"{hashlib.sha256(content).hexdigest()[:32]}.json.gz"


def packed(content: bytes) -> bytes:
    """Pack the content of a file: the same bytes for the same content."""
    return zlib_ng.compress(content, LEVEL, GZIP)


def unpacked(path: Path) -> bytes:
    """Unpack the content of a file that `file_name` named.

    Raises:
        SourceError: if it is missing, truncated or was changed.
    """
    try:
        content = zlib_ng.decompress(path.read_bytes(), GZIP)
    except FileNotFoundError:
        raise SourceError("A stored answer is missing", where=str(path), then=REFRESH) from None
    except (OSError, BROKEN) as error:
        raise SourceError(f"A stored answer is damaged, {error}", where=str(path), then=REFRESH) from None
    if file_name(content) != path.name:
        raise SourceError("A stored answer was changed", where=str(path), then=REFRESH)
    return content
