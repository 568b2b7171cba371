"""The engines of this process: one for each file, loaded once, however many models and runs use it.

A worker process imports this and not the reading of SBML files, which takes longer than most runs.
"""

from __future__ import annotations

import pickle
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable

from immacro.simulation.contents import Contents
from immacro.simulation.engine import Engine

#: Loaded files that a process keeps; the least recently used one makes room.
KEPT_ENGINES = 4

_engines: OrderedDict[str, Engine] = OrderedDict()
_lock = threading.Lock()


def engine_of(sha256: str, file: Callable[[], tuple[str, Contents]]) -> Engine:
    """Return this process's engine for a file, loaded when first asked for.

    Args:
        sha256: the file's hash.
        file: gives its text and what it offers.

    Raises:
        SbmlError: roadrunner cannot load it.
    """
    with _lock:
        engine = _engines.pop(sha256, None) or Engine(*file())
        _engines[sha256] = engine
        while len(_engines) > KEPT_ENGINES:
            _engines.popitem(last=False)
        return engine


def pack(text: str, contents: Contents) -> bytes:
    """Return a file's text and what it offers, to be sent to other processes of ours."""
    return zlib.compress(pickle.dumps((text, contents)))


def unpack(packed: bytes) -> tuple[str, Contents]:
    """Return what was packed."""
    text, contents = pickle.loads(zlib.decompress(packed))
    return text, contents
