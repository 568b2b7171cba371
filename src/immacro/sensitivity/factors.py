"""Factors: what a study varies, between which bounds and how it is distributed.

Every design is drawn in the unit cube and carried to the factors' units by the inverse of their
distribution, so that all methods mean the same by a distribution:

=========== ================================================================
uniform     evenly between ``low`` and ``high``
loguniform  the logarithm evenly; ``low`` must be positive
integer     every whole number from ``low`` to ``high`` equally often (counts)
=========== ================================================================

The *dummy* is one more factor, uniform in 0..1, that no model ever sees. Whatever index it gets is
what the method gives to a factor without any effect: the noise floor of the study.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from immacro.errors import InvalidValueError, UnknownNameError

#: The id that is kept for the factor without effect.
DUMMY_ID = "dummy"

FloatArray = NDArray[np.float64]


def _uniform(unit: FloatArray, low: float, high: float) -> FloatArray:
    return low + unit * (high - low)


def _loguniform(unit: FloatArray, low: float, high: float) -> FloatArray:
    return np.exp(math.log(low) + unit * (math.log(high) - math.log(low)))


def _integer(unit: FloatArray, low: float, high: float) -> FloatArray:
    return low + np.floor(unit * (high - low + 1))


#: Inverse cumulative distribution functions; a further distribution is one more entry.
DISTRIBUTIONS: dict[str, Callable[[FloatArray, float, float], FloatArray]] = {
    "uniform": _uniform,
    "loguniform": _loguniform,
    "integer": _integer,
}


@dataclass(frozen=True)
class Factor:
    """One thing that a study varies.

    Args:
        id: the SBML id.
        low: the lower bound, in the model's unit.
        high: the upper bound, in the model's unit.
        distribution: a key of `DISTRIBUTIONS`.
        group: the group that moves together with this factor, for methods that know groups.
        name: the display name.
        unit: the model's unit, for axes.

    Raises:
        UnknownNameError: the distribution does not exist.
        InvalidValueError: the bounds are not finite, not in order, or not of the distribution.
    """

    id: str
    low: float
    high: float
    distribution: str = "uniform"
    group: str | None = None
    name: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        if self.distribution not in DISTRIBUTIONS:
            raise UnknownNameError.of("distribution", self.distribution, DISTRIBUTIONS)
        object.__setattr__(self, "low", float(self.low))
        object.__setattr__(self, "high", float(self.high))
        span = f"{self.low:g} to {self.high:g}"
        uniform = f"{self.id}={self.low:g}:{self.high:g}:uniform"
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise InvalidValueError(
                f"The range of the factor '{self.id}' is {span}", "Give two finite numbers"
            )
        if not math.isfinite(self.high - self.low):
            raise InvalidValueError(
                f"The range of the factor '{self.id}' is {span}, too wide to compute with",
                "Give a narrower one",
            )
        if not self.low < self.high:
            raise InvalidValueError(
                f"The range of the factor '{self.id}' is {span}",
                "Give a lower bound that is less than the upper one",
            )
        if self.distribution == "loguniform" and self.low <= 0:
            raise InvalidValueError(
                f"The factor '{self.id}' is loguniform but its range starts at {self.low:g}",
                f"Give a positive lower bound or write {uniform}",
            )
        if self.distribution == "integer" and not (
            float(self.low).is_integer() and float(self.high).is_integer()
        ):
            raise InvalidValueError(
                f"The factor '{self.id}' counts, but its range is {span}", "Give two whole numbers"
            )

    def from_unit(self, unit: FloatArray) -> FloatArray:
        """Carry coordinates in 0..1 to the factor's unit; rounding never leaves the range."""
        values = DISTRIBUTIONS[self.distribution](
            np.asarray(unit, dtype=float), self.low, self.high
        )
        return np.clip(values, self.low, self.high)


DUMMY = Factor(DUMMY_ID, 0.0, 1.0, name="dummy (no effect)")
