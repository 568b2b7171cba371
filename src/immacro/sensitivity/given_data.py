"""Indices from any random sample: delta, PAWN, RSA and HDMR.

**delta** (`delta`). Borgonovo's moment-independent delta with the bias reduction of Plischke et al.
(2013), as SALib's ``delta_raw``. Smoothing and coarse classes make it too small for sharp or
many-peaked outputs, sampling noise makes it too large for weak factors, and a bootstrap sees
neither. So the interval runs from the bootstrap's lower end less the dummy's delta (the noise) to
the bootstrap's upper end of the same estimator with four times the classes and a quarter of the
bandwidth, extrapolated by a third of the difference (what smoothing hides, if its error is
proportional to the bandwidth). That is an allowance, not a theorem.

**PAWN** (`pawn`). Kolmogorov distances between the output in slices of a factor and all outputs:
median, mean and maximum over slices. Never zero, not even for a factor without effect: read it
against the dummy. Intervals: delete-half jackknife.

**RSA** (`rsa`). Cramér-von Mises distances between the factor in bins of the output and outside
them, mean and maximum over bins. SALib's statistic grows with the number of rows; here it is
divided by n·m/(n+m), so that it converges. Intervals: delete-half jackknife.

**HDMR** (`hdmr`). S1, S2 and ST from polynomials of degree ``order`` in one and two factors, by
SALib's enhanced HDMR without its extended basis, which multiplies the unknowns and is not needed
for independent factors. ``explained`` is the share of variance that the polynomials explain,
adjusted for their number: where it is far below 1, the indices are of the polynomials, not of the
model. Intervals: SALib's, from random halves.
"""

from __future__ import annotations

import math

import numpy as np
from SALib.analyze import delta as salib_delta
from SALib.analyze import enhanced_hdmr as salib_hdmr
from SALib.analyze import pawn as salib_pawn
from SALib.analyze import rsa as salib_rsa

from immacro.sensitivity import ranks, seeds
from immacro.sensitivity.density import KernelDelta, class_count, classes
from immacro.sensitivity.resampling import Estimate, FloatArray, Sample, spread
from immacro.sensitivity.sampling import problem


