"""Simulation: independent runs, the clock, equilibration, accuracy, failures and labels."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import immacro
from immacro.catalogue import Entry
from immacro.errors import ImmacroError, InvalidValueError, SbmlError, SimulationError
from immacro.export import write
from immacro.simulation import engine

DOSED = {"drug_dose": 100.0, "boost_strength": 1.0, "boost_start": 2.0, "boost_stop": 8.0}


def same(a: xr.Dataset, b: xr.Dataset) -> bool:
    """Compare two courses bit by bit."""
    return all(np.array_equal(a[name].values, b[name].values) for name in a.data_vars)


def apart(a: xr.Dataset, b: xr.Dataset) -> float:
    """Return the largest difference, relative to the largest value of each variable."""
    return max(
        float(np.abs(a[n] - b[n]).max() / max(np.abs(b[n]).max(), 1e-300)) for n in b.data_vars
    )


def skip_without_tellurium() -> None:
    """Skip without importing it: its libsedml would take over libsbml's types in this process."""
    if importlib.util.find_spec("tellurium") is None:
        pytest.skip("tellurium is not installed")


LOAD = """
import immacro, pathlib, sys
from immacro.catalogue import Entry
model = immacro.load(Entry("tiny", pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
"""


class TestRuns:
    def test_a_course_follows_its_closed_form(self, tiny: immacro.Model) -> None:
        course = tiny.simulate({"drug_dose": 100}, days=3, points=301, observables="drug_blood")
        t = course.time.values
        exact = sum(np.where(t >= k, 100 * np.exp(-2 * (t - k)), 0) for k in range(3)) / 0.0015
        np.testing.assert_allclose(course.drug_blood, exact, rtol=1e-6)

    def test_healthy_stays_where_it_is(self, tiny: immacro.Model) -> None:
        course = tiny.simulate(days=1000)
        np.testing.assert_allclose(course.cells_blood, 1000 / 1500, rtol=1e-8)

    def test_the_order_of_runs_changes_no_bit(self, tiny: immacro.Model) -> None:
        arguments = [
            {},
            {"levers": DOSED},
            {"parameters": {"loss": 0.3, "blood": 0.002}},
            {"levers": {"drug_dose": 7, "drug_start": 59.9}},
            {"parameters": {"cells_initial": 3.0}},
            {"context": "thinned"},
        ]
        forth = [tiny.simulate(**kw) for kw in arguments]
        back = [tiny.simulate(**kw) for kw in reversed(arguments)][::-1]
        assert all(same(a, b) for a, b in zip(forth, back, strict=True))

    def test_a_failed_run_leaves_nothing_behind(self, tiny: immacro.Model) -> None:
        before = tiny.simulate(levers=DOSED)
        with pytest.raises(SimulationError):
            tiny.simulate({"boost_strength": 10, "burst_strength": 100})
        assert same(before, tiny.simulate(levers=DOSED))

    def test_the_number_of_points_does_not_lose_a_dose(self, tiny: immacro.Model) -> None:
        many = tiny.simulate(levers=DOSED, days=10, points=1001)
        few = tiny.simulate(levers=DOSED, days=10, points=2)
        assert apart(few, many.isel(time=[0, -1])) < 1e-6

    def test_threads_take_turns(self, tiny: immacro.Model) -> None:
        expected = tiny.simulate(levers=DOSED)
        found: list[xr.Dataset] = []
        threads = [
            threading.Thread(target=lambda: found.append(tiny.simulate(levers=DOSED)))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert all(same(expected, course) for course in found)

    def test_hosts_differ(self, tiny_entry: Entry) -> None:
        human = immacro.load(tiny_entry, host="human")
        assert float(human.simulate().cells_blood[0]) == pytest.approx(1000 / 5e6)


class TestEquilibration:
    def test_a_day_zero_dose_is_the_same_with_and_without_it(self, tiny: immacro.Model) -> None:
        plain = tiny.simulate(levers=DOSED)
        # Changed and yet the same: the start is different, and healthy the same as before.
        settled = tiny.simulate(levers=DOSED, parameters={"cells_initial": 10})
        assert plain.attrs["burn_in"] == 0
        assert settled.attrs["burn_in"] == engine.BURN_IN_DAYS
        assert apart(settled, plain) < 1e-6

    def test_the_output_of_day_zero_is_after_the_dose(self, tiny: immacro.Model) -> None:
        for parameters in ({}, {"cells_initial": 10}):
            course = tiny.simulate({"drug_dose": 100}, parameters)
            assert float(course.drug_blood[0]) == pytest.approx(100 / 0.0015)

    def test_a_day_zero_event_fires_once(self, tiny: immacro.Model) -> None:
        for parameters in ({}, {"cells_initial": 10}):
            course = tiny.simulate({"boost_strength": 1}, parameters, observables="boost_on")
            assert course.boost_on.values[[0, 299, 301]].tolist() == [1, 1, 0]

    def test_changed_biology_starts_from_its_own_healthy_state(self, tiny: immacro.Model) -> None:
        course = tiny.simulate(parameters={"loss": 0.05, "blood": 0.001})
        np.testing.assert_allclose(course.cells_blood, 2000 / 1000, rtol=1e-6)

    def test_a_context_that_sets_biology_does_not_equilibrate(self, tiny: immacro.Model) -> None:
        course = tiny.simulate(context="thinned")
        assert float(course.cells_blood[0]) == pytest.approx(1000 / 1500)
        assert float(course.cells_blood[-1]) == pytest.approx(500 / 1500, rel=1e-4)

    @pytest.mark.parametrize("growth", [0.1, 0.2, 1.0])
    def test_no_stable_healthy_state_is_said(self, tiny: immacro.Model, growth: float) -> None:
        with pytest.raises(SimulationError, match="No stable healthy state"):
            tiny.simulate(parameters={"growth": growth})

    def test_a_state_that_settles_too_slowly_is_said(self, tiny: immacro.Model) -> None:
        with pytest.raises(SimulationError, match="cells still changes by"):
            tiny.simulate(parameters={"loss": 0.001})

    def test_a_species_that_dies_out_has_settled(self, sbml_file: Callable[..., Path]) -> None:
        text = """
        model dying
          substanceOnly species X, Y; X = 1e6; Y = 5; onset = 0; loss = 0.1
          J: X -> ; loss * X
          seen := X + Y; seen.sboTerm = 360
        end
        """
        course = immacro.load(sbml_file(text)).simulate(parameters={"loss": 0.05})
        assert course.attrs["burn_in"] == engine.BURN_IN_DAYS
        np.testing.assert_allclose(course.seen, 5, rtol=1e-6)

    def test_a_file_may_ask_for_another_burn_in(self, sbml_file: Callable[..., Path]) -> None:
        text = """
        model slow
          substanceOnly species X; X = made / loss; onset = 0; burn_in = 50; made = 1; loss = 5
          J0: -> X; made
          J: X -> ; loss * X
          seen := X; seen.sboTerm = 360
        end
        """
        model = immacro.load(sbml_file(text))
        assert model.simulate(parameters={"loss": 3}).attrs["burn_in"] == 50
        with pytest.raises(InvalidValueError, match="clock"):
            model.simulate(parameters={"burn_in": 3})

    def test_an_exported_file_still_tells_levers_from_biology(
        self, tiny: immacro.Model, tmp_path: Path
    ) -> None:
        model = immacro.load(write(tiny, tmp_path / "out.xml"))
        assert model.simulate(parameters={"drug_dose": 5}).attrs["burn_in"] == 0
        assert model.simulate(parameters={"loss": 0.2}).attrs["burn_in"] == engine.BURN_IN_DAYS
        assert list(model.levers.index) == list(tiny.levers.index)


class TestAccuracy:
    @pytest.mark.parametrize("parameters", [{}, {"loss": 0.07}])
    def test_tighter_tolerances_change_less_than_1e_4(
        self, tiny: immacro.Model, monkeypatch: pytest.MonkeyPatch, parameters: dict[str, float]
    ) -> None:
        course = tiny.simulate(levers=DOSED, parameters=parameters)
        monkeypatch.setattr(engine, "RELATIVE_TOLERANCE", 1e-12)
        monkeypatch.setattr(engine, "ABSOLUTE_TOLERANCE", 1e-13)
        tight = engine.Engine(tiny.sbml_text, tiny.source.contents)
        spec = tiny.spec(tiny.allowed.resolve(DOSED, parameters))
        exact = tight.run(spec.values, spec.times, spec.outputs, spec.burn_in)
        ours = course.to_array().values.T
        assert (np.abs(ours - exact).max(axis=0) < 1e-6 * np.abs(exact).max(axis=0)).all()

    def test_the_absolute_tolerance_does_not_follow_the_state(self, tiny: immacro.Model) -> None:
        instance = tiny.roadrunner()
        instance["drug_dose"] = 1e6
        instance.reset()
        instance.simulate(0, 1, 2)
        assert set(instance.integrator.getAbsoluteToleranceVector()) == {engine.ABSOLUTE_TOLERANCE}


class TestFailures:
    def test_the_message_gives_cause_and_remedy(self, tiny: immacro.Model) -> None:
        with pytest.raises(SimulationError) as caught:
            tiny.simulate({"boost_strength": 10, "burst_strength": 100})
        assert "grows without bound" in str(caught.value)
        assert caught.value.remedy
        assert len(str(caught.value)) < 200

    def test_the_solver_prints_nothing(self, tiny_entry: Entry) -> None:
        code = (
            f"{LOAD}\n"
            "try: model.simulate({'boost_strength': 10, 'burst_strength': 100})\n"
            "except immacro.errors.SimulationError: sys.exit(3)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, tiny_entry.folder, tiny_entry.sbml],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (3, "", "")


class TestResult:
    def test_variables_carry_units_and_names(self, tiny: immacro.Model) -> None:
        course = tiny.simulate()
        assert course.cells_blood.attrs == {
            "units": "item/microlitre",
            "long_name": "Cells in blood",
        }
        assert course.time.attrs["units"] == "day"
        assert course.sizes == {"time": 601}

    def test_attributes_say_where_it_came_from(self, tiny: immacro.Model) -> None:
        attrs = tiny.simulate({"drug_dose": 5}, context="boosted").attrs
        assert attrs["model"] == "tiny"
        assert attrs["host"] == "mouse"
        assert attrs["context"] == "boosted"
        assert json.loads(attrs["settings"]) == {"boost_strength": 2.0, "drug_dose": 5.0}
        assert len(attrs["sbml_sha256"]) == 64
        assert set(json.loads(attrs["versions"])) >= {"immacro", "libroadrunner"}

    def test_it_can_be_written_to_netcdf(self, tiny: immacro.Model, tmp_path: Path) -> None:
        course = tiny.simulate({"drug_dose": 5})
        course.to_netcdf(tmp_path / "course.nc")
        with xr.open_dataset(tmp_path / "course.nc") as read:
            xr.testing.assert_identical(read.load(), course)

    def test_only_what_is_asked_for_is_reported(self, tiny: immacro.Model) -> None:
        course = tiny.simulate(observables=["drug_blood", "cells", "boost"])
        assert list(course) == ["drug_blood", "cells", "boost"]
        assert course.cells.attrs["units"] == "item"


class TestModel:
    def test_it_lists_levers(self, tiny: immacro.Model) -> None:
        row = tiny.levers.loc["drug_count"]
        assert (row["lever"], row["field"], row["value"], row["high"]) == ("drug", "count", 3, 3)
        assert set(tiny.levers["lever"]) == {"drug", "boost", "burst"}

    def test_it_lists_observables(self, tiny: immacro.Model) -> None:
        assert list(tiny.observables.index) == ["cells_blood", "drug_blood"]
        assert tiny.observables.loc["drug_blood", "unit"] == "item/litre"

    def test_it_lists_parameters_with_sources(self, tiny: immacro.Model) -> None:
        row = tiny.parameters.loc["clearance"]
        assert (row["role"], row["status"], row["source"]) == ("rate", "measured", "PMID:12345678")
        assert "onset" not in tiny.parameters.index

    def test_it_shows_itself(self, tiny: immacro.Model) -> None:
        assert "tiny (mouse): 3 levers, 2 observables" in repr(tiny)
        assert "drug_dose" in tiny._repr_html_()
        assert "cells_blood" in tiny._repr_html_()

    def test_a_ledger_row_missing_in_the_file_is_said(
        self, tiny_entry: Entry, tmp_path: Path
    ) -> None:
        for file in tiny_entry.folder.iterdir():
            (tmp_path / file.name).write_text(file.read_text("utf-8"))
        with (tmp_path / "parameters.csv").open("a") as file:
            file.write("extra,rate,1,1/day,,0,2,uniform,any,assumed,,fixture,Extra\n")
        with pytest.raises(SbmlError, match=r"lacks extra .* `immacro build`"):
            immacro.load(Entry("tiny", tmp_path, tiny_entry.sbml))

    def test_a_model_that_is_not_built_says_how(self, tiny_entry: Entry, tmp_path: Path) -> None:
        with pytest.raises(SbmlError, match="Run `immacro build tiny`"):
            immacro.load(Entry("tiny", tiny_entry.folder, tmp_path))

    def test_its_roadrunner_is_prepared_and_its_own(self, tiny: immacro.Model) -> None:
        before = tiny.simulate(levers=DOSED, days=10, points=101)
        instance = tiny.roadrunner()
        assert instance.timeCourseSelections == ["time", "cells_blood", "drug_blood"]
        for name, value in DOSED.items():
            instance[name] = value
        instance.reset()
        course = np.array(instance.simulate(0, 10, 101))
        assert np.array_equal(course[:, 1], before.cells_blood.values)
        assert same(before, tiny.simulate(levers=DOSED, days=10, points=101))

    def test_its_tellurium_model_gives_the_same_course(self, tiny_entry: Entry) -> None:
        # In a process of its own: tellurium's libsedml takes over some of libsbml's Python types.
        skip_without_tellurium()
        code = LOAD + (
            "import numpy as np\n"
            "instance = model.tellurium()\n"
            "assert type(instance).__name__ == 'ExtendedRoadRunner'\n"
            "instance['drug_dose'] = 100\n"
            "instance.reset()\n"
            "course = np.array(instance.simulate(0, 10, 101))\n"
            "expected = model.simulate({'drug_dose': 100}, days=10, points=101)\n"
            "np.testing.assert_allclose(course[:, 1], expected.cells_blood, rtol=1e-12)\n"
        )
        words = [sys.executable, "-c", code, tiny_entry.folder, tiny_entry.sbml]
        subprocess.run(words, check=True, timeout=120)

    def test_a_check_after_importing_tellurium_says_what_to_do(self) -> None:
        skip_without_tellurium()
        code = (
            "from immacro import catalogue\n"
            "from immacro.check import check\n"
            "from immacro.errors import SbmlError\n"
            "import tellurium\n"
            "try: check(catalogue.sbml_path('gcsf_irf8', 'mouse'))\n"
            "except SbmlError as error: print(error)\n"
        )
        words = [sys.executable, "-c", code]
        done = subprocess.run(words, check=True, timeout=120, capture_output=True, encoding="utf-8")
        assert "Import tellurium before immacro" in done.stdout

    def test_models_load_the_same_after_importing_tellurium(self, tiny_entry: Entry) -> None:
        # tellurium's libsedml takes over some of libsbml's Python types.
        skip_without_tellurium()
        code = (
            "import libsbml, pathlib, sys\n"
            "from immacro.simulation.source import read_source\n"
            "before = read_source(pathlib.Path(sys.argv[1]))\n"
            "import tellurium\n"
            "assert read_source(pathlib.Path(sys.argv[1])) == before\n"
        )
        path = tiny_entry.sbml_path("mouse")
        subprocess.run([sys.executable, "-c", code, path], check=True, timeout=60)

    def test_a_missing_tellurium_is_said_with_its_remedy(
        self, tiny: immacro.Model, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "tellurium", None)
        with pytest.raises(ImmacroError, match=r"pip install 'immacro\[notebook\]'"):
            tiny.tellurium()


class TestImport:
    def test_it_is_quick_and_brings_nothing(self) -> None:
        code = (
            "import sys, immacro; immacro.__version__, immacro.errors\n"
            "heavy = {'roadrunner', 'pysb', 'tellurium', 'libsbml', 'pandas', 'xarray', 'numpy'}\n"
            "sys.exit(', '.join(heavy & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert done.stderr.decode().strip() == ""

    def test_simulating_imports_neither_pysb_nor_tellurium(self, tiny_entry: Entry) -> None:
        code = (
            f"{LOAD}\n"
            "model.simulate()\n"
            "assert not {'pysb', 'tellurium', 'bionetgen'} & set(sys.modules)\n"
        )
        subprocess.run([sys.executable, "-c", code, tiny_entry.folder, tiny_entry.sbml], check=True)

    def test_the_public_names_exist(self) -> None:
        for name in immacro.__all__:
            assert getattr(immacro, name) is not None
        with pytest.raises(AttributeError, match="nothing"):
            _ = immacro.nothing


@pytest.mark.skipif(not immacro.list_models(), reason="no packaged model")
@pytest.mark.parametrize("host", ["mouse", "human"])
class TestPackagedModels:
    @pytest.fixture(params=immacro.list_models())
    def model(self, request: pytest.FixtureRequest, host: str) -> immacro.Model:
        return immacro.load(request.param, host)

    def test_healthy_does_not_move(self, model: immacro.Model) -> None:
        course = model.simulate(days=100, points=11)
        for variable in course.values():
            values = variable.values
            # A distance from health is nothing but rounding there.
            assert np.ptp(values) <= 1e-6 * np.abs(values).max() + 1e-12

    def test_every_context_runs(self, model: immacro.Model) -> None:
        for context in model.contexts:
            assert model.simulate(context=context, days=10, points=3).attrs["context"] == context

    def test_run_order_changes_no_bit(self, model: immacro.Model) -> None:
        strength = next(i for i in model.levers.index if i.endswith("_strength"))
        plain = model.simulate({strength: 0.5}, days=20, points=21)
        first = next(i for i, r in model.parameters.iterrows() if r["role"] == "compartment")
        model.simulate(parameters={first: model.parameters.loc[first, "high"]}, days=5, points=3)
        assert same(plain, model.simulate({strength: 0.5}, days=20, points=21))
