"""Worker processes: the same bits as here, and no death or hanging run stops or spoils a study."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ensemble_hazards as hazards
import numpy as np
import pandas as pd
import pytest
import xarray as xr

import immacro
from immacro.ensemble import dispatch
from immacro.ensemble.backends import InThisProcess, Work
from immacro.ensemble.chunks import ChunkResult
from immacro.ensemble.plan import Plan, plan, report_times
from immacro.ensemble.workers import Workers
from immacro.errors import InvalidValueError, SbmlError, SimulationError
from immacro.simulation.engines import pack

RUNS = 8


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    """Let hazards take notes; returns how often something happened."""
    monkeypatch.setenv("HAZARDS", str(tmp_path))
    return lambda name: len(list(tmp_path.glob(f"{name}.*")))


@pytest.fixture(scope="module")
def doses(tiny: immacro.Model) -> Plan:
    table = pd.DataFrame({"drug_dose": np.linspace(0, 100, RUNS)})
    return plan(tiny, table, None, report_times(10, 3, None), "cells_blood")


@pytest.fixture(scope="module")
def expected(doses: Plan) -> np.ndarray:
    return hazards.run_chunk(doses.chunk(range(RUNS))).values


def carried_out(
    planned: Plan, work: Work, limit: float | None = None, workers: int = 2
) -> tuple[np.ndarray, dict[int, str]]:
    """Carry out all runs of a plan; return their values and the reasons of those that failed."""
    values = np.full((len(planned), len(planned.times), len(planned.outputs)), 7.0)
    came: list[int] = []
    reasons = {}

    def finish(result: ChunkResult) -> None:
        came.extend(result.runs)
        values[list(result.runs)] = result.values
        reasons.update({r: t for r, t in zip(result.runs, result.reasons, strict=True) if t})

    backend = Workers(workers, planned.chunk(()), limit, work)
    try:
        dispatch.carry_out(planned, range(len(planned)), backend, finish, time_limit=limit)
    finally:
        backend.close()
    assert sorted(came) == list(range(len(planned)))
    return values, reasons


class TestDeaths:
    def test_a_run_whose_worker_is_killed_once_is_not_lost(
        self, doses: Plan, expected: np.ndarray, notes: Callable[[str], int]
    ) -> None:
        values, reasons = carried_out(doses, hazards.die_once)
        assert notes("death") >= 2  # the second time it lived
        assert reasons == {}
        assert np.array_equal(values, expected)

    def test_only_the_run_that_kills_its_worker_twice_has_failed(
        self, doses: Plan, expected: np.ndarray, notes: Callable[[str], int]
    ) -> None:
        values, reasons = carried_out(doses, hazards.die_always)
        assert reasons == {3: "The run's worker was killed by signal 11, 2 times"}
        assert np.isnan(values[3]).all()
        others = [i for i in range(RUNS) if i != 3]
        assert np.array_equal(values[others], expected[others])
        assert notes("death") in (2, 3)

    def test_a_worker_killed_while_it_sends_holds_nobody_up(
        self, doses: Plan, expected: np.ndarray, notes: Callable[[str], int]
    ) -> None:
        values, reasons = carried_out(doses, hazards.die_while_sending)
        assert notes("death") >= 2
        assert reasons == {}
        assert np.array_equal(values, expected)

    def test_workers_that_always_die_end_the_study(
        self, doses: Plan, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dispatch, "DEATHS_IN_A_ROW", 3)
        with pytest.raises(SimulationError, match=r"3 workers in a row died .*exit code 7"):
            carried_out(doses, hazards.die_on_anything)

    def test_workers_that_die_while_loading_end_the_study(self, doses: Plan) -> None:
        with pytest.raises(SimulationError, match="exit code 9 while it loaded the model"):
            carried_out(doses, hazards.die_while_loading, workers=1)

    def test_a_file_that_cannot_be_loaded_is_an_error_and_not_a_death(
        self, tiny: immacro.Model, doses: Plan
    ) -> None:
        broken = replace(doses, sha256="0", packed=pack("<sbml/>", tiny.source.contents))
        with pytest.raises(SbmlError, match="cannot load the file"):
            carried_out(broken, hazards.run_chunk, workers=1)


class TestTimeLimit:
    def test_a_run_that_does_not_end_fails_alone(
        self, doses: Plan, expected: np.ndarray, notes: Callable[[str], int]
    ) -> None:
        values, reasons = carried_out(doses, hazards.hang, limit=1.0)
        assert reasons == {3: "The run exceeded the time limit of 1 s"}
        assert notes("hang") <= 2
        others = [i for i in range(RUNS) if i != 3]
        assert np.array_equal(values[others], expected[others])

    def test_a_model_that_takes_too_long_is_stopped(self, busy: immacro.Model) -> None:
        table = pd.DataFrame({"gap": [1.0, 1e-6, 0.5]})
        begun = time.monotonic()
        data = immacro.run_many(
            busy, table, points=2, time_limit=1.5, workers=1, observables="x", progress=False
        )
        assert data.failed.values.tolist() == [False, True, False]
        assert data.reason.values[1] == "The run exceeded the time limit of 1.5 s"
        assert np.isnan(data.x.values[1]).all()
        assert time.monotonic() - begun < 60
        assert children() == []

    @pytest.mark.parametrize("limit", [0, -1, float("nan"), float("inf"), "3"])
    def test_a_limit_that_is_none_is_refused(self, tiny: immacro.Model, limit: float) -> None:
        with pytest.raises(InvalidValueError, match="time_limit"):
            immacro.run_many(tiny, pd.DataFrame(index=[0]), time_limit=limit)


@pytest.fixture(scope="module")
def mixed() -> pd.DataFrame:
    """Runs of all kinds: dosed, with changed biology, and two that fail."""
    chance = np.random.default_rng(4)
    table = pd.DataFrame(
        {
            "drug_dose": chance.uniform(0, 100, 24),
            "boost_strength": chance.uniform(0, 5, 24),
            "production": np.where(chance.random(24) < 0.5, 100.0, 50.0),
            "burst_strength": 0.0,
        }
    )
    table.loc[[5, 17], ["boost_strength", "burst_strength"]] = [10.0, 100.0]
    return table


@pytest.fixture(scope="module")
def alone(tiny: immacro.Model, mixed: pd.DataFrame) -> xr.Dataset:
    return immacro.run_many(tiny, mixed, days=30, points=31, workers=1)


class TestNumberOfWorkers:
    @pytest.mark.parametrize("workers", [2, 4])
    def test_it_changes_no_bit(
        self, tiny: immacro.Model, mixed: pd.DataFrame, alone: xr.Dataset, workers: int
    ) -> None:
        several = immacro.run_many(tiny, mixed, days=30, points=31, workers=workers)
        assert alone.attrs["failed_runs"] == 2
        assert several.identical(alone)

    def test_nor_in_a_model_with_doses(self) -> None:
        model = immacro.load("gcsf_irf8")
        table = pd.DataFrame({"gcsf_strength": np.linspace(0, 3, 10), "anti_gcsf_dose": 5.0})
        asked = {"days": 40, "points": 5, "observables": "cdc1_blood"}
        alone = immacro.run_many(model, table, workers=1, **asked)
        assert immacro.run_many(model, table, workers=2, **asked).identical(alone)

    def test_nor_does_the_size_of_chunks(
        self,
        tiny: immacro.Model,
        mixed: pd.DataFrame,
        alone: xr.Dataset,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(dispatch, "TARGET_SECONDS", 1e-9)
        assert immacro.run_many(tiny, mixed, days=30, points=31, workers=1).identical(alone)

    @pytest.mark.parametrize("workers", [0, -2, 1.5, "two"])
    def test_a_number_that_is_none_is_refused(self, tiny: immacro.Model, workers: int) -> None:
        with pytest.raises(InvalidValueError, match="is not a number of workers"):
            immacro.run_many(tiny, pd.DataFrame(index=[0]), workers=workers)

    def test_no_worker_outlives_the_study(self, tiny: immacro.Model, mixed: pd.DataFrame) -> None:
        immacro.run_many(tiny, mixed, days=3, points=2, workers=2)
        assert children() == []


class TestChunks:
    def test_they_grow_to_the_target_and_shrink_at_the_end(self, doses: Plan) -> None:
        sizes = sizes_of(doses, runs=5000, seconds_per_run=0.01)
        assert sizes[0] == 1
        assert max(sizes) == 100
        assert sizes[-1] < 10
        assert len(sizes) < 120

    def test_slow_runs_travel_alone(self, doses: Plan) -> None:
        assert set(sizes_of(doses, runs=20, seconds_per_run=3.0)) == {1}

    def test_their_results_stay_small(self, doses: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dispatch, "MAX_BYTES", 8 * 3 * 10)
        assert max(sizes_of(doses, runs=500, seconds_per_run=1e-6)) == 10


def sizes_of(planned: Plan, runs: int, seconds_per_run: float) -> list[int]:
    """Return the sizes of the chunks for runs of a known duration on one worker."""
    sizes: list[int] = []

    def work(chunk: hazards.Chunk) -> ChunkResult:
        count = len(chunk.runs)
        sizes.append(count)
        return ChunkResult(
            chunk.runs, np.zeros((count, 3, 1)), ("",) * count, np.full(count, seconds_per_run)
        )

    values = np.zeros((runs, len(planned.ids)))
    repeated = replace(planned, values=values, burn_in=np.zeros(runs))
    done: list[int] = []
    backend = InThisProcess(work)
    dispatch.carry_out(repeated, range(runs), backend, lambda result: done.extend(result.runs))
    assert done == list(range(runs))
    return sizes


def children() -> list[str]:
    """Return the names of our worker processes that are alive."""
    import multiprocessing

    return [p.name for p in multiprocessing.active_children() if p.name == "immacro-worker"]


def test_memory_stays_flat_over_many_runs(tiny: immacro.Model) -> None:
    resource = pytest.importorskip("resource", reason="needs a POSIX system")
    if not Path("/proc/self/status").exists():
        pytest.skip("needs /proc")
    table = pd.DataFrame({"drug_dose": np.linspace(0, 100, 500)})
    planned = plan(tiny, table, None, report_times(3, 2, None), "cells_blood")
    page = resource.getpagesize()

    def resident() -> float:
        return int(Path("/proc/self/statm").read_text("utf-8").split()[1]) * page / 2**20

    hazards.run_chunk(planned.chunk(range(500)))
    before = resident()
    for _ in range(4):
        hazards.run_chunk(planned.chunk(range(500)))
    assert resident() - before < 5, f"process {os.getpid()} grows"
