"""Spearman's rank correlation with its interval, also partial.

The 95 % interval is that of Fisher's transform with the variance of Bonett and Wright (2000), which
holds for ranks; a partial correlation has one degree of freedom less.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from immacro.findings.derived import Array

_LEVEL = 0.95


@dataclass(frozen=True)
class Correlation:
    """Spearman's rho with its 95 % interval; NaN where nothing can be ranked."""

    rho: float
    low: float
    high: float

    def __str__(self) -> str:
        if not math.isfinite(self.rho):
            return "not defined"
        return f"rho {self.rho:.2f} ({self.low:.2f} to {self.high:.2f})"


def correlation(x: Array, y: Array, fixed: Array | None = None) -> Correlation:
    """Return Spearman's rho of two samples, partial for a third if there is one."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ranks = [stats.rankdata(values) for values in (x, y, *([] if fixed is None else [fixed]))]
        if any(np.ptp(r) == 0 for r in ranks[:2]):
            return Correlation(math.nan, math.nan, math.nan)
        table = np.corrcoef(ranks)
    rho = float(table[0, 1])
    given = 0
    if fixed is not None and np.ptp(ranks[2]) > 0:
        xz, yz = float(table[0, 2]), float(table[1, 2])
        left = (1 - xz**2) * (1 - yz**2)
        if left <= 0:
            return Correlation(math.nan, math.nan, math.nan)
        rho, given = (rho - xz * yz) / math.sqrt(left), 1
    rho = min(max(rho, -1.0), 1.0)
    if abs(rho) == 1.0:
        return Correlation(rho, rho, rho)
    error = math.sqrt((1 + rho**2 / 2) / (len(x) - 3 - given))
    half = float(stats.norm.ppf(0.5 + _LEVEL / 2)) * error
    centre = math.atanh(rho)
    return Correlation(rho, math.tanh(centre - half), math.tanh(centre + half))
