"""SBML files as they were when they were read, and the one loaded engine for each.

A process loads a file once, however many models and runs ask for it: engines are kept by the
file's hash. A run names its file by path and hash, so that it can be carried out in another
process, and a file that has changed meanwhile is refused rather than mixed into a study.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from immacro.check.reading import read_sbml
from immacro.errors import SbmlError
from immacro.simulation.contents import Contents
from immacro.simulation.elements import read_contents
from immacro.simulation.engine import Engine

#: Loaded files that a process keeps; the least recently used one makes room.
KEPT_ENGINES = 4

_engines: OrderedDict[str, Engine] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Source:
    """An SBML file: its path, text, SHA-256 hash, and what it offers."""

    path: Path
    text: str
    sha256: str
    contents: Contents

    def load(self) -> Engine:
        """Return the process's engine for this file, loaded when first asked for."""
        with _lock:
            engine = _engines.pop(self.sha256, None) or Engine(self.text, self.contents)
            _engines[self.sha256] = engine
            while len(_engines) > KEPT_ENGINES:
                _engines.popitem(last=False)
            return engine


def read_source(path: Path) -> Source:
    """Read an SBML file.

    Raises:
        SbmlError: the file is missing, is not SBML, or cannot be simulated.
    """
    document = read_sbml(path)
    content = path.read_bytes()
    return Source(
        path.absolute(),
        content.decode("utf-8-sig"),
        hashlib.sha256(content).hexdigest(),
        read_contents(document),
    )


def engine_for(path: str, sha256: str) -> Engine:
    """Return the process's engine for a file, reading it if this process has not.

    Raises:
        SbmlError: the file is no longer the one with this hash.
    """
    with _lock:
        known = _engines.get(sha256)
    if known is not None:
        return known
    source = read_source(Path(path))
    if source.sha256 != sha256:
        raise SbmlError(
            f"{path} has changed since the model was loaded", "Load the model again and start over"
        )
    return source.load()
