"""From a design and its outputs to indices.

`analyse` returns a dataset over (observable, factor) and, for courses, time:

- one variable per index of the method (``S1``, ``ST``, ``mu_star`` ...), NaN where it is undefined;
- ``<index>_conf`` with a last dimension ``bound`` of ``low`` and ``high``;
- ``S2`` over (observable, factor, factor2), symmetric, NaN on the diagonal;
- ``explained`` over observables only (HDMR);
- ``note`` over observables (and time): why an index is undefined, or nothing.

The attributes say how it was made: method, samples, runs, seed, options, resamples, level, the
version of SALib, and what was left out.

An output that does not vary has no sensitivity to share out: its indices are NaN, with a note and a
warning, and not 0. "Does not vary" means by less than `CONSTANT` of its size, which is below what a
simulation resolves. The first point of a course gives no warning: all runs start alike.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

import numpy as np
import xarray as xr

from immacro.errors import InvalidValueError
from immacro.sensitivity import seeds
from immacro.sensitivity.completeness import Complete, SensitivityWarning, complete
from immacro.sensitivity.design import Design
from immacro.sensitivity.factors import DUMMY_ID
from immacro.sensitivity.methods import WITH_OUTPUT_UNIT
from immacro.sensitivity.outputs import Outputs, collect
from immacro.sensitivity.resampling import Estimate, FloatArray, IntArray, Sample

#: Relative variation below which an output counts as constant.
CONSTANT = 1e-9
#: Adjusted share of variance below which HDMR's polynomials are said not to describe the model.
_EXPLAINED = 0.8


def analyse(
    study: Design,
    outputs: Any,
    *,
    completion: str | None = None,
    resamples: int | None = None,
    level: float = 0.95,
) -> xr.Dataset:
    """Return the indices of a study.

    Args:
        study: the design.
        outputs: of all its runs, in order: a dataset of (run,) or (run, time) variables with
            ``failed`` and ``reason``, a DataArray, a mapping of columns, or an array over runs.
        completion: ``block`` or ``drop`` to leave out what is incomplete; None refuses it.
        resamples: for the intervals; None takes the method's default.
        level: of the intervals.

    Raises:
        DesignIncompleteError: runs failed or have outputs that are not finite.
        InvalidValueError: the outputs do not fit the design, or an argument makes no sense.
    """
    _check(level, resamples)
    collected = collect(outputs, study.runs)
    whole = complete(study, *collected.unusable(), completion)
    return analyse_blocks(study, collected, whole, whole.blocks, resamples, level)


def _check(level: float, resamples: int | None) -> None:
    if not 0 < level < 1:
        raise InvalidValueError(
            f"The level of the intervals is {level}", "Give one between 0 and 1"
        )
    if resamples is not None and resamples < 2:
        raise InvalidValueError(f"There are {resamples} resamples", "Give at least 2")


def analyse_blocks(
    study: Design,
    outputs: Outputs,
    whole: Complete,
    blocks: IntArray,
    resamples: int | None,
    level: float,
) -> xr.Dataset:
    """Return the indices from some of the blocks; `analyse` and `convergence` share it."""
    rows = (blocks[:, np.newaxis] * study.rows_per_block + np.arange(study.rows_per_block)).ravel()
    flat = outputs.values[rows].reshape(len(rows), -1)
    notes = _notes(flat)
    varying = np.flatnonzero(notes == "")
    estimates: dict[str, Estimate] = {}
    sample = Sample(
        unit=study.unit[rows],
        y=flat[:, varying],
        labels=study.labels,
        dummy=study.names.index(DUMMY_ID) if study.dummy else None,
        blocks=blocks,
        rows_per_block=study.rows_per_block,
        options=study.settled_options,
        seed=seeds.derived(study.seed, "intervals"),
        resamples=resamples or study.kind.resamples,
        level=level,
    )
    if len(varying):
        with np.errstate(invalid="ignore", divide="ignore"):
            estimates = study.kind.analyser(sample)
    else:
        empty = np.full((len(study.names), 0), np.nan)
        estimates = dict.fromkeys(study.kind.indices, Estimate(empty, empty, empty))
    return _Assembler(study, outputs, varying, notes).dataset(
        estimates,
        {
            **_attributes(study, sample, outputs),
            "level": level,
            "unusable_runs": whole.unusable_runs,
            "completion": whole.note,
        },
    )


def _notes(flat: FloatArray) -> Any:
    """Return why each output has no indices, or nothing."""
    low, high = flat.min(axis=0), flat.max(axis=0)
    constant = high - low <= CONSTANT * np.maximum(np.abs(low), np.abs(high))
    return np.array(
        [f"constant: {v:g} in all runs" if c else "" for c, v in zip(constant, high, strict=True)],
        dtype=object,
    )


def _attributes(study: Design, sample: Sample, outputs: Outputs) -> dict[str, Any]:
    return {
        "method": study.method,
        "title": study.kind.title,
        "headline": study.kind.headline,
        "samples": study.n,
        "blocks": len(sample.blocks),
        "runs": len(sample.unit),
        "seed": study.seed,
        "options": json.dumps(study.settled_options, sort_keys=True),
        "dummy": DUMMY_ID if study.dummy else "",
        "resamples": sample.resamples,
        "salib": version("SALib"),
    }


class _Assembler:
    """Puts estimates of varying outputs back among all outputs."""

    def __init__(self, study: Design, outputs: Outputs, varying: IntArray, notes: Any) -> None:
        self.study, self.outputs, self.varying, self.notes = study, outputs, varying, notes
        self.shape = outputs.values.shape[1:]
        self.over_time = outputs.time is not None

    def dataset(self, estimates: dict[str, Estimate], attributes: dict[str, Any]) -> xr.Dataset:
        """Return the labelled result."""
        variables: dict[str, xr.DataArray] = {}
        for name, estimate in estimates.items():
            variables[name] = self._array(estimate.value, name)
            if not np.isnan(estimate.low).all() or not len(self.varying):
                bounds = [self._array(part, name) for part in (estimate.low, estimate.high)]
                variables[f"{name}_conf"] = xr.concat(bounds, "bound").transpose(..., "bound")
        self._warn(variables)
        variables["note"] = self._array(self.notes, "note")
        return xr.Dataset(variables, coords=self._coordinates(), attrs=attributes)

    def _array(self, values: Any, name: str) -> xr.DataArray:
        """Return (observable, factor ..., time) from (factor ..., output)."""
        lead = values.shape[:-1]
        if values.dtype == object:
            full = values
        else:
            full = np.full((*lead, self.shape[0] * self.shape[1]), np.nan)
            full[..., self.varying] = values
        full = np.moveaxis(full.reshape(*lead, *self.shape), len(lead), 0)
        dims = ["observable", *("factor", "factor2")[: len(lead)], "time"]
        array = xr.DataArray(full, dims=dims)
        array = array if self.over_time else array.isel(time=0)
        return array.assign_attrs(units="output" if name in WITH_OUTPUT_UNIT else "1")

    def _coordinates(self) -> dict[str, Any]:
        titles = {f.id: f.name or f.id for f in self.study.columns}
        coordinates: dict[str, Any] = {
            "observable": list(self.outputs.observables),
            "observable_name": ("observable", list(self.outputs.titles)),
            "observable_units": ("observable", list(self.outputs.units)),
            "factor": list(self.study.names),
            "factor_name": ("factor", [titles.get(n, n) for n in self.study.names]),
            "bound": ["low", "high"],
        }
        if self.outputs.time is not None:
            attributes = {"units": self.outputs.time_units}
            coordinates["time"] = ("time", self.outputs.time, attributes)
        return coordinates

    def _warn(self, variables: dict[str, xr.DataArray]) -> None:
        by_observable = self.notes.reshape(self.shape) != ""
        if self.over_time:
            by_observable[:, 0] &= by_observable[:, 1:].any(axis=1)
        constant = [
            name if row.all() else f"{name} ({int(row.sum())} time points)"
            for name, row in zip(self.outputs.observables, by_observable, strict=True)
            if row.any()
        ]
        if constant:
            _warn(f"No indices, because the output does not vary: {_listed(constant)}.")
        if "explained" in variables:
            least = float(variables["explained"].min())
            if least < _EXPLAINED:
                _warn(
                    f"HDMR's polynomials explain only {max(least, 0):.0%} of the variance of an"
                    " output: its indices are those of the polynomials. Raise the order and the"
                    " samples, or use sobol."
                )


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def _warn(text: str) -> None:
    warnings.warn(text, SensitivityWarning, stacklevel=7)
