"""Functions whose sensitivity is known, as numpy functions and as SBML."""

from __future__ import annotations

import antimony
import numpy as np
import pandas as pd
import roadrunner

from immacro.sensitivity import Factor


class Ishigami:
    """sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 on (-pi, pi)."""

    factors = tuple(Factor(f"x{i}", -np.pi, np.pi) for i in (1, 2, 3))
    formula = "sin(x1) + 7*sin(x2)^2 + 0.1*x3^4*sin(x1)"
    _v1 = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2
    _v2 = 7**2 / 8
    _v13 = 0.1**2 * np.pi**8 * 8 / 225
    _v = _v1 + _v2 + _v13
    s1 = np.array([_v1, _v2, 0]) / _v
    st = np.array([_v1 + _v13, _v2, _v13]) / _v
    s2 = np.array([[np.nan, 0, _v13], [0, np.nan, 0], [_v13, 0, np.nan]]) / _v
    #: Half the area between densities: histograms of 4 million values in 400 bins, 60 slices.
    delta = np.array([0.26, 0.425, 0.21])

    @staticmethod
    def values(table: pd.DataFrame) -> np.ndarray:
        x1, x2, x3 = (table[f"x{i}"].to_numpy() for i in (1, 2, 3))
        return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


class SobolG:
    """The product of (|4 x_i - 2| + a_i) / (1 + a_i) on (0, 1)."""

    a = np.array([0, 1, 4.5, 9])
    factors = tuple(Factor(f"x{i}", 0, 1) for i in (1, 2, 3, 4))
    formula = "*".join(
        f"(abs(4*x{i} - 2) + {a_i:g})/{1 + a_i:g}" for i, a_i in zip((1, 2, 3, 4), a, strict=True)
    )
    _parts = 1 / (3 * (1 + a) ** 2)
    _v = np.prod(1 + _parts) - 1
    s1 = _parts / _v
    st = _parts * np.prod(1 + _parts) / (1 + _parts) / _v
    s2 = np.outer(_parts, _parts) / _v + np.diag(np.full(4, np.nan))
    #: As for Ishigami, in 800 bins.
    delta = np.array([0.548, 0.19, 0.052, 0.029])

    @classmethod
    def values(cls, table: pd.DataFrame) -> np.ndarray:
        x = table[["x1", "x2", "x3", "x4"]].to_numpy()
        return np.prod((np.abs(4 * x - 2) + cls.a) / (1 + cls.a), axis=1)


class Sbml:
    """A known function as an SBML file: constant parameters and one assignment rule."""

    def __init__(self, known: type) -> None:
        self.known = known
        self.factors = known.factors
        constants = "\n".join(f"  {factor.id} = 0.5" for factor in known.factors)
        text = f"model known\n{constants}\n  y := {known.formula}\nend\n"
        antimony.clearPreviousLoads()
        assert antimony.loadAntimonyString(text) != -1, antimony.getLastError()
        self.text = antimony.getSBMLString("known")
        self.runner = roadrunner.RoadRunner(self.text)

    def __getattr__(self, name: str) -> object:
        return getattr(self.known, name)

    def values(self, table: pd.DataFrame) -> np.ndarray:
        names = list(table.columns)
        found = np.empty(len(table))
        for run, row in enumerate(table.to_numpy()):
            for name, value in zip(names, row, strict=True):
                self.runner[name] = value
            found[run] = self.runner["y"]
        return found
