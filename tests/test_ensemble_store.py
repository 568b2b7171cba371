"""A study on disk: complete, resumable, never mixed with another, and readable without us."""

from __future__ import annotations

import hashlib
import json
import shlex
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import immacro
from immacro.catalogue import Entry
from immacro.ensemble import StoreError, StoreWarning, load_store, store
from immacro.ensemble.backends import InThisProcess
from immacro.ensemble.chunks import Chunk, ChunkResult, run_chunk
from immacro.errors import InvalidValueError, OutputError, SbmlError, SimulationError

GRID = {"days": 10, "points": 6, "progress": False}
ORIGIN = {"method": "morris", "seed": 3, "factors": [{"id": "drug_dose", "high": 100.0}]}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    chance = np.random.default_rng(1)
    table = pd.DataFrame(
        {"drug_dose": chance.uniform(0, 100, 12), "boost_strength": 1 / 3, "burst_strength": 0.0}
    )
    table.loc[4, ["boost_strength", "burst_strength"]] = [10.0, 100.0]
    return table


@pytest.fixture(scope="module")
def whole(tiny: immacro.Model, table: pd.DataFrame) -> xr.Dataset:
    return immacro.run_many(tiny, table, **GRID)


@pytest.fixture
def study(tmp_path: Path, tiny: immacro.Model, table: pd.DataFrame) -> Path:
    """Return a stored study of which two of three files are left."""
    folder = tmp_path / "study"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "WRITE_SECONDS", 0.0)
        immacro.run_many(tiny, table, store=folder, origin=ORIGIN, **GRID)
    files = results(folder)
    assert len(files) > 3
    for path in files[1:-1]:
        path.unlink()
    return folder


def results(folder: Path) -> list[Path]:
    return sorted((folder / "chunks").glob("*.nc"))


def resumed(model: immacro.Model, table: pd.DataFrame, folder: Path, **changes: Any) -> xr.Dataset:
    arguments = {"origin": ORIGIN, **GRID, **changes}
    return immacro.run_many(model, table, store=folder, resume=True, **arguments)


