"""Where chunks are carried out: what every such place can do, and the simplest of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from immacro.ensemble.chunks import Chunk, ChunkResult, run_chunk

#: What a worker does with a chunk.
Work = Callable[[Chunk], ChunkResult]


@dataclass(frozen=True)
class Outcome:
    """What became of a chunk that was handed over.

    Attributes:
        chunk: the chunk.
        result: its result, None if its worker died.
        fault: how its worker died, as "was killed by signal 9".
        limit: the time limit in seconds at which its worker was killed, 0 if that is not why.
    """

    chunk: Chunk
    result: ChunkResult | None = None
    fault: str = ""
    limit: float = 0.0


class Backend(Protocol):
    """A place where chunks are carried out.

    ``capacity`` is the number of chunks to hand over before waiting; ``isolates`` says that a dead
    worker costs no chunk but its own. Every chunk that is handed
    over comes back in one outcome. An error in loading the file, or in the place itself, is raised
    by ``wait``.
    """

    capacity: int
    isolates: bool

    def submit(self, chunk: Chunk) -> None:
        """Hand over a chunk."""

    def wait(self, seconds: float) -> list[Outcome]:
        """Return what has come back, waiting at most about so long for the first."""

    def close(self) -> None:
        """Drop everything that is still under way."""


class InThisProcess:
    """Carries out one chunk after the other here.

    Nothing is isolated: a run that crashes takes this process along, and one that does not end
    cannot be stopped.
    """

    capacity = 1
    isolates = True

    def __init__(self, work: Work = run_chunk) -> None:
        self._work = work
        self._chunks: deque[Chunk] = deque()

    def submit(self, chunk: Chunk) -> None:
        """Hand over a chunk."""
        self._chunks.append(chunk)

    def wait(self, seconds: float) -> list[Outcome]:
        """Carry out a chunk, however long it takes."""
        if not self._chunks:
            return []
        chunk = self._chunks.popleft()
        return [Outcome(chunk, self._work(chunk))]

    def close(self) -> None:
        """Drop what has not begun."""
        self._chunks.clear()
