"""Results as labelled arrays: units on every variable, and where they came from on the whole.

A run is a ``xarray.Dataset`` along ``time``; many runs have ``run`` before it, the variables
``failed`` and ``reason``, and the coordinate ``settings`` (run, setting) with the table that was
asked for. Attributes are text and numbers, so that a result can be written to NetCDF.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version

import numpy as np
import pandas as pd
import xarray as xr

from immacro.errors import InvalidValueError
from immacro.simulation.contents import Output
from immacro.simulation.engine import Array
from immacro.simulation.runs import RunResult

_RESERVED = ("time", "run", "failed", "reason", "setting", "settings")

Attributes = Mapping[str, str | float | int]


def course(values: Array, times: Array, outputs: Sequence[Output], attrs: Attributes) -> xr.Dataset:
    """Label one run."""
    _refuse_reserved(outputs)
    return xr.Dataset(
        {o.id: ("time", values[:, i], _labels(o)) for i, o in enumerate(outputs)},
        coords={"time": ("time", times, _time_labels(attrs))},
        attrs=dict(attrs),
    )


def courses(
    results: Sequence[RunResult],
    times: Array,
    outputs: Sequence[Output],
    table: pd.DataFrame,
    attrs: Attributes,
) -> xr.Dataset:
    """Label many runs, one per row of the table of settings."""
    _refuse_reserved(outputs)
    values = np.stack([r.values for r in results])
    reasons = np.array([r.reason for r in results])
    failed = reasons != ""
    dims = ("run", "time")
    variables = {o.id: (dims, values[:, :, i], _labels(o)) for i, o in enumerate(outputs)}
    return xr.Dataset(
        {
            **variables,
            "failed": ("run", failed, {"long_name": "the run failed"}),
            "reason": ("run", reasons, {"long_name": "why the run failed"}),
        },
        coords={
            "run": ("run", table.index.to_numpy()),
            "time": ("time", times, _time_labels(attrs)),
            "setting": ("setting", table.columns.to_numpy(dtype=str)),
            "settings": (("run", "setting"), table.to_numpy(dtype=np.float64)),
        },
        attrs={**attrs, "failed_runs": int(failed.sum())},
    )


@cache
def versions() -> str:
    """Return the versions of what computes a run, as JSON."""
    return json.dumps({name: version(name) for name in ("immacro", "libroadrunner", "numpy")})


def _labels(output: Output) -> dict[str, str]:
    return {"units": output.unit, "long_name": output.name}


def _time_labels(attrs: Attributes) -> dict[str, str]:
    return {"units": str(attrs["time_unit"]), "long_name": "Time from onset"}


def _refuse_reserved(outputs: Sequence[Output]) -> None:
    for output in outputs:
        if output.id in _RESERVED:
            raise InvalidValueError(
                f"The observable '{output.id}' has a name that results use for themselves",
                "Name the observables that you want, without it",
            )