class TestFolder:
    def test_storing_changes_no_bit(
        self, tiny: immacro.Model, table: pd.DataFrame, whole: xr.Dataset, tmp_path: Path
    ) -> None:
        assert immacro.run_many(tiny, table, store=tmp_path / "a" / "b", **GRID).identical(whole)

    def test_it_holds_model_design_and_description(
        self, tiny: immacro.Model, table: pd.DataFrame, study: Path
    ) -> None:
        described = json.loads((study / "study.json").read_text("utf-8"))
        sbml = (study / "model.xml").read_bytes()
        assert sbml == tiny.sbml_path.read_bytes()
        assert hashlib.sha256(sbml).hexdigest() == described["model"]["sbml_sha256"]
        design = pd.read_csv(study / "design.csv", index_col="run")
        assert np.array_equal(design.to_numpy(), table.to_numpy())
        assert described["origin"]["seed"] == 3
        assert set(described["sessions"][0]["versions"]) >= {"immacro", "libroadrunner", "SALib"}
        assert described["sessions"][0]["command"] == shlex.join(sys.argv)
        assert described["times"] == [0, 2, 4, 6, 8, 10]
        assert described["observables"][0]["unit"] == "item/microlitre"

    def test_any_tool_can_read_the_results(self, study: Path) -> None:
        with xr.open_dataset(results(study)[0]) as data:
            assert data.cells_blood.dims == ("run", "time")
            assert data.cells_blood.attrs["units"] == "item/microlitre"
            assert {"failed", "reason", "run_lost", "run_seconds"} <= set(data.data_vars)

    def test_a_study_without_columns_can_be_stored(
        self, tiny: immacro.Model, tmp_path: Path
    ) -> None:
        table = pd.DataFrame(index=["a", "NA"])
        data = immacro.run_many(tiny, table, store=tmp_path, **GRID)
        assert resumed(tiny, table, tmp_path, origin=None).identical(data)
        assert load_store(tmp_path).run.values.tolist() == ["a", "NA"]

    def test_a_folder_with_other_things_is_refused(
        self, tiny: immacro.Model, table: pd.DataFrame, tmp_path: Path
    ) -> None:
        (tmp_path / "thesis.txt").write_text("precious")
        with pytest.raises(StoreError, match="is not empty"):
            immacro.run_many(tiny, table, store=tmp_path, **GRID)
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]

    def test_a_folder_with_a_study_is_refused(
        self, tiny: immacro.Model, table: pd.DataFrame, study: Path
    ) -> None:
        with pytest.raises(StoreError, match=r"holds a study already.*Resume it, or choose"):
            immacro.run_many(tiny, table, store=study, **GRID)

    def test_what_was_cut_off_before_the_first_run_can_be_started_again(
        self, tiny: immacro.Model, table: pd.DataFrame, whole: xr.Dataset, study: Path
    ) -> None:
        (study / "study.json").unlink()
        for path in results(study):
            path.unlink()
        assert immacro.run_many(tiny, table, store=study, **GRID).identical(whole)

    def test_a_place_that_cannot_be_written_is_said(
        self, tiny: immacro.Model, table: pd.DataFrame, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(OutputError, match="cannot be written"):
            immacro.run_many(tiny, table, store=tmp_path / "file" / "study", **GRID)

    def test_two_studies_cannot_share_a_folder(
        self, tiny: immacro.Model, table: pd.DataFrame, study: Path
    ) -> None:
        lock = store._locked(study)
        try:
            with pytest.raises(StoreError, match="Another process is working"):
                resumed(tiny, table, study)
        finally:
            lock.release()


class TestBeforeTheFirstResult:
    """What cannot begin leaves nothing; what was stopped can be resumed."""

    def failing(self, patch: pytest.MonkeyPatch, error: BaseException) -> None:
        def work(chunk: Chunk) -> ChunkResult:
            raise error

        patch.setattr("immacro.ensemble.run.InThisProcess", lambda: InThisProcess(work))

    @pytest.mark.parametrize("error", [SbmlError("bad"), SimulationError("all died"), ValueError()])
    def test_an_error_leaves_the_folders_as_they_were(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        error: Exception,
    ) -> None:
        self.failing(monkeypatch, error)
        for store_ in (tmp_path / "a" / "b", tmp_path):
            with pytest.raises(type(error)):
                immacro.run_many(tiny, table, store=store_, **GRID)
            assert list(tmp_path.rglob("*")) == []

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), OutputError("disk full")])
    def test_a_study_that_was_stopped_stays(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        whole: xr.Dataset,
        tmp_path: Path,
        error: BaseException,
    ) -> None:
        with pytest.MonkeyPatch.context() as patch:
            self.failing(patch, error)
            with pytest.raises(type(error)):
                immacro.run_many(tiny, table, store=tmp_path, origin=ORIGIN, **GRID)
        assert resumed(tiny, table, tmp_path).identical(whole)

    def test_an_error_while_resuming_removes_nothing(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        study: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        for path in results(study):
            path.unlink()
        before = sorted(path for path in study.rglob("*") if path.name != "study.json")
        self.failing(monkeypatch, SbmlError("bad"))
        with pytest.raises(SbmlError):
            resumed(tiny, table, study)
        assert sorted(p for p in study.rglob("*") if p.name != "study.json") == before
        assert (study / "study.json").exists()

    def test_an_error_after_the_first_result_keeps_it(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        whole: xr.Dataset,
        tmp_path: Path,
    ) -> None:
        def work(chunk: Chunk) -> ChunkResult:
            if chunk.runs != (0,):
                raise SimulationError("all died")
            return run_chunk(chunk)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("immacro.ensemble.run.InThisProcess", lambda: InThisProcess(work))
            with pytest.raises(SimulationError):
                immacro.run_many(tiny, table, store=tmp_path, origin=ORIGIN, **GRID)
        assert load_store(tmp_path).run.values.tolist() == [0]
        assert resumed(tiny, table, tmp_path).identical(whole)


class TestResume:
    def test_it_gives_the_same_bits(
        self, tiny: immacro.Model, table: pd.DataFrame, whole: xr.Dataset, study: Path
    ) -> None:
        assert len(load_store(study).run) < 12
        assert resumed(tiny, table, study).identical(whole)
        assert load_store(study)[["cells_blood", "reason"]].equals(whole[["cells_blood", "reason"]])

    def test_only_the_rest_is_run(
        self, tiny: immacro.Model, table: pd.DataFrame, study: Path
    ) -> None:
        kept = len(load_store(study).run)
        before = results(study)
        resumed(tiny, table, study)
        new = [xr.load_dataset(p).sizes["run"] for p in results(study) if p not in before]
        assert sum(new) == 12 - kept
        resumed(tiny, table, study)
        assert len(results(study)) == len(before) + len(new)

    def test_how_runs_were_spread_over_files_means_nothing(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        whole: xr.Dataset,
        study: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("immacro.ensemble.dispatch.TARGET_SECONDS", 1e-9)
        assert resumed(tiny, table, study, workers=1).identical(whole)

    def test_runs_that_failed_by_themselves_are_not_run_again_and_lost_ones_are(
        self, busy: immacro.Model, tmp_path: Path
    ) -> None:
        table = pd.DataFrame({"gap": [1.0, 0.001, 1.0]})
        asked = {"days": 300, "points": 2, "progress": False, "store": tmp_path}
        first = immacro.run_many(busy, table, time_limit=0.3, workers=1, **asked)
        assert first.failed.values.tolist() == [False, True, False]
        second = immacro.run_many(busy, table, resume=True, **asked)
        assert second.failed.values.tolist() == [False, False, False]
        assert load_store(tmp_path).equals(second)

    def test_an_interruption_keeps_all_that_was_finished(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        whole: xr.Dataset,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        done: list[int] = []

        def interrupted(chunk: Chunk) -> ChunkResult:
            if len(done) >= 5:
                raise KeyboardInterrupt
            done.extend(chunk.runs)
            return run_chunk(chunk)

        with monkeypatch.context() as patch:
            patch.setattr("immacro.ensemble.run.InThisProcess", lambda: InThisProcess(interrupted))
            with pytest.raises(KeyboardInterrupt):
                immacro.run_many(tiny, table, store=tmp_path, origin=ORIGIN, **GRID)
        assert load_store(tmp_path).run.values.tolist() == done
        assert resumed(tiny, table, tmp_path).identical(whole)

    def test_it_is_recorded(self, tiny: immacro.Model, table: pd.DataFrame, study: Path) -> None:
        resumed(tiny, table, study)
        assert len(json.loads((study / "study.json").read_text("utf-8"))["sessions"]) == 2

    def test_other_versions_are_said_and_not_refused(
        self, tiny: immacro.Model, table: pd.DataFrame, whole: xr.Dataset, study: Path
    ) -> None:
        described = json.loads((study / "study.json").read_text("utf-8"))
        described["sessions"][0]["versions"]["libroadrunner"] = "2.0.0"
        (study / "study.json").write_text(json.dumps(described))
        with pytest.warns(StoreWarning, match=r"libroadrunner: 2\.0\.0 -> "):
            assert resumed(tiny, table, study).identical(whole)

    def test_without_a_study_it_is_refused(
        self, tiny: immacro.Model, table: pd.DataFrame, tmp_path: Path
    ) -> None:
        with pytest.raises(StoreError, match="holds no study"):
            resumed(tiny, table, tmp_path / "typo")
        assert not (tmp_path / "typo").exists()

    def test_without_a_store_it_is_refused(self, tiny: immacro.Model, table: pd.DataFrame) -> None:
        with pytest.raises(InvalidValueError, match="without a store"):
            immacro.run_many(tiny, table, resume=True)


class TestAnotherStudy:
    """What has changed is said, with old and new values, and nothing is touched."""

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"days": 12}, "days: 0, 2, 4, 6, 8, 10 -> 0, 2.4, 4.8, 7.2, 9.6, 12"),
            ({"points": 11}, "days: 0, 2, 4, 6, 8, 10 -> 11 from 0 to 10"),
            ({"times": [3, 7.5]}, "days: 0, 2, 4, 6, 8, 10 -> 3, 7.5"),
            (
                {"observables": "drug_blood"},
                "observables: cells_blood, drug_blood -> drug_blood",
            ),
            ({"context": "boosted"}, "context: none -> boosted"),
            ({"origin": {**ORIGIN, "seed": 4}}, "seed: 3 -> 4"),
            (
                {"origin": None},
                "method: morris -> none; seed: 3 -> none; factor drug_dose: there -> none",
            ),
            (
                {"origin": {**ORIGIN, "factors": [{"id": "drug_dose", "high": 90.0}]}},
                "factor drug_dose high: 100 -> 90",
            ),
            (
                {"origin": {**ORIGIN, "hash": "0123456789abcdef" * 4}},
                "design: the same settings draw other coordinates",
            ),
        ],
    )
    def test_other_questions(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        study: Path,
        changes: dict[str, Any],
        said: str,
    ) -> None:
        before = {p: p.read_bytes() for p in study.rglob("*") if p.is_file()}
        with pytest.raises(StoreError) as error:
            resumed(tiny, table, study, **changes)
        assert error.value.problem == f"{study} holds another study: {said}"
        assert before == {p: p.read_bytes() for p in study.rglob("*") if p.is_file()}

    def test_another_value_in_the_design(
        self, tiny: immacro.Model, table: pd.DataFrame, study: Path
    ) -> None:
        other = table.copy()
        other.loc[7, "boost_strength"] = np.nextafter(1 / 3, 1)
        with pytest.raises(
            StoreError, match=r"design: boost_strength of run 7, 0\.3333333333333333 -> 0\.33333333"
        ):
            resumed(tiny, other, study)

    def test_other_columns_or_runs(
        self, tiny: immacro.Model, table: pd.DataFrame, study: Path
    ) -> None:
        with pytest.raises(StoreError, match=r"design: columns .* -> drug_dose, boost_strength\."):
            resumed(tiny, table.drop(columns="burst_strength"), study)
        with pytest.raises(StoreError, match="design: 12 -> 11 runs"):
            resumed(tiny, table.iloc[:-1], study)
        with pytest.raises(StoreError, match="design: the label of a run, 0 -> 1"):
            resumed(tiny, table.set_axis(range(1, 13)), study)

    def test_another_model(
        self, tiny_entry: Entry, table: pd.DataFrame, study: Path, tmp_path: Path
    ) -> None:
        human = immacro.load(tiny_entry, host="human")
        words = r"study: host: mouse -> human; content of the SBML file: SHA-256 \w{8}… -> \w{8}…\."
        with pytest.raises(StoreError, match=words):
            resumed(human, table, study)

    def test_other_times_between_the_same_ends(
        self, tiny: immacro.Model, table: pd.DataFrame, tmp_path: Path
    ) -> None:
        asked = {"store": tmp_path, "progress": False, "origin": ORIGIN}
        days = np.linspace(0, 10, 11)
        immacro.run_many(tiny, table, times=days, **asked)
        days[4] = 4.5
        with pytest.raises(StoreError, match=r"days: 4\.0 and others -> 4\.5 and others\. Ask"):
            immacro.run_many(tiny, table, times=days, resume=True, **asked)

    def test_other_factors_in_another_order(
        self, tiny: immacro.Model, table: pd.DataFrame, tmp_path: Path
    ) -> None:
        factors = [{"id": "b", "low": 0, "high": 1}, {"id": "a", "low": 0, "high": 1}]
        asked = {"store": tmp_path, **GRID}
        immacro.run_many(tiny, table, origin={"factors": factors}, **asked)
        with pytest.raises(StoreError, match=r"study: order of factors: b, a -> a, b\. Ask"):
            immacro.run_many(tiny, table, origin={"factors": factors[::-1]}, resume=True, **asked)

    def test_the_versions_that_wrote_it_are_named(
        self, tiny: immacro.Model, table: pd.DataFrame, study: Path
    ) -> None:
        described = json.loads((study / "study.json").read_text("utf-8"))
        described["sessions"][0]["versions"]["SALib"] = "1.0"
        (study / "study.json").write_text(json.dumps(described))
        with pytest.raises(StoreError, match=r"seed: 3 -> 4; written with other versions: SALib: "):
            resumed(tiny, table, study, origin={**ORIGIN, "seed": 4})

    def test_other_tolerances(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        study: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("immacro.simulation.engine.RELATIVE_TOLERANCE", 1e-3)
        with pytest.raises(StoreError, match=r"solver's relative_tolerance: 1e-08 -> 0\.001"):
            resumed(tiny, table, study)

    def test_another_format(self, tiny: immacro.Model, table: pd.DataFrame, study: Path) -> None:
        text = (study / "study.json").read_text("utf-8")
        (study / "study.json").write_text(text.replace("immacro ensemble 1", "immacro ensemble 9"))
        with pytest.raises(StoreError, match="in the format 'immacro ensemble 9'"):
            resumed(tiny, table, study)


class TestDamage:
    @pytest.mark.parametrize("damage", ["cut", "empty", "flipped", "foreign"])
    def test_a_damaged_file_is_reported_and_its_runs_are_run_again(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        whole: xr.Dataset,
        study: Path,
        damage: str,
    ) -> None:
        victim = results(study)[-1]
        content = bytearray(victim.read_bytes())
        value = np.ascontiguousarray(xr.load_dataset(victim).cells_blood, dtype=">f8").tobytes()
        place = bytes(content).index(value[-8:])
        content[place + 7] ^= 1
        victim.write_bytes(
            {
                "cut": content[: len(content) // 2],
                "empty": b"",
                "flipped": bytes(content),
                "foreign": b"%PDF-1.7 " * 100,
            }[damage]
        )
        with pytest.warns(StoreWarning, match=f"{victim.name}.*its runs are left out"):
            assert len(load_store(study).run) < len(results(study)) * 12
        with pytest.warns(StoreWarning, match=f"{victim.name}.*carried out again"):
            assert resumed(tiny, table, study).identical(whole)
        assert resumed(tiny, table, study).identical(whole)

    @pytest.mark.parametrize(
        "part",
        [
            {"model": {}},
            {"design": {"runs": 12}},
            {"observables": [{"id": "cells_blood"}]},
            {"observables": "cells_blood"},
            {"sessions": 3},
            {"sessions": [3]},
            {"origin": None},
        ],
    )
    def test_a_description_that_was_altered_is_refused(
        self, tiny: immacro.Model, table: pd.DataFrame, study: Path, part: dict[str, Any]
    ) -> None:
        described = json.loads((study / "study.json").read_text("utf-8"))
        (study / "study.json").write_text(json.dumps({**described, **part}))
        with pytest.raises(StoreError, match="does not describe a study"):
            resumed(tiny, table, study)
        with pytest.raises(StoreError, match="does not describe a study"):
            load_store(study)

    def test_results_of_another_study_are_not_mixed_in(
        self,
        tiny: immacro.Model,
        table: pd.DataFrame,
        whole: xr.Dataset,
        study: Path,
        tmp_path: Path,
    ) -> None:
        other = tmp_path / "other"
        immacro.run_many(tiny, table * 0.5, store=other, origin=ORIGIN, **GRID)
        (study / "chunks" / "000900.nc").write_bytes(results(other)[0].read_bytes())
        with pytest.warns(StoreWarning, match=r"000900\.nc belongs to another study"):
            assert resumed(tiny, table, study).identical(whole)

    def test_an_altered_design_is_refused(
        self, tiny: immacro.Model, table: pd.DataFrame, study: Path
    ) -> None:
        design = study / "design.csv"
        design.write_text(design.read_text("utf-8").replace("0.333", "0.334", 1))
        with pytest.raises(StoreError, match=r"design\.csv has been altered"):
            resumed(tiny, table, study)

    @pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": "other"}', "\x00"])
    def test_a_description_that_is_none_is_refused(
        self, tiny: immacro.Model, table: pd.DataFrame, study: Path, text: str
    ) -> None:
        (study / "study.json").write_text(text)
        with pytest.raises(StoreError, match="does not describe a study"):
            resumed(tiny, table, study)
