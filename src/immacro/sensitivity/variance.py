"""Variance-based indices: Sobol', eFAST and RBD-FAST.

**Sobol'** (`sobol`). S1, ST and, if the design has it, S2, by SALib's estimators (Saltelli et al.
2010, Saltelli 2002). Intervals: SALib's bootstrap over base points, all outputs at once.

**eFAST** (`efast`). S1 and ST from the spectrum along search curves. SALib itself declares its
bootstrap of a curve unreliable, and it is not used. The design has several independent curves per
factor; variances are pooled over all of them (a single curve with few points can be far off), and
the interval is Student's over the replicates. Truncation at ``harmonics`` is the same in all
replicates; it shows as the dummy's ST, by which every interval is widened. That widening is an
allowance, not a theorem, and without a dummy there is none.

**RBD-FAST** (`rbd_fast`). S1 only, bias-corrected by SALib (Tissot and Prieur 2012). Intervals:
delete-half jackknife; SALib's own resamples half of the rows with replacement and is too wide.
"""

from __future__ import annotations

import math

import numpy as np
from SALib.analyze import fast as salib_fast
from SALib.analyze import rbd_fast as salib_rbd
from SALib.analyze import sobol as salib_sobol
from scipy.stats import t as student

from immacro.sensitivity import seeds
from immacro.sensitivity.resampling import Estimate, FloatArray, Sample, spread
from immacro.sensitivity.sampling import fundamental, problem

#: Outputs analysed together; bounds the memory of the bootstrap.
_CHUNK = 32


def sobol(sample: Sample) -> dict[str, Estimate]:
    """Analyse Saltelli blocks."""
    weights = sample.bootstrap_weights()
    y = sample.by_block(sample.y)
    outputs = y.shape[2]
    parts = [
        _sobol_chunk(y[:, :, start : start + _CHUNK], weights, sample)
        for start in range(0, outputs, _CHUNK)
    ]
    return {
        name: Estimate.symmetric(
            np.concatenate([part[name][0] for part in parts], axis=-1),
            np.concatenate([part[name][1] for part in parts], axis=-1),
        )
        for name in parts[0]
    }


def _sobol_chunk(
    y: FloatArray, weights: FloatArray, sample: Sample
) -> dict[str, tuple[FloatArray, FloatArray]]:
    """Return value and half width of each index for a few outputs.

    Dividing by the standard deviation of all rows, and the centring, follow SALib.
    """
    size, second = sample.size, sample.options["second_order"]
    y = (y - y.mean(axis=(0, 1))) / y.std(axis=(0, 1))
    a, b = y[:, 0], y[:, -1]
    ab = [y[:, 1 + j] for j in range(size)]
    mean = weights @ (a + b) / 2
    variance = weights @ (a**2 + b**2) / 2 - mean**2
    flat = np.var(np.concatenate([a, b]), axis=0) <= np.finfo(float).eps
    variance = np.where(variance > np.finfo(float).eps, variance, np.nan)

    shape = (size, y.shape[2])
    s1, st, s1_half, st_half = (np.full(shape, np.nan) for _ in range(4))
    s1_resampled = np.empty((size, *variance.shape))
    for j in range(size):
        s1[j] = salib_sobol.first_order(a, ab[j], b)
        st[j] = salib_sobol.total_order(a, ab[j], b)
        s1_resampled[j] = weights @ (b * (ab[j] - a)) / variance
        s1_half[j] = sample.z * spread(s1_resampled[j])
        st_half[j] = sample.z * spread(weights @ (0.5 * (a - ab[j]) ** 2) / variance)
    found: dict[str, tuple[FloatArray, FloatArray]] = {"S1": (s1, s1_half), "ST": (st, st_half)}
    if second:
        s2, s2_half = (np.full((size, *shape), np.nan) for _ in range(2))
        ba = [y[:, 1 + size + j] for j in range(size)]
        for j in range(size):
            for k in range(j + 1, size):
                s2[j, k] = s2[k, j] = salib_sobol.second_order(a, ab[j], ab[k], ba[j], b)
                both = weights @ (ba[j] * ab[k] - a * b) / variance
                half = sample.z * spread(both - s1_resampled[j] - s1_resampled[k])
                s2_half[j, k] = s2_half[k, j] = half
        found["S2"] = (s2, s2_half)
    for value, half in found.values():
        value[..., flat] = np.nan
        half[..., flat] = np.nan
    return found


def efast(sample: Sample) -> dict[str, Estimate]:
    """Analyse search curves; ``sample.blocks`` says which curves there are."""
    points, harmonics = sample.rows_per_block, sample.options["harmonics"]
    y = sample.by_block(sample.y)
    factor_of = sample.blocks % sample.size
    curves, _, outputs = y.shape
    power = np.abs(np.fft.rfft(y, axis=1)[:, 1 : math.ceil(points / 2)] / points) ** 2
    variance = 2 * power.sum(axis=1)
    shares = np.zeros((2, curves, outputs))
    frequency = fundamental(points, harmonics)
    for curve in range(curves):
        for output in np.flatnonzero(variance[curve] > 0):
            shares[:, curve, output] = salib_fast.compute_orders(
                y[curve, :, output], points, harmonics, frequency
            )
    total = variance.mean(axis=0)
    total_error = spread(variance) / math.sqrt(curves) / total
    found: dict[str, Estimate] = {}
    for name, share in zip(("S1", "ST"), shares, strict=True):
        value, half = np.empty((2, sample.size, outputs))
        for j in range(sample.size):
            part = (share * variance)[factor_of == j] / total
            replicates = len(part)
            value[j] = part.mean(axis=0)
            error = np.hypot(spread(part) / math.sqrt(replicates), value[j] * total_error)
            half[j] = student.ppf(0.5 + sample.level / 2, replicates - 1) * error
        found[name] = Estimate.symmetric(value, half)
    if sample.dummy is None:
        return found
    allowance = np.maximum(found["ST"].value[sample.dummy], 0.0)
    return {
        name: Estimate(e.value, e.low - allowance, e.high + allowance) for name, e in found.items()
    }


def rbd_fast(sample: Sample) -> dict[str, Estimate]:
    """Analyse a Latin hypercube by the spectrum of the output along each sorted factor."""
    harmonics, outputs = sample.options["harmonics"], sample.y.shape[1]
    value = np.empty((sample.size, outputs))
    with seeds.contained(sample.seed):
        for output in range(outputs):
            value[:, output] = salib_rbd.analyze(
                problem(sample.labels),
                sample.unit,
                sample.y[:, output],
                M=harmonics,
                num_resamples=2,
                seed=sample.seed,
            )["S1"]
    resampled = np.array(
        [
            [
                first_order(sample.unit[rows, j], sample.y[rows], harmonics)
                for j in range(sample.size)
            ]
            for rows in sample.halves()
        ]
    )
    return {"S1": Estimate.symmetric(value, sample.z * spread(resampled))}


def first_order(x: FloatArray, y: FloatArray, harmonics: int) -> FloatArray:
    """Return the bias-corrected S1 of one factor for all columns of ``y``, as SALib computes it."""
    order = np.argsort(x)
    order = np.concatenate([order[::2], order[1::2][::-1]])
    power = np.abs(np.fft.rfft(y[order] - y.mean(axis=0), axis=0)) ** 2
    power[1:] *= 2
    if len(x) % 2 == 0:
        power[-1] /= 2
    share = power[1 : harmonics + 1].sum(axis=0) / power[1:].sum(axis=0)
    bias = 2 * harmonics / len(x)
    return np.asarray(share - bias / (1 - bias) * (1 - share))
