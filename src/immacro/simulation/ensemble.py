"""Many runs over a table of settings.

Every row is checked before the first run starts, so that a mistake in the last row costs nothing.
A run that fails is recorded with its reason, its values are NaN, and the others go on. Each run is
independent of the others, so their order changes nothing.
"""

from __future__ import annotations

import json
from typing import SupportsIndex

import pandas as pd
import xarray as xr

from immacro.errors import ImmacroError, InvalidValueError
from immacro.simulation import result
from immacro.simulation.model import Model
from immacro.simulation.runs import RunSpec, run_one


def run_many(
    model: Model,
    table: pd.DataFrame,
    context: str | None = None,
    days: float = 60,
    points: SupportsIndex = 601,
    observables: str | list[str] | None = None,
) -> xr.Dataset:
    """Simulate once per row of a table.

    Args:
        model: the model.
        table: a column per lever parameter or other parameter, a row per run.
        context: a tumour for all runs.
        days: length of each run.
        points: number of times, both ends included.
        observables: ids to report, all observables by default.

    Returns:
        A dataset along ``run`` and ``time`` with ``failed`` and ``reason`` for each run;
        ``attrs["failed_runs"]`` counts the failures.

    Raises:
        UnknownNameError: a column or the context does not exist.
        InvalidValueError: a value is not allowed; the message names the row.
    """
    specs = run_specs(model, table, context, days, points, observables)
    model.source.load()
    results = [run_one(spec) for spec in specs]
    attributes = model.attributes(context or "") | {
        "settings": json.dumps(dict(model.contexts[context]) if context else {})
    }
    return result.courses(results, specs[0].times, specs[0].outputs, table, attributes)


def run_specs(
    model: Model,
    table: pd.DataFrame,
    context: str | None = None,
    days: float = 60,
    points: SupportsIndex = 601,
    observables: str | list[str] | None = None,
) -> list[RunSpec]:
    """Check a table and describe its runs.

    Raises:
        UnknownNameError: a column or the context does not exist.
        InvalidValueError: the table is empty, or a value is not allowed.
    """
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
    template = model.spec(model.allowed.resolve(context=context), days, points, observables)
    specs = []
    for label, row in zip(table.index, table.itertuples(index=False, name=None), strict=True):
        try:
            settings = model.allowed.resolve(
                parameters=dict(zip(columns, row, strict=True)), context=context
            )
        except ImmacroError as error:
            raise type(error)(f"Run {label}: {error.problem}", error.remedy) from None
        specs.append(template.with_settings(settings.values, model.burn_in(settings)))
    return specs
