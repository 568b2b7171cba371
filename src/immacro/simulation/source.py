"""SBML files as they were when they were read.

All that is done with a model uses these and never the file again, so that one that changes on disk
meanwhile is not mixed into a study.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from immacro.check.reading import read_sbml
from immacro.simulation.contents import Contents
from immacro.simulation.elements import read_contents
from immacro.simulation.engine import Engine
from immacro.simulation.engines import engine_of


@dataclass(frozen=True)
class Source:
    """An SBML file: its path, text, SHA-256 hash, and what it offers."""

    path: Path
    text: str
    sha256: str
    contents: Contents

    @property
    def content(self) -> bytes:
        """The file, byte for byte."""
        content = self.text.encode("utf-8")
        if hashlib.sha256(content).hexdigest() == self.sha256:
            return content
        return codecs.BOM_UTF8 + content  # the only thing that decoding drops

    def load(self) -> Engine:
        """Return this process's engine for the file, loaded when first asked for."""
        return engine_of(self.sha256, lambda: (self.text, self.contents))


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