def delta(sample: Sample) -> dict[str, Estimate]:
    """Analyse densities."""
    rows, outputs = sample.y.shape
    coarse = class_count(rows)
    fine = max(coarse, min(4 * coarse, rows // 8))
    settings = ((coarse, 1.0), (fine, 0.25))
    drawn = np.random.default_rng(sample.seed).integers(rows, size=(sample.resamples, rows))
    everything = np.arange(rows)
    estimators = [KernelDelta(sample.y[:, output]) for output in range(outputs)]
    grids = [np.linspace(e.y.min(), e.y.max(), 100) for e in estimators]
    edges = np.linspace(0, rows, coarse + 1)

    value, low, high = np.empty((3, sample.size, outputs))
    for j in range(sample.size):
        x = sample.unit[:, j]
        whole = np.empty((2, outputs))
        resampled = np.empty((2, sample.resamples, outputs))
        for setting, (count, narrow) in enumerate(settings):
            class_of = classes(x, count)
            whole[setting] = [e(everything, class_of, count, narrow) for e in estimators]
            for r, picked in enumerate(drawn):
                class_of = classes(x[picked], count)
                resampled[setting, r] = [e(picked, class_of, count, narrow) for e in estimators]
        with seeds.contained(sample.seed):
            found = np.array(
                [
                    salib_delta.calc_delta(e.y, grid, x, edges)
                    for e, grid in zip(estimators, grids, strict=True)
                ]
            )
        half = sample.z * np.array([spread(resampled[0]), spread(resampled[1])])
        reduced = 2 * whole - resampled.mean(axis=1)
        value[j] = found + reduced[0] - whole[0]
        low[j] = value[j] - half[0]
        further = np.maximum(reduced[1] - value[j], 0.0) / 3
        high[j] = np.maximum(value[j] + half[0], reduced[1] + further + half[1])
    if sample.dummy is not None:
        low -= np.maximum(value[sample.dummy], 0.0)
    return {"delta": Estimate(value, np.maximum(low, 0.0), np.minimum(high, 1.0))}


def pawn(sample: Sample) -> dict[str, Estimate]:
    """Analyse cumulative distributions in slices of each factor."""
    count, outputs = sample.options["slices"], sample.y.shape[1]
    names = ("median", "mean", "maximum")
    values = {name: np.empty((sample.size, outputs)) for name in names}
    with seeds.contained(sample.seed):
        for output in range(outputs):
            found = salib_pawn.analyze(
                problem(sample.labels), sample.unit, sample.y[:, output], S=count
            )
            for name in names:
                values[name][:, output] = found[name]
    slice_of = np.stack(
        [ranks.slices(sample.unit[:, j], count) for j in range(sample.size)], axis=1
    )
    distances = np.stack(
        [
            [ranks.kolmogorov(slice_of[half], count, sample.y[half, m]) for m in range(outputs)]
            for half in sample.halves()
        ]
    ).swapaxes(1, 2)
    resampled = {
        "median": np.nanmedian(distances, axis=-1),
        "mean": np.nanmean(distances, axis=-1),
        "maximum": np.nanmax(distances, axis=-1),
    }
    return {
        f"pawn_{name}": Estimate.symmetric(values[name], sample.z * spread(resampled[name]))
        for name in names
    }


def rsa(sample: Sample) -> dict[str, Estimate]:
    """Analyse where in the factors' ranges each bin of the output comes from."""
    count, outputs = sample.options["bins"], sample.y.shape[1]
    profiles = np.empty((sample.size, outputs, count))
    for output in range(outputs):
        y = sample.y[:, output]
        members = np.bincount(ranks.bins(y, count), minlength=count)
        statistic = salib_rsa.rsa(sample.unit, y, count, "Y")
        profiles[:, output] = ranks.distance(statistic.T, members, len(y))
    resampled = np.array([_rsa_profiles(sample, half) for half in sample.halves()])
    return {
        f"rsa_{name}": Estimate.symmetric(over(profiles), sample.z * spread(over(resampled)))
        for name, over in (("mean", _mean), ("maximum", _maximum))
    }


def _rsa_profiles(sample: Sample, rows: ranks.IntArray) -> FloatArray:
    """Return (factor, output, bin) distances of some rows."""
    count = sample.options["bins"]
    unit, y = sample.unit[rows], sample.y[rows]
    orders = np.argsort(unit, axis=0)
    profiles = np.empty((sample.size, y.shape[1], count))
    for output in range(y.shape[1]):
        bin_of = ranks.bins(y[:, output], count)
        members = np.bincount(bin_of, minlength=count)
        usable = np.zeros(count, dtype=bool)
        for b in np.flatnonzero(members):
            usable[b] = np.ptp(y[bin_of == b, output]) > 0
        statistic = ranks.cramer_von_mises(orders, bin_of, usable)
        profiles[:, output] = ranks.distance(statistic, members, len(rows))
    return profiles


def _mean(profiles: FloatArray) -> FloatArray:
    return np.asarray(np.nanmean(profiles, axis=-1))


def _maximum(profiles: FloatArray) -> FloatArray:
    return np.asarray(np.nanmax(profiles, axis=-1))


def hdmr(sample: Sample) -> dict[str, Estimate]:
    """Analyse polynomials fitted to random halves of the rows."""
    size, outputs, order = sample.size, sample.y.shape[1], sample.options["order"]
    single = {name: np.empty((2, size, outputs)) for name in ("S1", "ST")}
    pair = np.full((2, size, size, outputs), np.nan)
    explained = np.empty(outputs)
    first, second = np.triu_indices(size, 1)
    for output in range(outputs):
        with seeds.contained(sample.seed):
            found = salib_hdmr.analyze(
                problem(sample.labels),
                sample.unit,
                sample.y[:, output],
                poly_order=order,
                bootstrap=min(sample.resamples, 100),  # SALib takes no more
                extended_base=False,
                seed=sample.seed,
            )
        single["S1"][:, :, output] = found["S"][:size], found["S_conf"][:size]
        single["ST"][:, :, output] = found["ST"][:size], found["ST_conf"][:size]
        pair[:, first, second, output] = found["S"][size:], found["S_conf"][size:]
        pair[:, second, first, output] = pair[:, first, second, output]
        explained[output] = _adjusted(float(found["S_sum"]), len(sample.y) // 2, size, order)
    return {
        **{name: Estimate.symmetric(*parts) for name, parts in single.items()},
        "S2": Estimate.symmetric(*pair),
        "explained": Estimate.symmetric(explained, np.full(outputs, np.nan)),
    }


def unknowns(size: int, order: int) -> int:
    """Return how many coefficients the polynomials have."""
    return size * order + math.comb(size, 2) * order**2


def _adjusted(share: float, rows: int, size: int, order: int) -> float:
    return 1 - (1 - share) * (rows - 1) / (rows - unknowns(size, order) - 1)
