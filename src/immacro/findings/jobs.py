"""Runs: each described once, carried out once, and the same whatever else is run with it.

A job reports the days that are read, exactly, on top of a regular grid over its length and a
dense one over its windows. Its times depend on nothing but itself, so that a finding run alone
gives what it gives among all others.

Up to `SMALL` jobs are carried out in this process, more of them in worker processes that load each
file once and stay until the end. A job whose worker dies or that takes longer than the time limit
is tried once more and has then failed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType

import numpy as np

from immacro.ensemble.backends import Backend, InThisProcess
from immacro.ensemble.chunks import Chunk
from immacro.ensemble.progress import Progress
from immacro.ensemble.workers import Workers
from immacro.errors import InvalidValueError
from immacro.findings.arms import Arm
from immacro.findings.derived import Array
from immacro.findings.shelf import Shelf
from immacro.simulation.engines import pack
from immacro.simulation.model import Model

#: Jobs for which no worker process is started, unless workers are asked for.
SMALL = 30
#: Parts into which the length of a run is cut.
INTERVALS = 200
#: Seconds after which a run in a worker process is stopped.
TIME_LIMIT = 120.0
_TRIES = 2
_TICK_SECONDS = 0.5
_SAME_TIME = 1e-6


@dataclass(frozen=True)
class Job:
    """One run.

    Attributes:
        model: the model's name.
        host: its host.
        arm: what is set; the order of settings does not matter.
        days: days that are read; the last one, or the end of a window, ends the run.
        windows: first and last days over which something is read.
        intervals: parts of the regular grid.
    """

    model: str
    host: str
    arm: Arm
    days: tuple[float, ...]
    windows: tuple[tuple[float, float], ...] = ()
    intervals: int = INTERVALS

    @cached_property
    def times(self) -> Array:
        """What is reported: exactly the days that are read, and grids."""
        exact = np.unique([*self.days, *(edge for window in self.windows for edge in window)])
        length = max(float(exact[-1]), 1.0)
        grids = [np.linspace(0.0, length, self.intervals + 1)]
        grids += [np.linspace(first, last, self.intervals + 1) for first, last in self.windows]
        grid = np.unique(np.concatenate(grids))
        near = np.abs(grid[:, None] - exact[None, :]).min(axis=1) < _SAME_TIME
        times = np.sort(np.concatenate([grid[~near], exact]))
        return np.asarray(times[np.concatenate([[True], np.diff(times) > _SAME_TIME])])


@dataclass(frozen=True)
class Course:
    """What came of a job: values by observable, or why it failed."""

    times: Array
    values: Mapping[str, Array]
    failure: str = ""

    def on(self, day: float, observable: str) -> float:
        """Return a value on a day that is read."""
        index = int(np.searchsorted(self.times, day))
        return float(self.values[observable][index])


class Runner:
    """Carries out jobs and keeps what came of them.

    Args:
        shelf: the models.
        workers: how many runs at a time, all cores by default; 1 starts no process.
        progress: whether to show progress on standard error.
    """

    def __init__(self, shelf: Shelf, workers: int | None = None, progress: bool = False) -> None:
        if workers is not None and (not isinstance(workers, int) or workers < 1):
            raise InvalidValueError(
                f"workers = {workers!r} is not a number of workers", "Give a whole number from 1"
            )
        self._shelf = shelf
        self._count = workers
        self._progress = progress
        self._packed: dict[tuple[str, str], bytes] = {}
        self._courses: dict[Job, Course] = {}
        self._workers: Workers | None = None

    def __enter__(self) -> Runner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._workers is not None:
            self._workers.close()
            self._workers = None

    @property
    def count(self) -> int:
        """How many runs were carried out."""
        return len(self._courses)

    def course(self, job: Job) -> Course:
        """Return what came of a job."""
        return self._courses[_ordered(job)]

    def run(self, wanted: Mapping[Job, set[str]]) -> None:
        """Carry out jobs.

        Args:
            wanted: job -> the outputs to report.

        Raises:
            ImmacroError: a file cannot be loaded, or workers keep dying.
        """
        pending: dict[Job, set[str]] = {}
        for job, outputs in wanted.items():
            key = _ordered(job)
            known = self._courses.get(key)
            if known is None or (not known.failure and not outputs <= set(known.values)):
                pending.setdefault(key, set(known.values if known else ())).update(outputs)
        jobs = sorted(pending, key=lambda job: (job.model, job.host))
        if not jobs:
            return
        chunks = [self._chunk(number, job, pending[job]) for number, job in enumerate(jobs)]
        with self._backend(chunks) as backend, Progress(len(chunks), shown=self._progress) as shown:
            self._carry_out(jobs, chunks, backend, shown)

    def _carry_out(
        self, jobs: list[Job], chunks: list[Chunk], backend: Backend, shown: Progress
    ) -> None:
        tries = [1] * len(jobs)
        for chunk in chunks:
            backend.submit(chunk)
        left = len(chunks)
        while left:
            for outcome in backend.wait(_TICK_SECONDS):
                (number,) = outcome.chunk.runs
                result = outcome.result
                if result is None and tries[number] < _TRIES:
                    tries[number] += 1
                    backend.submit(outcome.chunk)
                    continue
                left -= 1
                names = [o.id for o in outcome.chunk.outputs]
                if result is None:
                    limit = f"it took longer than {outcome.limit:g} s"
                    reason = limit if outcome.limit else f"its worker {outcome.fault}"
                    values: dict[str, Array] = {}
                    seconds = 0.0
                else:
                    reason, seconds = result.reasons[0], float(result.seconds.sum())
                    values = {n: result.values[0, :, i] for i, n in enumerate(names)}
                self._courses[jobs[number]] = Course(outcome.chunk.times, values, reason)
                shown.add(1, int(bool(reason)), seconds)
            shown.show()

    def _chunk(self, number: int, job: Job, outputs: set[str]) -> Chunk:
        model = self._shelf.model(job.model, job.host)
        assert model is not None  # only what can be represented is run
        settings = model.allowed.resolve(None, dict(job.arm.settings), job.arm.context)
        return Chunk(
            model.source.sha256,
            self._pack(job, model),
            (number,),
            tuple(settings.values),
            np.array([list(settings.values.values())], dtype=np.float64),
            np.array([model.burn_in(settings)]),
            job.times,
            tuple(model.allowed.outputs(sorted(outputs))),
        )

    def _pack(self, job: Job, model: Model) -> bytes:
        key = job.model, job.host
        if key not in self._packed:
            self._packed[key] = pack(model.source.text, model.source.contents)
        return self._packed[key]

    @contextlib.contextmanager
    def _backend(self, chunks: list[Chunk]) -> Iterator[Backend]:
        """Choose where to run; workers stay for what is run later."""
        if self._workers is None and self._count != 1:
            count = min(self._count or _cores(), len(chunks))
            if count > 1 and (self._count is not None or len(chunks) > SMALL):
                self._workers = Workers(count, _loading(chunks[0]), TIME_LIMIT)
        if self._workers is not None:
            yield self._workers
            return
        here = InThisProcess()
        try:
            yield here
        finally:
            here.close()


def _ordered(job: Job) -> Job:
    """Return the job by which equal ones are known."""
    arm = Arm(job.arm.context, tuple(sorted(job.arm.settings)))
    days = tuple(sorted(set(job.days)))
    return Job(job.model, job.host, arm, days, tuple(sorted(set(job.windows))), job.intervals)


def _loading(chunk: Chunk) -> Chunk:
    """Return a chunk without runs, which makes a worker load the file."""
    return Chunk(
        chunk.sha256, chunk.packed, (), chunk.ids, chunk.values[:0], chunk.burn_in[:0],
        chunk.times, chunk.outputs,
    )  # fmt: skip


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
