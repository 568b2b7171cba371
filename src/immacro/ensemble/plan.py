"""The runs of a study: checked before the first one starts, and cut into chunks.

Every row of the table is checked first, so that a mistake in the last row costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import SupportsIndex

import numpy as np
import pandas as pd

from immacro.ensemble.chunks import Chunk
from immacro.errors import ImmacroError, InvalidValueError
from immacro.simulation.contents import Output
from immacro.simulation.engine import Array
from immacro.simulation.engines import pack
from immacro.simulation.model import Model
from immacro.simulation.result import refuse_reserved
from immacro.simulation.settings import MAX_POINTS, number, refuse_too_late, time_grid

#: Values that all runs may report together: 4 GB, which an analysis holds several times.
MOST_VALUES = 500_000_000


@dataclass(frozen=True)
class Plan:
    """All runs of a study; see `Chunk` for what each attribute means."""

    sha256: str
    packed: bytes
    ids: tuple[str, ...]
    values: Array
    burn_in: Array
    times: Array
    outputs: tuple[Output, ...]

    def __len__(self) -> int:
        return len(self.values)

    def chunk(self, runs: Sequence[int]) -> Chunk:
        """Return the chunk of these runs; without any, it only loads the file."""
        numbers = list(runs)
        return Chunk(
            self.sha256,
            self.packed,
            tuple(numbers),
            self.ids,
            self.values[numbers],
            self.burn_in[numbers],
            self.times,
            self.outputs,
        )


def plan(
    model: Model,
    table: pd.DataFrame,
    context: str | None,
    times: Array,
    observables: str | Iterable[str] | None,
) -> Plan:
    """Check a table of settings and plan its runs.

    Raises:
        UnknownNameError: a column, the context or an observable does not exist.
        InvalidValueError: the table is empty, or a value is not allowed; the message names the row.
    """
    columns = _columns(table)
    outputs = tuple(model.allowed.outputs(observables))
    refuse_reserved(outputs)
    model.allowed.context(context)  # here, since it is no fault of the first run
    size = len(table) * len(times) * len(outputs)
    if size > MOST_VALUES:
        raise InvalidValueError(
            f"{len(table):,} runs would report {len(times):,} times of {len(outputs)} observables, "
            f"{size:,} values",
            f"Ask for fewer times, observables or runs, at most {MOST_VALUES:,} values in all",
        )
    ids: tuple[str, ...] = ()
    values, burn_in = [], []
    for label, row in zip(table.index, table.itertuples(index=False, name=None), strict=True):
        try:
            settings = model.allowed.resolve(
                parameters=dict(zip(columns, row, strict=True)), context=context
            )
        except ImmacroError as error:
            raise type(error)(f"Run {label}: {error.problem}", error.remedy) from None
        ids = tuple(settings.values)  # the same for every row
        values.append(list(settings.values.values()))
        burn_in.append(model.burn_in(settings))
    return Plan(
        model.source.sha256,
        pack(model.source.text, model.source.contents),
        ids,
        np.array(values, dtype=np.float64).reshape(len(table), len(ids)),
        np.array(burn_in),
        times,
        outputs,
    )


def report_times(
    days: float, points: SupportsIndex, times: Iterable[float] | None, unit: str = ""
) -> Array:
    """Return the times to report: the given ones, or else a grid.

    Args:
        days: length of the grid.
        points: number of its times.
        times: what to report instead.
        unit: the file's unit of time, ``""`` if unknown.

    Raises:
        InvalidValueError: they are not ascending times from the onset on.
    """
    if times is None:
        length, count = time_grid(days, points, unit)
        return np.linspace(0.0, length, count)
    chosen = [number(time, "times", "days") for time in times]
    ascending = all(a < b for a, b in pairwise(chosen))
    if not chosen or len(chosen) > MAX_POINTS or chosen[0] < 0 or chosen[-1] == 0 or not ascending:
        raise InvalidValueError(
            f"times = {_shown(chosen)} are not days to report",
            f"Give up to {MAX_POINTS} ascending days from 0 on, at least one of them after 0",
        )
    refuse_too_late(chosen[-1], unit, f"The time {chosen[-1]:g}")
    return np.array(chosen)


def _columns(table: pd.DataFrame) -> list[str]:
    if not isinstance(table, pd.DataFrame):
        raise InvalidValueError(
            f"The table of settings is a {type(table).__name__}", "Give a pandas.DataFrame"
        )
    if not len(table):
        raise InvalidValueError("The table of settings has no rows", "Give one row per run")
    columns = [str(column) for column in table.columns]
    twice = sorted({c for c in columns if columns.count(c) > 1})
    if twice:
        raise InvalidValueError(f"The table sets '{twice[0]}' twice", "Keep one of the columns")
    return columns


def _shown(times: list[float]) -> str:
    few = ", ".join(f"{time:g}" for time in times[:5])
    return f"[{few}, …]" if len(times) > 5 else f"[{few}]"
