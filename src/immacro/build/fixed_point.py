"""The healthy fixed point of a file: the amounts that it ships.

A long integration finds it, Newton steps on the network's own rates sharpen it to rounding error,
so that the nine digits written do not depend on the integrator.
"""

from __future__ import annotations

import numpy as np
import roadrunner

from immacro.errors import BuildError
from immacro.simulation import engine

DAYS = 3000.0
#: Largest relative distance to the fixed point that counts as rest.
REST = 1e-10
#: Distances are relative to this many items at least: what health lacks is zero but for rounding.
ABSENT = 1e-6


def amounts(sbml: str) -> tuple[dict[str, float], dict[str, float]]:
    """Return the amounts (item) of the floating species at the start and at rest.

    Raises:
        BuildError: the file does not settle within ``DAYS``.
    """
    rr = engine.load(sbml)
    rr.integrator.relative_tolerance = 1e-10
    rr.integrator.absolute_tolerance = 1e-12
    rr.integrator.maximum_num_steps = 200_000
    rr["onset"] = 10 * DAYS
    rr.reset()
    ids = list(rr.model.getFloatingSpeciesIds())
    start = dict(zip(ids, map(float, rr.model.getFloatingSpeciesAmounts()), strict=True))
    rr.simulate(0, DAYS, 2)
    x, distance = _polish(rr, np.array(rr.model.getFloatingSpeciesAmounts()))
    if not np.all(distance <= REST):
        worst = ids[int(np.argmax(distance))]
        raise BuildError(
            f"The model has no healthy state at rest: after {DAYS:g} days {worst} is still "
            f"{distance.max():.2g} of itself away",
            "Look at its course; derive production from baseline and turnover",
        )
    x[np.abs(x) < 1e-12] = 0.0
    return start, dict(zip(ids, x.tolist(), strict=True))


def _rates(rr: roadrunner.RoadRunner, x: np.ndarray) -> np.ndarray:
    rr.model.setFloatingSpeciesAmounts(x)
    return np.array(rr.getRatesOfChange())


def _polish(
    rr: roadrunner.RoadRunner, x: np.ndarray, steps: int = 8
) -> tuple[np.ndarray, np.ndarray]:
    """Take Newton steps with a central-difference Jacobian, unknowns scaled to order one.

    Returns:
        The amounts, and the size of the last step relative to them: the distance that is left.
    """
    step = np.full(x.size, np.inf)
    for _ in range(steps):
        scale = np.maximum(np.abs(x), 1e-9)
        jacobian = np.empty((x.size, x.size))
        for j in range(x.size):
            h = 1e-4 * scale[j]
            up, down = x.copy(), x.copy()
            up[j] += h
            down[j] -= h
            jacobian[:, j] = (_rates(rr, up) - _rates(rr, down)) / (2 * h) * scale[j]
        rows = np.maximum(np.abs(jacobian).max(axis=1), 1e-300)
        step, *_ = np.linalg.lstsq(jacobian / rows[:, None], -_rates(rr, x) / rows, rcond=1e-14)
        x = x + step * scale
        if np.abs(step).max() < 1e-12:
            break
    return x, np.abs(step) * scale / np.maximum(np.abs(x), ABSENT)
