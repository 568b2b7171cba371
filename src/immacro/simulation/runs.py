"""Single runs as data: described, carried out anywhere, and told apart when they fail.

``RunSpec`` is all that a run needs and can be pickled; ``run_one`` carries it out in whichever
process it arrives, with that process's one loaded engine. A run that fails has values of NaN and a
reason, and never stops the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from immacro.errors import SimulationError
from immacro.simulation.contents import Output
from immacro.simulation.engine import Array
from immacro.simulation.source import engine_for


@dataclass(frozen=True)
class RunSpec:
    """One run of one file.

    Attributes:
        path: the SBML file.
        sha256: its hash.
        values: checked settings.
        burn_in: days of equilibration before the onset, 0 for none.
        days: length of the run.
        points: number of reported times, both ends included.
        outputs: what to report.
    """

    path: str
    sha256: str
    values: dict[str, float]
    burn_in: float
    days: float
    points: int
    outputs: tuple[Output, ...]

    def with_settings(self, values: dict[str, float], burn_in: float) -> RunSpec:
        """Return the same run under other settings."""
        return replace(self, values=values, burn_in=burn_in)

    @property
    def times(self) -> Array:
        """The reported times, in days from the onset."""
        return np.linspace(0.0, self.days, self.points)


@dataclass(frozen=True)
class RunResult:
    """What came of a run: a row per time and a column per output, or NaN and the reason."""

    values: Array
    reason: str = ""


def simulate(spec: RunSpec) -> Array:
    """Carry out a run.

    Raises:
        SimulationError: it fails.
    """
    engine = engine_for(spec.path, spec.sha256)
    return engine.run(spec.values, spec.times, spec.outputs, spec.burn_in)


def run_one(spec: RunSpec) -> RunResult:
    """Carry out a run, failing with NaN and a reason."""
    try:
        return RunResult(simulate(spec))
    except SimulationError as error:
        return RunResult(np.full((spec.points, len(spec.outputs)), np.nan), str(error))
