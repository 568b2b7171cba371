"""Outputs of a design in one shape, whatever they come in.

Accepted are the dataset of an ensemble, (run,) or (run, time) per observable, with ``failed`` and
``reason``; a DataArray; a mapping or a DataFrame of one column per observable; an array over runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.sensitivity.resampling import FloatArray

_ABOUT_RUNS = ("failed", "reason")


@dataclass(frozen=True)
class Outputs:
    """Outputs over runs.

    Args:
        values: (run, observable, time), with a time axis of one if there is no time.
        observables: their ids.
        units: of each observable.
        titles: the display name of each observable.
        time: the time points, or None.
        time_units: of the time points.
        failed: which runs failed.
        reasons: why, by run.
    """

    values: FloatArray
    observables: tuple[str, ...]
    units: tuple[str, ...]
    titles: tuple[str, ...]
    time: FloatArray | None
    time_units: str
    failed: NDArray[np.bool_]
    reasons: dict[int, str]

    def unusable(self) -> tuple[NDArray[np.bool_], dict[int, str]]:
        """Return which runs cannot be analysed, and why."""
        finite = np.isfinite(self.values)
        holes = ~finite.all(axis=(1, 2)) & ~self.failed
        reasons = {run: text for run, text in self.reasons.items() if self.failed[run]}
        for run in np.flatnonzero(holes):
            observable = self.observables[int((~finite[run]).any(axis=1).argmax())]
            reasons[int(run)] = f"{observable} is not finite"
        return self.failed | holes, reasons


def collect(data: Any, runs: int) -> Outputs:
    """Bring outputs into shape and in the order of the design.

    Args:
        data: the outputs.
        runs: how many runs the design has.

    Raises:
        InvalidValueError: the shape, the runs or the time points do not fit.
    """
    dataset = _dataset(data)
    if dataset.sizes.get("run") != runs:
        raise InvalidValueError(
            f"The design has {runs} runs, the outputs have {dataset.sizes.get('run', 0)}",
            "Pass the outputs of exactly this design",
        )
    if "run" in dataset.coords:
        if not np.array_equal(np.sort(dataset["run"].values), np.arange(runs)):
            raise InvalidValueError(
                "The runs of the outputs are not numbered as those of the design",
                "Number them 0, 1, 2 ... in the order of the design",
            )
        dataset = dataset.sortby("run")
    about = {name: dataset[name].values for name in _ABOUT_RUNS if name in dataset}
    observed = dataset.drop_vars(_ABOUT_RUNS, errors="ignore")
    names = [str(name) for name in observed.data_vars]
    if not names:
        raise InvalidValueError("The outputs hold no observable", "Ask the runs for at least one")
    shapes = {frozenset(observed[name].dims) for name in names}
    if len(shapes) > 1 or not shapes <= {frozenset({"run"}), frozenset({"run", "time"})}:
        raise InvalidValueError(
            "The outputs are not all over runs, or all over runs and time",
            "Analyse courses over time and values of a day separately",
        )
    over_time = "time" in observed.dims
    order = ("run", "time") if over_time else ("run",)
    try:
        stacked = [observed[n].transpose(*order).values.astype(np.float64) for n in names]
    except (TypeError, ValueError):
        raise InvalidValueError("An output is not numeric", "Pass numbers") from None
    values = np.stack(stacked, axis=1).reshape(runs, len(names), -1)
    return Outputs(
        values=values,
        observables=tuple(names),
        units=tuple(str(observed[n].attrs.get("units", "")) for n in names),
        titles=tuple(str(observed[n].attrs.get("long_name", n)) for n in names),
        time=_time(observed) if over_time else None,
        time_units=str(observed["time"].attrs.get("units", "day")) if over_time else "",
        failed=np.asarray(about.get("failed", np.zeros(runs)), dtype=bool),
        reasons=dict(enumerate(map(str, about["reason"]))) if "reason" in about else {},
    )


def _dataset(data: Any) -> xr.Dataset:
    if isinstance(data, xr.Dataset):
        return data
    if isinstance(data, xr.DataArray):
        return data.to_dataset(name=data.name or "output")
    if isinstance(data, pd.DataFrame | Mapping):
        return xr.Dataset({str(name): ("run", np.asarray(column)) for name, column in data.items()})
    array = np.asarray(data)
    if array.ndim != 1:
        raise InvalidValueError(
            f"The output is an array of shape {array.shape}",
            "Pass one value per run, or name the dimensions with xarray",
        )
    return xr.Dataset({"output": ("run", array)})


def _time(observed: xr.Dataset) -> FloatArray:
    if "time" in observed.coords:
        return np.asarray(observed["time"].values, dtype=np.float64)
    return np.arange(observed.sizes["time"], dtype=np.float64)


def at_days(data: xr.Dataset, requests: Iterable[str]) -> xr.Dataset:
    """Return observables at chosen days, as one value per run.

    Args:
        data: courses (run, time) of an ensemble.
        requests: ``ID@DAY``, or ``ID`` for the last day.

    Returns:
        One variable ``ID@DAY`` per request, linearly interpolated between time points, with
        ``failed`` and ``reason`` if there are.

    Raises:
        UnknownNameError: no such observable.
        InvalidValueError: the day is not a number or outside the simulated time.
    """
    first, last = float(data["time"].min()), float(data["time"].max())
    chosen = {name: data[name] for name in _ABOUT_RUNS if name in data}
    for request in requests:
        name, _, word = request.partition("@")
        if name not in data or name in _ABOUT_RUNS:
            known = [str(n) for n in data.data_vars if n not in _ABOUT_RUNS]
            raise UnknownNameError.of("observable", name, known)
        try:
            day = float(word) if "@" in request else last
        except ValueError:
            day = np.nan
        if not first <= day <= last:
            raise InvalidValueError(
                f"'{request}' asks for a day that was not simulated",
                f"Write {name}@DAY with a day from {first:g} to {last:g}",
            )
        label = f"{name}@{day_word(day)}"
        value = data[name].interp(time=day).drop_vars("time")
        title = data[name].attrs.get("long_name", name)
        chosen[label] = value.assign_attrs(
            {**data[name].attrs, "long_name": f"{title}, day {day:g}"}
        )
    return xr.Dataset(chosen)


def day_word(day: float) -> str:
    """Return a day as short as it can be written without becoming another day."""
    short = f"{day:g}"
    return short if float(short) == day else repr(float(day))
