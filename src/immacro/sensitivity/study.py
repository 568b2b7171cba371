"""A study: a design that turns its outputs into indices.

    study = Study(parse(["levers"], model), "sobol", samples=512, seed=1)
    outputs = run_many(model, study.parameters)
    indices = study.analyse(outputs)

This is `design` and `analysis` put together: an analysis needs a design and no study.
"""

from __future__ import annotations

from typing import Any

import xarray as xr

from immacro.sensitivity.analysis import analyse
from immacro.sensitivity.design import Design


class Study(Design):
    """A sensitivity study before and after its runs; what it takes is said at `design.Design`."""

    def analyse(self, outputs: Any, **arguments: Any) -> xr.Dataset:
        """Return the indices; see `analysis.analyse`."""
        return analyse(self, outputs, **arguments)
