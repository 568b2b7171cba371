"""A single run as data: all that an engine is told."""

from __future__ import annotations

from dataclasses import dataclass

from immacro.simulation.contents import Output
from immacro.simulation.engine import Array


@dataclass(frozen=True)
class RunSpec:
    """One run of a file.

    Attributes:
        values: checked settings.
        burn_in: days of equilibration before the onset, 0 for none.
        times: the reported times, in days from the onset.
        outputs: what to report.
    """

    values: dict[str, float]
    burn_in: float
    times: Array
    outputs: tuple[Output, ...]
