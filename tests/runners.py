"""Packaged models in roadrunner, loaded once per process: loading takes longer than any run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

import immacro

#: What a tumour secretes, as levers of the composed model act on it.
DRIVERS = ("gcsf", "gmcsf", "il6", "vegf", "il8", "ccl2", "tnf", "il1b", "il17", "oxysterol",
           "exosomes")  # fmt: skip
#: Host -> a tumour of the composed model, and the day on which it is read.
READ = {"mouse": ("at3", 28), "human": ("breast", 360)}


def silenced(*but: str) -> dict[str, float]:
    """Return levers by which a tumour secretes nothing but these drivers."""
    return {f"{stem}_strength": 0.0 for stem in DRIVERS if stem not in but}


@cache
def runner(name: str, host: str = "mouse") -> Any:
    """Return the one instance of a model; whoever takes it calls ``resetAll`` first."""
    return immacro.load(name, host=host).roadrunner()


def course(
    rr: Any, settings: Mapping[str, float], names: Iterable[str], days: float, points: int
) -> np.ndarray:
    """Reset an instance, set numbers in it and return the columns ``names`` over time."""
    rr.resetAll()
    for identifier, value in settings.items():
        rr[identifier] = value
    rr.reset()
    rr.timeCourseSelections = list(names)
    return np.array(rr.simulate(0, days, points))
