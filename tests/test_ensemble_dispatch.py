"""Where a dying worker takes its neighbours along, only the run that kills it is lost."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import immacro
from immacro.ensemble.backends import Outcome
from immacro.ensemble.chunks import Chunk, ChunkResult, run_chunk
from immacro.ensemble.dispatch import TRIES, carry_out
from immacro.ensemble.plan import plan, report_times


class Infectious:
    """A place where a culprit's chunk takes along all that were handed over with it."""

    capacity = 4
    isolates = False

    def __init__(self, culprits: set[int]) -> None:
        self.culprits = culprits
        self.under_way: list[Chunk] = []

    def submit(self, chunk: Chunk) -> None:
        self.under_way.append(chunk)

    def wait(self, seconds: float) -> list[Outcome]:
        chunks, self.under_way = self.under_way, []
        if self.culprits.intersection(run for chunk in chunks for run in chunk.runs):
            return [Outcome(chunk, fault="died") for chunk in chunks]
        return [Outcome(chunk, run_chunk(chunk)) for chunk in chunks]

    def close(self) -> None:
        self.under_way.clear()


@pytest.mark.parametrize("culprits", [set(), {3}, {0, 1}, {2, 7}, set(range(8))])
def test_bystanders_are_not_blamed(tiny: immacro.Model, culprits: set[int]) -> None:
    table = pd.DataFrame({"drug_dose": np.linspace(0, 100, 8)})
    runs = plan(tiny, table, None, report_times(10, 3, None), "cells_blood")
    reasons: dict[int, str] = {}

    def finish(result: ChunkResult) -> None:
        assert not reasons.keys() & set(result.runs)
        reasons.update(zip(result.runs, result.reasons, strict=True))

    carry_out(runs, range(len(runs)), Infectious(culprits), finish)
    assert len(reasons) == len(runs)
    failed = {run: reason for run, reason in reasons.items() if reason}
    assert failed == dict.fromkeys(culprits, f"The run's worker died, {TRIES} times")
