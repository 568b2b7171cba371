"""Screening: Morris' elementary effects and derivative-based measures.

Both are in the unit cube, so an effect is per *whole range* of a factor on its distribution's scale
(the logarithm's, if it is loguniform), and factors of different units compare.

**Morris** (`morris`). ``mu`` mean, ``mu_star`` mean of the absolute values and ``sigma`` standard
deviation of the elementary effects, in the output's unit. Intervals: bootstrap over trajectories.
With few trajectories (10 to 20) they are rough. Of a group of factors only ``mu_star`` means
something; the others are NaN.

**DGSM** (`dgsm`). ``vi`` is the mean squared derivative and ``dgsm = vi / (pi² · variance)``, an
upper bound of the total index ST (Sobol' and Kucherenko 2009). Intervals: bootstrap over base
points, of the numerator and the variance together (SALib's ``dgsm_conf`` is in units of ``vi``).
"""

from __future__ import annotations

import numpy as np
from SALib.analyze import dgsm as salib_dgsm
from SALib.analyze import morris as salib_morris

from immacro.sensitivity import seeds
from immacro.sensitivity.resampling import Estimate, FloatArray, Sample, spread
from immacro.sensitivity.sampling import problem


def morris(sample: Sample) -> dict[str, Estimate]:
    """Analyse Morris trajectories."""
    values = {
        name: np.empty((sample.size, sample.y.shape[1])) for name in ("mu", "mu_star", "sigma")
    }
    with seeds.contained(sample.seed):
        for output in range(sample.y.shape[1]):
            result = salib_morris.analyze(
                problem(sample.labels),
                sample.unit,
                sample.y[:, output],
                num_resamples=2,
                num_levels=sample.options["levels"],
                seed=sample.seed,
            )
            for name, value in values.items():
                value[:, output] = np.ma.filled(result[name], np.nan)
    effects = elementary_effects(sample)
    weights = sample.bootstrap_weights()
    trajectories = effects.shape[0]
    mean = np.einsum("rt,tgm->rgm", weights, effects, optimize=True)
    square = np.einsum("rt,tgm->rgm", weights, effects**2, optimize=True)
    absolute = np.einsum("rt,tgm->rgm", weights, np.abs(effects), optimize=True)
    variance = np.maximum(square - mean**2, 0.0) * trajectories / (trajectories - 1)
    widths = {
        "mu": sample.z * spread(mean),
        "mu_star": sample.z * spread(absolute),
        "sigma": sample.z * spread(np.sqrt(variance)),
    }
    joint = np.array([sample.labels.count(label) > 1 for label in dict.fromkeys(sample.labels)])
    for name in ("mu", "sigma"):
        values[name][joint] = np.nan
    return {name: Estimate.symmetric(values[name], widths[name]) for name in values}


def elementary_effects(sample: Sample) -> FloatArray:
    """Return the effects as (trajectory, label, output).

    The sign is that of the change of the first member of a group.
    """
    unit, y = sample.by_block(sample.unit), sample.by_block(sample.y)
    change, response = np.diff(unit, axis=1), np.diff(y, axis=1)
    names = list(dict.fromkeys(sample.labels))
    column_of = [sample.labels.index(name) for name in names]
    steps = change[:, :, column_of]
    moved = np.abs(steps) > 1e-9
    delta = sample.options["levels"] / (2.0 * (sample.options["levels"] - 1))
    effects = np.einsum("tsg,tsm->tgm", moved * np.sign(steps), response, optimize=True)
    return np.asarray(effects / delta)


def dgsm(sample: Sample) -> dict[str, Estimate]:
    """Analyse base points with finite differences."""
    values = {name: np.empty((sample.size, sample.y.shape[1])) for name in ("vi", "dgsm")}
    with seeds.contained(sample.seed):
        for output in range(sample.y.shape[1]):
            result = salib_dgsm.analyze(
                problem(sample.labels),
                sample.unit,
                sample.y[:, output],
                num_resamples=2,
                seed=sample.seed,
            )
            for name, value in values.items():
                value[:, output] = result[name]
    unit, y = sample.by_block(sample.unit), sample.by_block(sample.y)
    step = np.diagonal(unit[:, 1:, :] - unit[:, :1, :], axis1=1, axis2=2)
    derivative = (y[:, 1:, :] - y[:, :1, :]) / step[:, :, np.newaxis]
    base = y[:, 0, :] - y[:, 0, :].mean(axis=0)
    weights = sample.bootstrap_weights()
    vi = np.einsum("rb,bgm->rgm", weights, derivative**2, optimize=True)
    variance = weights @ base**2 - (weights @ base) ** 2
    bound = vi / (np.pi**2 * variance[:, np.newaxis, :])
    return {
        "vi": Estimate.symmetric(values["vi"], sample.z * spread(vi)),
        "dgsm": Estimate.symmetric(values["dgsm"], sample.z * spread(bound)),
    }
