"""Executors of others: the same bits as here, and clear words when they fail."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import ensemble_hazards as hazards
import numpy as np
import pandas as pd
import pytest
import xarray as xr

import immacro
from immacro.ensemble import executors
from immacro.ensemble.dispatch import carry_out
from immacro.ensemble.executors import Executing
from immacro.ensemble.plan import Plan, plan, report_times
from immacro.errors import InvalidValueError, SimulationError

GRID = {"days": 10, "points": 6, "progress": False}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    table = pd.DataFrame({"drug_dose": np.linspace(0, 100, 20), "loss": 0.1})
    table.loc[::4, "loss"] = 0.07
    return table


@pytest.fixture(scope="module")
def alone(tiny: immacro.Model, table: pd.DataFrame) -> xr.Dataset:
    return immacro.run_many(tiny, table, workers=1, **GRID)


@pytest.fixture(scope="module")
def doses(tiny: immacro.Model, table: pd.DataFrame) -> Plan:
    return plan(tiny, table, None, report_times(10, 6, None), None)


@pytest.fixture
def processes() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


class TestStandardLibrary:
    def test_processes_give_the_same_bits(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        alone: xr.Dataset,
        processes: ProcessPoolExecutor,
    ) -> None:
        assert immacro.run_many(tiny, table, executor=processes, **GRID).identical(alone)
        assert processes.submit(len, "open").result() == 4

    def test_threads_give_the_same_bits(
        self, tiny: immacro.Model, table: pd.DataFrame, alone: xr.Dataset
    ) -> None:
        with ThreadPoolExecutor(4) as pool:
            assert immacro.run_many(tiny, table, executor=pool, **GRID).identical(alone)

    def test_the_file_on_disk_may_change_meanwhile(
        self, tmp_path: Path, tiny: immacro.Model, table: pd.DataFrame, alone: xr.Dataset
    ) -> None:
        path = tmp_path / "model.xml"
        path.write_bytes(tiny.sbml_path.read_bytes())
        model = immacro.load(path)
        path.unlink()
        assert immacro.run_many(model, table, workers=2, **GRID).sizes == alone.sizes

    def test_a_broken_pool_is_said(self, doses: Plan, processes: ProcessPoolExecutor) -> None:
        backend = Executing(processes, 1, work=hazards.die_on_anything)
        with pytest.raises(SimulationError, match=r"breaks all of it\. Leave the executor out"):
            carry_out(doses, range(len(doses)), backend, lambda _: None)

    def test_a_closed_pool_is_said(self, tiny: immacro.Model, table: pd.DataFrame) -> None:
        pool = ThreadPoolExecutor(1)
        pool.shutdown()
        with pytest.raises(SimulationError, match="takes no more work"):
            immacro.run_many(tiny, table, executor=pool, **GRID)

    def test_a_time_limit_is_refused(self, tiny: immacro.Model, table: pd.DataFrame) -> None:
        with (
            ThreadPoolExecutor(1) as pool,
            pytest.raises(InvalidValueError, match="cannot be kept by another's executor"),
        ):
            immacro.run_many(tiny, table, executor=pool, time_limit=3, **GRID)

    def test_something_else_is_refused(self, tiny: immacro.Model, table: pd.DataFrame) -> None:
        with pytest.raises(InvalidValueError, match="executor is a int"):
            immacro.run_many(tiny, table, executor=4, **GRID)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a Dask scheduler with two worker processes."""
    distributed = pytest.importorskip("distributed")
    import dask

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAZARDS", str(tmp_path_factory.mktemp("hazards")))
        # A worker's death counts at once, where Dask by itself would try the task four times.
        settings = {"distributed.scheduler.allowed-failures": 0}
        with (
            dask.config.set(settings),
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
            ) as started,
        ):
            yield started


class TestDask:
    def test_two_worker_processes_give_the_same_bits(
        self, tiny: immacro.Model, table: pd.DataFrame, alone: xr.Dataset, cluster: Any
    ) -> None:
        address = cluster.scheduler_address
        assert address.startswith("tcp://")
        assert immacro.run_many(tiny, table, executor=address, **GRID).identical(alone)

    def test_a_store_is_filled_and_resumed_there(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        alone: xr.Dataset,
        cluster: Any,
        tmp_path: Path,
    ) -> None:
        asked = {"executor": cluster.scheduler_address, "store": tmp_path, **GRID}
        assert immacro.run_many(tiny, table, **asked).identical(alone)
        (tmp_path / "chunks" / "000001.nc").unlink()
        assert immacro.run_many(tiny, table, resume=True, **asked).identical(alone)

    def test_only_the_run_that_kills_its_workers_has_failed(
        self, doses: Plan, cluster: Any
    ) -> None:
        reasons: dict[int, str] = {}
        with executors.dask(cluster.scheduler_address) as backend:
            backend._work = hazards.die_always
            carry_out(
                doses,
                range(len(doses)),
                backend,
                lambda result: reasons.update(zip(result.runs, result.reasons, strict=True)),
            )
            backend.close()
        assert len(reasons) == len(doses)
        assert {run for run, reason in reasons.items() if reason} == {hazards.CULPRIT}
        assert reasons[hazards.CULPRIT] == "The run's worker died, 2 times"

    def test_a_run_tried_again_is_computed_again(self, doses: Plan, cluster: Any) -> None:
        with executors.dask(cluster.scheduler_address) as backend:
            backend._work = hazards.take_note
            for _ in range(2):
                backend.submit(doses.chunk([0]))
            returned = [outcome for _ in range(20) for outcome in backend.wait(1)]
        assert len(returned) == 2
        assert hazards.noted("chunk") == 2

    def test_nobody_at_the_address_is_said(
        self, tiny: immacro.Model, table: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip("distributed")
        monkeypatch.setattr(executors, "PATIENCE", 0.5)
        with pytest.raises(InvalidValueError, match="No Dask scheduler answers at tcp://127"):
            immacro.run_many(tiny, table, executor="tcp://127.0.0.1:9", **GRID)

    @pytest.mark.parametrize("address", ["localhost:8786", "", "nonsense://x:1", "tcp://"])
    def test_an_address_that_is_none_is_refused(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        address: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(executors, "PATIENCE", 0.5)
        with pytest.raises(InvalidValueError, match="Dask scheduler"):
            immacro.run_many(tiny, table, executor=address, **GRID)

    def test_a_scheduler_without_workers_is_said(
        self, tiny: immacro.Model, table: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        distributed = pytest.importorskip("distributed")
        monkeypatch.setattr(executors, "PATIENCE", 1.0)
        with (
            distributed.LocalCluster(n_workers=0, processes=True, dashboard_address=":0") as empty,
            pytest.raises(InvalidValueError, match="has no workers"),
        ):
            immacro.run_many(tiny, table, executor=empty.scheduler_address, **GRID)

    def test_missing_dask_is_said(
        self, tiny: immacro.Model, table: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(InvalidValueError, match=r"immacro\[distributed\]"):
            immacro.run_many(tiny, table, executor="tcp://127.0.0.1:8786", **GRID)
