"""Chunks: some runs of a study with all that any process, here or elsewhere, needs for them.

A chunk carries the SBML itself, compressed, so that a worker on another machine needs no file; a
process loads it once and knows it again by its hash. A run that fails has values of NaN and a
reason, and never stops the others.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from immacro.errors import SimulationError
from immacro.simulation.contents import Output
from immacro.simulation.engine import Array
from immacro.simulation.engines import engine_of, unpack

_REASON_LENGTH = 200


@dataclass(frozen=True)
class Chunk:
    """Some runs.

    Attributes:
        sha256: the hash of the SBML file.
        packed: the file and what it offers, compressed.
        runs: the numbers of the runs in their study.
        ids: what is set.
        values: the settings, (run, id).
        burn_in: days of equilibration of each run, 0 for none.
        times: what to report, in days from the onset; ascending.
        outputs: what to report.
    """

    sha256: str
    packed: bytes
    runs: tuple[int, ...]
    ids: tuple[str, ...]
    values: Array
    burn_in: Array
    times: Array
    outputs: tuple[Output, ...]


@dataclass(frozen=True)
class ChunkResult:
    """What came of some runs.

    Attributes:
        runs: their numbers.
        values: (run, time, output), NaN where a run failed.
        reasons: why each run failed, ``""`` if it did not.
        seconds: how long each run took.
        lost: whether runs failed through their surroundings (a dead worker, a time limit) rather
            than by themselves; a resumed study tries such runs again.
    """

    runs: tuple[int, ...]
    values: Array
    reasons: tuple[str, ...]
    seconds: Array
    lost: bool = False

    @classmethod
    def of_lost(cls, chunk: Chunk, reason: str) -> ChunkResult:
        """Return the result of runs that ended with their worker."""
        count = len(chunk.runs)
        values = np.full((count, len(chunk.times), len(chunk.outputs)), np.nan)
        return cls(chunk.runs, values, (reason,) * count, np.full(count, np.nan), lost=True)


def run_chunk(chunk: Chunk) -> ChunkResult:
    """Carry out a chunk with this process's engine.

    Raises:
        SbmlError: the file cannot be loaded.
    """
    engine = engine_of(chunk.sha256, lambda: unpack(chunk.packed))
    count = len(chunk.runs)
    values = np.full((count, len(chunk.times), len(chunk.outputs)), np.nan)
    seconds = np.zeros(count)
    reasons = [""] * count
    # A run starts at the onset, whether or not this is reported.
    skipped = int(chunk.times[0] > 0)
    times = np.concatenate([np.zeros(skipped), chunk.times])
    for i in range(count):
        begun = time.perf_counter()
        settings = dict(zip(chunk.ids, chunk.values[i].tolist(), strict=True))
        try:
            result = engine.run(settings, times, chunk.outputs, float(chunk.burn_in[i]))
            values[i] = result[skipped:]
        except SimulationError as error:
            reasons[i] = str(error)
        except Exception as error:  # whatever a run does, the others go on
            reasons[i] = f"{type(error).__name__}: {error}"[:_REASON_LENGTH]
        seconds[i] = time.perf_counter() - begun
    return ChunkResult(chunk.runs, values, tuple(reasons), seconds)
