"""Runs that take long, never end or kill their worker, for tests of what an ensemble survives.

``BUSY`` is a model of which a run takes a few microseconds per event, and there is an event every
``gap`` units of time. The functions are what workers do; they misbehave for run ``CULPRIT``, and
take a note of it in the folder ``HAZARDS`` of the environment.
"""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

from immacro.ensemble.chunks import Chunk, ChunkResult, run_chunk

BUSY = """
model busy
  compartment c = 1
  substanceOnly species x in c
  x = 1
  decay = 0.1; gap = 1; next = 0
  vanishing: x -> ; decay * x
  storm: at (time >= next), t0=false: next = next + gap
end
"""

CULPRIT = 3


def note(name: str) -> int:
    """Note that something has happened, and return how often it had happened before."""
    before = noted(name)
    (Path(os.environ["HAZARDS"]) / f"{name}.{before}.{os.getpid()}").touch()
    return before


def noted(name: str) -> int:
    """Return how often something has happened."""
    return len(list(Path(os.environ["HAZARDS"]).glob(f"{name}.*")))


def take_note(chunk: Chunk) -> ChunkResult:
    """Take a note of every chunk."""
    note("chunk")
    return run_chunk(chunk)


def die_once(chunk: Chunk) -> ChunkResult:
    """Die the first time that the culprit comes along."""
    if CULPRIT in chunk.runs and note("death") == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return run_chunk(chunk)


def die_always(chunk: Chunk) -> ChunkResult:
    """Die whenever the culprit comes along."""
    if CULPRIT in chunk.runs:
        note("death")
        os.kill(os.getpid(), signal.SIGSEGV)
    return run_chunk(chunk)


def die_on_anything(chunk: Chunk) -> ChunkResult:
    """Die of every run, though not of loading the file."""
    if chunk.runs:
        os._exit(7)
    return run_chunk(chunk)


def die_while_loading(chunk: Chunk) -> ChunkResult:
    """Die before any run."""
    os._exit(9)


def die_while_sending(chunk: Chunk) -> ChunkResult:
    """Die the first time, with half of the result in the pipe."""
    if CULPRIT in chunk.runs and note("death") == 0:
        Connection._send = _send_half  # type: ignore[attr-defined]
    return run_chunk(chunk)


def hang(chunk: Chunk) -> ChunkResult:
    """Never return from the culprit."""
    if CULPRIT in chunk.runs:
        note("hang")
        time.sleep(3600)
    return run_chunk(chunk)


def _send_half(self: Connection, content: bytes, *_: object) -> None:
    os.write(self.fileno(), bytes(content)[: len(content) // 2])
    os.kill(os.getpid(), signal.SIGKILL)
