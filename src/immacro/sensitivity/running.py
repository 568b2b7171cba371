"""From factors to indices in one call: design, runs, indices at days and over time, convergence.

Observables are requested as ``ID@DAY`` (one value per run) or ``ID`` (the whole course, and its
last day). Only the days that are asked for are simulated and stored.

Parts of a nested design show how the indices settle at no further runs. Where parts of a design are
no designs (eFAST), smaller designs are run on their own, which costs as much again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, SupportsIndex

import numpy as np
import xarray as xr

from immacro.ensemble.run import run_many
from immacro.ensemble.store import StoreError
from immacro.errors import InvalidValueError
from immacro.sensitivity import convergence
from immacro.sensitivity.analysis import analyse
from immacro.sensitivity.completeness import complete
from immacro.sensitivity.design import Design
from immacro.sensitivity.outputs import at_days, day_word
from immacro.sensitivity.parsing import parse
from immacro.sensitivity.study import Study
from immacro.simulation.model import Model
from immacro.simulation.settings import refuse_too_late, time_grid

#: Where the runs of a study are below its folder.
RUNS = "runs"
#: Times that are closer than this count as one (more so in long runs): no solver can tell them.
CLOSE = 1e-9


@dataclass(frozen=True)
class Outcome:
    """A finished study.

    Attributes:
        study: factors, method and design.
        courses: what the runs gave, (run, time).
        indices: over (observable, factor); an observable is ``ID@DAY``.
        over_time: the same over time, for observables requested without a day; else None.
        grown: the indices over growing designs, along ``n``; None if the design is too small.
        verdict: in a sentence, whether the indices have settled.
    """

    study: Study
    courses: xr.Dataset
    indices: xr.Dataset
    over_time: xr.Dataset | None
    grown: xr.Dataset | None
    verdict: str


def run(
    model: Model,
    factors: Iterable[str] = ("levers",),
    observables: Iterable[str] = (),
    *,
    method: str = "sobol",
    samples: int | None = None,
    seed: int = 0,
    groups: Iterable[str] = (),
    options: Mapping[str, Any] | None = None,
    context: str | None = None,
    days: float = 60,
    points: SupportsIndex = 61,
    completion: str | None = None,
    out: str | os.PathLike[str] | None = None,
    resume: bool = False,
    executor: Executor | str | None = None,
    workers: int | None = None,
    time_limit: float | None = None,
    progress: bool = True,
) -> Outcome:
    """Run a sensitivity study.

    Args:
        model: from ``immacro.load``; any SBML file will do.
        factors: ``ID``, ``ID=low:high``, ``ID=low:high:distribution``, or ``levers``.
        observables: ``ID@DAY`` or ``ID``.
        method: a key of ``METHODS``.
        samples: N in the sense of the method; None takes its default.
        seed: of design and intervals.
        groups: ``NAME=ID,ID``.
        options: the method's own.
        context: a tumour for all runs.
        days: length of the courses.
        points: their number of times.
        completion: ``block`` or ``drop`` leaves incomplete parts of the design out; None refuses.
        out: a folder that keeps every run as soon as it is finished.
        resume: continue the study that this folder holds.
        executor: any executor, or the address of a Dask scheduler.
        workers: runs at a time; as many as there are cores by default.
        time_limit: seconds after which a run has failed.
        progress: whether to show progress on standard error.

    Raises:
        UnknownNameError: a factor, observable, method or context does not exist.
        InvalidValueError: a range, day, number of samples or option is not allowed.
        DesignIncompleteError: runs failed, and no completion was asked for.
        StoreError: the folder holds something else, or a study that differs.
    """
    requests = _requests(model, observables)
    times = _times(model, requests, days, points)
    model.allowed.context(context)
    study = Study(
        tuple(parse(factors, model, groups, model.allowed.listing)), method,
        samples=samples, seed=seed, options=options or {},
    )  # fmt: skip
    # Runs may take hours: what the analysis would refuse after them is refused before.
    complete(study, np.zeros(1, dtype=bool), {}, completion)
    folder = _folder(out)
    if folder is not None and not (folder / RUNS).exists():
        if resume:
            raise InvalidValueError(
                f"{folder} holds no study to resume", "Name the folder of the study, or start anew"
            )
        _refuse_strangers(folder)

    def outputs(of: Design, name: str) -> xr.Dataset:
        # Rows that differ in the dummy alone are one run. A factor may be called as the index is.
        table = of.parameters.rename_axis(index=None)
        rows = table.groupby(list(table), sort=False, dropna=False).ngroup()
        unique = table[~rows.duplicated()].reset_index(drop=True)
        runs = run_many(
            model, unique, context, observables=list(dict.fromkeys(r for r, _ in requests)),
            times=times, executor=executor, workers=workers, time_limit=time_limit,
            store=folder / name if folder else None,
            resume=resume and folder is not None and (folder / name / "study.json").exists(),
            origin={**of.settings, "fingerprint": of.fingerprint}, progress=progress,
        )  # fmt: skip
        return runs.isel(run=rows.to_numpy()).assign_coords(run=np.arange(of.runs))

    courses = outputs(study, RUNS)
    words = [f"{name}@{day_word(day)}" for name, day in _days(requests, days)]
    chosen = at_days(courses, words)
    indices = analyse(study, chosen, completion=completion)
    whole = list(dict.fromkeys(name for name, day in requests if day is None))
    over_time = None
    if whole:
        over_time = analyse(study, courses[[*whole, "failed", "reason"]], completion=completion)
    grown = _grown(study, chosen, indices, completion, lambda s: at_days(
        outputs(s, f"{RUNS}_{s.samples}"), words))  # fmt: skip
    verdict = convergence.verdict(grown) if grown is not None else (
        "The design is too small to show whether its indices have settled"
    )  # fmt: skip
    return Outcome(study, courses, indices, over_time, grown, verdict)


def _grown(
    study: Study, chosen: xr.Dataset, indices: xr.Dataset, completion: str | None, outputs: Any
) -> xr.Dataset | None:
    """Return indices over growing designs, nested or on their own."""
    if study.kind.nested:
        grown = convergence.growth(study, chosen, completion=completion)
    else:
        smaller = [s for s in convergence.ladder(study) if s.samples != study.samples]
        parts = [analyse(s, outputs(s), completion=completion) for s in smaller]
        grown = convergence.join([*parts, indices])
    return grown if grown.sizes["n"] > 1 else None


def _folder(out: str | os.PathLike[str] | None) -> Path | None:
    if out is not None and not os.fspath(out).strip():
        raise InvalidValueError("The folder of the study has no name", "Name a new folder")
    return Path(out) if out is not None else None


def _refuse_strangers(folder: Path) -> None:
    """Refuse a folder with somebody else's files, which tables of ours might replace."""
    if folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir()):
        raise StoreError(f"{folder} is not empty and holds no study", "Choose another folder")


