"""The exact answer: one compartment with first-order loss, bolus doses and infusions superposed.

A course is a list of doses and infusions. The amount that is left of each at a time t is

- a dose of amount a given at s: ``a exp(-k (t - s))`` for t >= s, else nothing;
- an infusion of rate r from s to e: ``r/k (1 - exp(-k (min(t, e) - s)))``, which decays after e.

The equation is linear, so the course is their sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Dose:
    """An amount given at once."""

    time: float
    amount: float

    def left(self, times: Array, loss: float) -> Array:
        """Return what is left of the dose; at its own time the dose is there."""
        since = times - self.time
        return np.where(since >= 0, self.amount * np.exp(-loss * np.maximum(since, 0)), 0.0)


@dataclass(frozen=True)
class Infusion:
    """A rate that runs from start to stop."""

    start: float
    stop: float
    rate: float

    def left(self, times: Array, loss: float) -> Array:
        """Return what is left of what has been infused."""
        running = np.clip(times, self.start, self.stop) - self.start
        since = np.maximum(times - self.stop, 0)
        return -self.rate / loss * np.expm1(-loss * running) * np.exp(-loss * since)


Course = Sequence[Dose | Infusion]


def amount(times: Array, course: Course, loss: float) -> Array:
    """Return the amount in the compartment at each time."""
    times = np.asarray(times, dtype=float)
    return np.sum([np.zeros_like(times), *(part.left(times, loss) for part in course)], axis=0)


def doses(amount: float, start: float, interval: float, count: int) -> list[Dose]:
    """Return the regular course that a dosed lever's four parameters describe."""
    return [Dose(start + k * interval, amount) for k in range(count)]
