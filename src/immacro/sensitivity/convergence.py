"""Do the indices still move when the design grows?

`growth` analyses the first *n* blocks of the design for growing *n*: the first points of a Sobol'
sequence, the first trajectories, the first rows of a sample. These are smaller designs of the same
kind, at no further runs. They are not independent of the whole, so the last change understates a
little how much another doubling would bring; the intervals do not.

The first part of an eFAST curve is not a curve. There, and wherever independent evidence is
wanted, `ladder` gives smaller studies to be run on their own and `join` puts their indices
together.

`verdict` puts it in one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import xarray as xr

from immacro.errors import InvalidValueError
from immacro.sensitivity.analysis import analyse_blocks
from immacro.sensitivity.completeness import complete
from immacro.sensitivity.design import Design
from immacro.sensitivity.methods import SHARES
from immacro.sensitivity.outputs import collect

#: Half width of an interval, and change, at which an index counts as settled.
SETTLED = 0.05

AnyDesign = TypeVar("AnyDesign", bound=Design)


def growth(
    study: Design,
    outputs: Any,
    *,
    sizes: Sequence[int] | None = None,
    completion: str | None = None,
    resamples: int | None = None,
    level: float = 0.95,
) -> xr.Dataset:
    """Return the indices over growing parts of the design, along the dimension ``n``.

    Args:
        study: the design.
        outputs: as for `analysis.analyse`; chosen days rather than whole courses.
        sizes: numbers of blocks; None halves from all of them, up to five times.
        completion: as for `analysis.analyse`.
        resamples: as for `analysis.analyse`.
        level: as for `analysis.analyse`.

    Raises:
        InvalidValueError: parts of this design are no designs, or a size does not fit.
        DesignIncompleteError: as for `analysis.analyse`.
    """
    if not study.kind.nested:
        raise InvalidValueError(
            f"A part of a {study.kind.title} design is not a design",
            "Run the studies that convergence.ladder gives and put them together by join",
        )
    collected = collect(outputs, study.runs)
    whole = complete(study, *collected.unusable(), completion)
    available = len(whole.blocks)
    chosen = sorted(set(sizes)) if sizes is not None else _halved(study, available)
    for size in chosen:
        if size > available:
            raise InvalidValueError(
                f"The design has {available} complete blocks, not {size}", "Ask for fewer"
            )
        if size < available:
            study.kind.check(len(study.names), size, study.settled_options)
    parts = [
        analyse_blocks(study, collected, whole, whole.blocks[:size], resamples, level)
        for size in chosen
    ]
    return _along(chosen, parts, nested=True)


def ladder(study: AnyDesign, sizes: Sequence[int] | None = None) -> list[AnyDesign]:
    """Return separate studies of growing size, each with a design of its own.

    Args:
        study: the largest.
        sizes: the samples of each; None halves from the study's own, up to three times.
    """
    chosen = sorted(set(sizes)) if sizes is not None else _halved(study, study.n)[-4:]
    smaller = [
        replace(study, samples=size, seed=study.seed + 1 + i)
        for i, size in enumerate(size for size in chosen if size != study.n)
    ]
    return [*smaller, study] if study.n in chosen else smaller


def join(indices: Sequence[xr.Dataset]) -> xr.Dataset:
    """Put indices of separate studies together along ``n``, smallest first."""
    parts = sorted(indices, key=lambda part: int(part.attrs["samples"]))
    return _along([int(part.attrs["samples"]) for part in parts], parts, nested=False)


def _halved(study: Design, largest: int) -> list[int]:
    """Halve as long as the method can use what is left."""
    sizes = [largest]
    size = 1 << (largest.bit_length() - 1)
    if size == largest or study.method not in ("sobol", "dgsm"):
        size = largest // 2
    while len(sizes) < 6:
        try:
            study.kind.check(len(study.names), size, study.settled_options)
        except InvalidValueError:
            break
        sizes.append(size)
        size //= 2
    return sorted(sizes)


def _along(sizes: Sequence[int], parts: Sequence[xr.Dataset], *, nested: bool) -> xr.Dataset:
    joined = xr.concat(
        list(parts),
        xr.DataArray(list(sizes), dims="n", name="n"),
        join="exact",
        combine_attrs="override",
        coords="minimal",
        compat="override",
    )
    attributes = {**parts[-1].attrs, "designs": "nested" if nested else "separate"}
    return joined.assign_attrs(attributes)


def verdict(grown: xr.Dataset, index: str | None = None, tolerance: float = SETTLED) -> str:
    """Say whether an index has settled.

    It has, if between the last two sizes no factor's index changed by more than the tolerance and
    at the last size no interval reaches further than that from its estimate. Indices with a unit
    are measured by the largest of their observable.

    Args:
        grown: from `growth` or `join`.
        index: None takes the method's headline index.
        tolerance: see above.
    """
    index = index or str(grown.attrs["headline"])
    value = grown[index]
    scale: Any = 1.0
    if index not in SHARES:
        scale = abs(value.isel(n=-1)).max("factor")
    bounds = grown[f"{index}_conf"].isel(n=-1)
    reach = abs(bounds - value.isel(n=-1)).max("bound") / scale
    sizes = grown["n"].values
    if value.isel(n=-1).isnull().all():
        return f"{index}: no output varies, so there is nothing to settle"
    wide, widest = _largest(reach)
    text = f"intervals reach at most {wide:.2g} from the estimate ({widest})"
    if len(sizes) < 2:
        return f"{index} at N = {sizes[-1]}: {text}; one size says nothing about convergence"
    change, most = _largest(abs(value.isel(n=-1) - value.isel(n=-2)) / scale)
    settled = change <= tolerance and wide <= tolerance
    unit = "" if isinstance(scale, float) else " (in parts of the largest)"
    return (
        f"{index} {'has settled' if settled else 'has not settled'} to within {tolerance:g}{unit}:"
        f" from N = {sizes[-2]} to {sizes[-1]} it changed by at most {change:.2g} ({most}), and"
        f" {text}"
    )


def _largest(array: xr.DataArray) -> tuple[float, str]:
    """Return the largest value and where it is."""
    stacked = array.stack(place=array.dims).dropna("place")
    if not stacked.size:
        return float("nan"), "nowhere"
    at = stacked.isel(place=int(np.argmax(stacked.values)))
    words = [f"{at[dim].item()}" for dim in array.dims if dim != "time"]
    if "time" in array.dims:
        words.append(f"day {at['time'].item():g}")
    return float(at), ", ".join(words)
