"""``run_many``: one simulation per row of a table.

**Where.** By default in worker processes of our own, one per core; up to ``SMALL`` runs, and with
``workers=1``, in this process, where nothing needs to be started. A time limit takes worker
processes in any case, since only a process can be stopped; so does isolation from a run that
crashes. An ``executor`` may be any ``concurrent.futures.Executor`` (of processes, let them be
spawned) or the address of a Dask scheduler.

**What is certain.** The dataset depends on the model, the table and what is asked of each run, and
not on executor, workers or interruptions: on one kind of machine it is the same to the last bit. A
run that fails by itself, exceeds the time limit, or kills its worker twice, is marked ``failed``
with its ``reason``, its values are NaN, and the others go on.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, SupportsIndex

import numpy as np
import pandas as pd
import xarray as xr

from immacro.ensemble import executors, manifest
from immacro.ensemble.backends import Backend, InThisProcess
from immacro.ensemble.chunks import ChunkResult
from immacro.ensemble.dispatch import carry_out
from immacro.ensemble.plan import Plan, plan, report_times
from immacro.ensemble.progress import Progress
from immacro.ensemble.store import Store
from immacro.ensemble.workers import Workers
from immacro.errors import InvalidValueError
from immacro.simulation import result
from immacro.simulation.model import Model
from immacro.simulation.settings import number

#: Runs for which no worker process is started, unless workers are asked for.
SMALL = 50
#: Worker processes that may be asked for, per core and in any case: each holds a whole Python.
PER_CORE, IN_ANY_CASE = 4, 16


def run_many(
    model: Model,
    table: pd.DataFrame,
    context: str | None = None,
    days: float = 60,
    points: SupportsIndex = 601,
    observables: str | Iterable[str] | None = None,
    *,
    times: Iterable[float] | None = None,
    executor: Executor | str | None = None,
    workers: int | None = None,
    time_limit: float | None = None,
    store: str | os.PathLike[str] | None = None,
    resume: bool = False,
    origin: Mapping[str, Any] | None = None,
    progress: bool = True,
) -> xr.Dataset:
    """Simulate once per row of a table.

    Args:
        model: the model.
        table: a column per lever parameter or other parameter, a row per run.
        context: a tumour for all runs.
        days: length of each run.
        points: number of times, both ends included.
        observables: ids to report, all observables by default.
        times: days to report, instead of ``days`` and ``points``.
        executor: who carries out the runs: any executor, or a Dask scheduler's address as
            ``tcp://host:8786``. By default worker processes of our own.
        workers: how many runs at a time, as many as there are cores by default; 1 needs no worker
            process.
        time_limit: seconds after which a run is stopped and has failed.
        store: a folder in which to keep the study, and every run as soon as it is finished.
        resume: continue the study that this folder holds.
        origin: where the table comes from (method, seed and the like), as data for JSON; it is kept
            in the store, and a study of another origin is not continued.
        progress: whether to show progress on standard error.

    Returns:
        A dataset along ``run`` and ``time`` with ``failed`` and ``reason`` for each run;
        ``attrs["failed_runs"]`` counts the failures.

    Raises:
        UnknownNameError: a column, an observable or the context does not exist.
        InvalidValueError: a value is not allowed; the message names the row.
        StoreError: the folder holds something else, or a study that differs.
        OutputError: results cannot be written; what was written before is kept.
        SimulationError: the executor fails, or workers keep dying.
    """
    _check(executor, workers, time_limit, store, resume)
    reported = report_times(days, points, times, model.source.contents.time_unit)
    planned = plan(model, table, context, reported, observables)
    table = table.astype(np.float64).rename(columns=str)
    record = _Record(planned)
    with contextlib.ExitStack() as stack:
        if store is not None:
            described = manifest.describe(planned, model, table, context, origin)
            opened = _open(Path(store), described, model, table, resume)
            record.recall(stack.enter_context(opened))
        pending = record.pending
        shown = stack.enter_context(record.progress(progress))
        if len(pending):
            backend = stack.enter_context(
                _backend(planned, len(pending), executor, workers, time_limit)
            )
            carry_out(planned, pending, backend, record.add, shown.show, time_limit)
    attributes = model.attributes(context or "") | {
        "settings": json.dumps(model.contexts[context] if context else {})
    }
    return result.courses(
        record.values, record.reasons, planned.times, planned.outputs, table, attributes
    )


class _Record:
    """The results so far, in the order of the table."""

    def __init__(self, planned: Plan) -> None:
        shape = (len(planned), len(planned.times), len(planned.outputs))
        self.values = np.full(shape, np.nan)
        self.reasons = np.full(len(planned), "", dtype=object)
        self._done = np.zeros(len(planned), dtype=bool)
        self._store: Store | None = None
        self._progress: Progress | None = None

    @property
    def pending(self) -> list[int]:
        """The runs that are not finished."""
        return [int(run) for run in np.flatnonzero(~self._done)]

    def recall(self, store: Store) -> None:
        """Take over what is stored, and store what comes."""
        self._store = store
        for part in store.finished():
            self.values[part.runs] = part.values
            self.reasons[part.runs] = part.reasons
            self._done[part.runs] = ~np.array(part.lost)
        self.reasons[~self._done] = ""

    def progress(self, shown: bool) -> Progress:
        """Return the progress of what comes."""
        done, failed = int(self._done.sum()), int((self.reasons != "").sum())
        self._progress = Progress(len(self._done), done, failed, shown)
        return self._progress

    def add(self, results: ChunkResult) -> None:
        """Take results."""
        runs = list(results.runs)
        self.values[runs] = results.values
        self.reasons[runs] = results.reasons
        self._done[runs] = True
        if self._store is not None:
            self._store.add(results)
        if self._progress is not None:
            failed = sum(reason != "" for reason in results.reasons)
            self._progress.add(len(runs), failed, float(results.seconds.sum()))


def _open(
    folder: Path, described: manifest.Manifest, model: Model, table: pd.DataFrame, resume: bool
) -> Store:
    if resume:
        return Store.resume(folder, described, table)
    return Store.create(folder, described, model.source.content, table)


@contextlib.contextmanager
def _backend(
    planned: Plan,
    runs: int,
    executor: Executor | str | None,
    workers: int | None,
    time_limit: float | None,
) -> Iterator[Backend]:
    """Choose where the runs are carried out, and leave nothing running there."""
    with contextlib.ExitStack() as stack:
        backend: Backend
        if isinstance(executor, str):
            backend = stack.enter_context(executors.dask(executor, workers))
        elif executor is not None:
            backend = executors.Executing(executor, executors.workers_of(executor, workers))
        elif time_limit is None and (workers == 1 or (workers is None and runs <= SMALL)):
            backend = InThisProcess()
        else:
            count = min(workers or _cores(), runs)
            backend = Workers(count, planned.chunk(()), time_limit)
        stack.callback(backend.close)
        yield backend


def _cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _check(
    executor: Executor | str | None,
    workers: int | None,
    time_limit: float | None,
    store: str | os.PathLike[str] | None,
    resume: bool,
) -> None:
    """Refuse what makes no sense before anything is computed."""
    if executor is not None and not isinstance(executor, Executor | str):
        raise InvalidValueError(
            f"executor is a {type(executor).__name__}",
            "Give a concurrent.futures.Executor or the address of a Dask scheduler",
        )
    if workers is not None and (not isinstance(workers, int) or workers < 1):
        raise InvalidValueError(
            f"workers = {workers!r} is not a number of workers", "Give a whole number from 1"
        )
    most = max(PER_CORE * _cores(), IN_ANY_CASE)
    if workers is not None and workers > most and executor is None:
        raise InvalidValueError(
            f"workers = {workers} are more than this machine with its {_cores()} cores can feed",
            f"Give at most {most}, or use a Dask cluster",
        )
    if time_limit is not None:
        if number(time_limit, "time_limit", "seconds") <= 0:
            raise InvalidValueError(
                f"time_limit = {time_limit:g} is not positive", "Give a number of seconds"
            )
        if executor is not None:
            raise InvalidValueError(
                "A time limit cannot be kept by another's executor, whose workers are not ours",
                "Leave out the time limit or the executor",
            )
    if resume and store is None:
        raise InvalidValueError("There is nothing to resume without a store", "Name its folder")