def _requests(model: Model, observables: Iterable[str]) -> list[tuple[str, float | None]]:
    """Read ``ID`` and ``ID@DAY``."""
    requests: list[tuple[str, float | None]] = []
    for text in observables:
        name, at, word = text.strip().partition("@")
        model.allowed.outputs([name])
        try:
            day = float(word) if at else None
        except ValueError:
            day = float("nan")
        if day is not None and not CLOSE < day < float("inf"):
            raise InvalidValueError(
                f"'{text}' asks for no day of the story", f"Write {name}@DAY with a day after 0"
            )
        if day is not None:
            refuse_too_late(day, model.source.contents.time_unit, f"'{text}'")
        requests.append((name, day))
    if not requests:
        raise InvalidValueError(
            "No observable is given", "Name at least one, as cdc1_blood@30 or cdc1_blood"
        )
    twice = [r for r in requests if requests.count(r) > 1]
    if twice:
        raise InvalidValueError(f"'{twice[0][0]}' is requested twice", "Request it once")
    return requests


def _times(
    model: Model, requests: list[tuple[str, float | None]], days: float, points: SupportsIndex
) -> Any:
    """Return the days to simulate, 0 included; of days that are close, the last."""
    length, count = time_grid(days, points, model.source.contents.time_unit)
    asked = {day for _, day in requests if day is not None}
    if any(day is None for _, day in requests):
        if length / (count - 1) <= CLOSE * max(1.0, length):
            raise InvalidValueError(
                f"{count} points within {length:g} days are too close to each other",
                "Ask for fewer points or more days",
            )
        asked |= set(np.linspace(0.0, length, count).tolist())
    last, *others = sorted(asked, reverse=True)
    close, kept = CLOSE * max(1.0, last), [last]
    for day in others:
        if close < day < kept[-1] - close:
            kept.append(day)
    return [0.0, *reversed(kept)]


def _days(requests: list[tuple[str, float | None]], days: float) -> list[tuple[str, float]]:
    return list(dict.fromkeys((name, float(days) if day is None else day)
                              for name, day in requests))  # fmt: skip
