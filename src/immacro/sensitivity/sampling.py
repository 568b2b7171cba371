"""Designs in the unit cube, one function per kind of design.

Rows are laid out in *blocks* that belong together: a Saltelli cross of one base point, a Morris
trajectory, a base point with its finite differences, a search curve, or a single row. Blocks are
complete and independent of each other, which is what makes it valid to leave some out and to look
at the first of them for convergence.

SALib draws the Saltelli, Morris and Latin designs. Two are laid out here because SALib's cannot be
used as they are, while SALib's analyses read ours unchanged:

- ``fast_sampler`` gives all factors of a curve the same phase, so that factors that share a
  frequency, as they must when factors are many, move as one: eight equal factors of a sum get 0.02
  each instead of 0.125. Here every factor has its own phase (Saltelli, Tarantola and Chan 1999),
  and there are several curves per factor.
- ``finite_diff`` ignores its seed and steps by one per cent of the *value*, which near 0 is less
  than the error of a simulation. Here the base points are a scrambled Sobol' sequence and the step
  is a fixed part of the range, up or down at random.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from SALib.sample import latin as salib_latin
from SALib.sample import morris as salib_morris
from SALib.sample import sobol as salib_sobol
from scipy.stats import qmc

FloatArray = NDArray[np.float64]


def problem(labels: Sequence[str]) -> dict[str, Any]:
    """Return SALib's description of the unit cube.

    Args:
        labels: the group, or else the id, of each column.
    """
    columns = [f"x{i}" for i in range(len(labels))]
    described: dict[str, Any] = {
        "num_vars": len(labels),
        "names": columns,
        "bounds": [[0.0, 1.0] for _ in labels],
    }
    if len(set(labels)) < len(labels):
        described["groups"] = list(labels)
    return described


def saltelli(labels: Sequence[str], samples: int, seed: int, options: dict[str, Any]) -> FloatArray:
    """Cross two scrambled Sobol' matrices; one block per base point."""
    return _floats(
        salib_sobol.sample(
            problem(labels), samples, calc_second_order=options["second_order"], seed=seed
        )
    )


def trajectories(
    labels: Sequence[str], samples: int, seed: int, options: dict[str, Any]
) -> FloatArray:
    """Draw Morris trajectories on a grid of ``levels``; one block each."""
    return _floats(
        salib_morris.sample(problem(labels), samples, num_levels=options["levels"], seed=seed)
    )


def latin(labels: Sequence[str], samples: int, seed: int, options: dict[str, Any]) -> FloatArray:
    """Draw a Latin hypercube; every row is a block."""
    return _floats(salib_latin.sample(problem(labels), samples, seed=seed))


def finite_differences(
    labels: Sequence[str], samples: int, seed: int, options: dict[str, Any]
) -> FloatArray:
    """Follow every base point by one step in each factor; one block per base point."""
    size, step = len(labels), options["step"]
    rng = np.random.default_rng(seed)
    base = qmc.Sobol(size, scramble=True, rng=rng).random(samples)
    steps = np.where(rng.random(base.shape) < 0.5, -step, step)
    steps = np.where((base + steps < 0) | (base + steps > 1), -steps, steps)
    blocks = np.repeat(base[:, np.newaxis, :], size + 1, axis=1)
    for j in range(size):
        blocks[:, j + 1, j] += steps[:, j]
    return _floats(blocks.reshape(-1, size))


def search_curves(
    labels: Sequence[str], samples: int, seed: int, options: dict[str, Any]
) -> FloatArray:
    """Draw eFAST curves, for each replicate one per factor; one block per curve."""
    size, harmonics = len(labels), options["harmonics"]
    rng = np.random.default_rng(seed)
    fast = fundamental(samples, harmonics)
    slowest = max(fast // (2 * harmonics), 1)
    if slowest >= size - 1:
        slow = np.floor(np.linspace(1, slowest, size - 1))
    else:
        slow = np.arange(size - 1) % slowest + 1.0
    angle = 2 * np.pi / samples * np.arange(samples)
    curves = []
    for _ in range(options["curves"]):
        for factor in range(size):
            frequencies = np.insert(slow, factor, fast)
            phases = rng.uniform(0, 2 * np.pi, size)
            waves = np.sin(np.outer(angle, frequencies) + phases)
            curves.append(0.5 + np.arcsin(waves) / np.pi)
    return _floats(np.concatenate(curves))


def fundamental(samples: int, harmonics: int) -> int:
    """Return the frequency that SALib's eFAST gives to the factor under study."""
    return (samples - 1) // (2 * harmonics)


def _floats(unit: Any) -> FloatArray:
    """Return the design within 0..1; Morris' grid overshoots by rounding."""
    return np.clip(np.asarray(unit, dtype=np.float64), 0.0, 1.0)
