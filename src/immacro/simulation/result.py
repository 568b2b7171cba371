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
import numpy.typing as npt
import pandas as pd
import xarray as xr

from immacro.errors import InvalidValueError
from immacro.simulation.contents import Output
from immacro.simulation.engine import Array

_RESERVED = (
    *("time", "run", "failed", "reason", "setting", "settings"),
    *("run_lost", "run_seconds"),  # in stored studies
)

Attributes = Mapping[str, str | float | int]


def course(values: Array, times: Array, outputs: Sequence[Output], attrs: Attributes) -> xr.Dataset:
    """Label one run."""
    refuse_reserved(outputs)
    return xr.Dataset(
        {o.id: ("time", values[:, i], _labels(o)) for i, o in enumerate(outputs)},
        coords={"time": ("time", times, _time_labels(attrs))},
        attrs=dict(attrs),
    )


def courses(
    values: Array,
    reasons: npt.ArrayLike,
    times: Array,
    outputs: Sequence[Output],
    table: pd.DataFrame,
    attrs: Attributes,
) -> xr.Dataset:
    """Label many runs, one per row of the table of settings.

    Args:
        values: (run, time, output), NaN where a run failed.
        reasons: why each run failed, ``""`` if it did not.
        times: the reported times.
        outputs: what they are.
        table: the settings.
        attrs: where the runs come from.
    """
    refuse_reserved(outputs)
    reasons = np.array(reasons, dtype=str)
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


def refuse_reserved(outputs: Sequence[Output]) -> None:
    """Refuse observables whose ids results need for themselves.

    Raises:
        InvalidValueError: there is one.
    """
    for output in outputs:
        if output.id in _RESERVED:
            raise InvalidValueError(
                f"The observable '{output.id}' has a name that results use for themselves",
                "Name the observables that you want, without it",
            )
