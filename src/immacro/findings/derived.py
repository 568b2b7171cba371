"""Observables that a study computes from the tumour's course, and what is undetectable.

=========================== ===============================================================
``ici_response``            1 - burden / burden in the arm's reference
``log_response``            ln(burden of ``arm_b`` / of ``arm_a``)
``tumour_control``          -ln(burden / burden on the context's standard day)
``survival``                first day above 2e9 (mouse) or 1e12 cells (human)
``relapse_free_survival``   first day above 1e9 cells, after surgery if there is one
=========================== ===============================================================

The last two are censored on the day given. Burdens below 1e5 (mouse) or 1e8 cells (human) are read
as that.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from immacro.findings.arms import Arm

Array = npt.NDArray[np.float64]

BURDEN = "tumour_burden"
UNDETECTABLE = {"mouse": 1e5, "human": 1e8}
LETHAL = {"mouse": 2e9, "human": 1e12}
RELAPSE = 1e9

ICI_RESPONSE, LOG_RESPONSE, CONTROL = "ici_response", "log_response", "tumour_control"
SURVIVAL, RELAPSE_FREE = "survival", "relapse_free_survival"
#: Derived observable -> what must be simulated for it.
NEEDS = dict.fromkeys((ICI_RESPONSE, LOG_RESPONSE, CONTROL, SURVIVAL, RELAPSE_FREE), BURDEN)
#: Those that follow a whole course.
TIMES = (SURVIVAL, RELAPSE_FREE)
UNITS = {SURVIVAL: "day", RELAPSE_FREE: "day"}


def is_burden(observable: str) -> bool:
    """Tell whether an observable is a number of tumour cells."""
    return observable == BURDEN or observable.endswith(f"_{BURDEN}")


def detectable(values: Array, observable: str, host: str) -> Array:
    """Return values as they are read: burdens not below what can be detected."""
    if not is_burden(observable):
        return values
    return np.asarray(np.maximum(values, UNDETECTABLE.get(host, 0.0)))


def response(burden: float, reference: float) -> float:
    """Return the response to a therapy."""
    return 1 - burden / reference


def log_response(burden_a: float, burden_b: float) -> float:
    """Return how much smaller the tumour is in ``arm_a``, as a logarithm."""
    return math.log(burden_b / burden_a)


def time_above(
    name: str, times: Array, burden: Array, host: str, censored: float, arm: Arm
) -> float:
    """Return the first day on which a burden is above the limit of a survival, or ``censored``."""
    limit = LETHAL[host] if name == SURVIVAL else RELAPSE
    start = dict(arm.settings).get("surgery_day", 0.0) if name == RELAPSE_FREE else 0.0
    kept = (times > start) & (times <= censored) if start else times <= censored
    days, course = times[kept], burden[kept]
    above = np.flatnonzero(course > limit)
    if not len(above):
        return censored
    i = int(above[0])
    if i == 0:
        return float(days[0])
    low, high = math.log(max(course[i - 1], 1.0)), math.log(course[i])
    share = (math.log(limit) - low) / (high - low)
    return float(days[i - 1] + share * (days[i] - days[i - 1]))
