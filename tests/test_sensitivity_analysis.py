"""From outputs in any accepted form to labelled indices."""

import warnings

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from sensitivity_functions import Ishigami

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.sensitivity import METHODS, Factor, SensitivityWarning, Study, at_days

QUICK = [name for name in METHODS if name != "hdmr"]


@pytest.fixture(scope="module")
def study():
    return Study(Ishigami.factors, "sobol", 64, seed=2)


@pytest.fixture(scope="module")
def courses(study):
    y = Ishigami.values(study.parameters)
    time = np.array([0.0, 10.0, 20.0])
    attributes = {"units": "cells/uL", "long_name": "cells in blood"}
    return xr.Dataset(
        {
            "cells_blood": (("run", "time"), 5 + np.outer(y, time), attributes),
            "ligand_blood": (("run", "time"), np.exp(np.outer(y, time / 100))),
            "failed": ("run", np.zeros(study.runs, dtype=bool)),
            "reason": ("run", np.full(study.runs, "", dtype=object)),
        },
        coords={"time": ("time", time, {"units": "day"}), "run": np.arange(study.runs)},
    )


class TestForms:
    def test_an_array_a_mapping_a_frame_and_a_dataset_give_the_same(self, study):
        y = Ishigami.values(study.parameters)
        forms = [
            y,
            {"output": y},
            pd.DataFrame({"output": y}),
            xr.DataArray(y, dims="run"),
            xr.Dataset({"output": ("run", y)}),
        ]
        first, *others = (study.analyse(form) for form in forms)
        assert all(first.equals(other) for other in others)

    def test_runs_that_came_in_another_order_are_put_right(self, study, courses):
        shuffled = courses.isel(run=np.random.default_rng(1).permutation(study.runs))
        assert study.analyse(shuffled).equals(study.analyse(courses))

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (lambda data: data.isel(run=slice(1, None)), "The design has 640 runs"),
            (lambda data: data.assign_coords(run=data["run"] + 1), "not numbered"),
            (lambda data: data[["failed", "reason"]], "hold no observable"),
            (lambda data: data.assign(x=("run", ["a"] * 640)), "not all over runs"),
            (lambda data: data[["failed"]].assign(x=("run", ["a"] * 640)), "not numeric"),
            (lambda data: np.zeros((640, 1)), "one value per run"),
            (lambda data: np.zeros(639), "the outputs have 639"),
        ],
    )
    def test_outputs_that_do_not_fit_are_refused(self, study, courses, change, message):
        with pytest.raises(InvalidValueError, match=message):
            study.analyse(change(courses))

    @pytest.mark.parametrize("arguments", [{"level": 95}, {"level": 0}, {"resamples": 1}])
    def test_arguments_that_make_no_sense_are_refused(self, study, arguments):
        with pytest.raises(InvalidValueError):
            study.analyse(Ishigami.values(study.parameters), **arguments)


class TestResult:
    def test_courses_are_labelled_by_observable_factor_time_and_bound(self, study, courses):
        indices = study.analyse(courses)
        assert indices["ST"].dims == ("observable", "factor", "time")
        assert indices["ST_conf"].dims == ("observable", "factor", "time", "bound")
        assert indices["S2"].dims == ("observable", "factor", "factor2", "time")
        assert indices["factor"].values.tolist() == ["x1", "x2", "x3", "dummy"]
        assert indices["observable_units"].values.tolist() == ["cells/uL", ""]
        assert indices["time"].attrs["units"] == "day"
        low, high = indices["ST_conf"].isel(time=1).transpose("bound", ...)
        assert (low <= high).all()

    def test_the_attributes_say_how_it_was_made(self, study):
        attributes = study.analyse(Ishigami.values(study.parameters)).attrs
        expected = {"method": "sobol", "samples": 64, "runs": 640, "seed": 2, "level": 0.95}
        assert expected.items() <= attributes.items()
        assert attributes["salib"]

    def test_it_can_be_written_and_read(self, study, courses, tmp_path):
        indices = study.analyse(courses)
        indices.to_netcdf(tmp_path / "indices.nc", engine="scipy")
        again = xr.load_dataset(tmp_path / "indices.nc")
        xr.testing.assert_allclose(again["ST"], indices["ST"])

    def test_a_time_point_of_a_course_gives_what_it_gives_alone(self, study, courses):
        over_time = study.analyse(courses)
        alone = study.analyse({"cells_blood": courses["cells_blood"].isel(time=1).values})
        np.testing.assert_allclose(
            over_time["ST_conf"].sel(observable="cells_blood", time=10),
            alone["ST_conf"].isel(observable=0),
            rtol=1e-9,
        )

    @pytest.mark.parametrize("method", QUICK)
    def test_the_same_seed_gives_identical_indices_and_another_seed_other_intervals(self, method):
        samples = None if method in ("efast", "morris") else 256
        study = Study(Ishigami.factors, method, samples, seed=0)
        y = Ishigami.values(study.parameters)
        first = study.analyse(y)
        assert first.identical(Study(Ishigami.factors, method, samples, seed=0).analyse(y))
        if method != "efast":  # whose intervals are not drawn
            other = Study(Ishigami.factors, method, samples, seed=0).analyse(y, resamples=7)
            name = study.kind.headline
            assert not first[f"{name}_conf"].equals(other[f"{name}_conf"])

    def test_a_wider_level_gives_wider_intervals(self, study):
        y = Ishigami.values(study.parameters)
        wide, narrow = (
            study.analyse(y, level=level)["ST_conf"].diff("bound").isel(factor=slice(0, 3))
            for level in (0.99, 0.8)
        )
        assert (wide > narrow).all()

    def test_a_group_gets_one_index(self):
        factors = (Factor("a", 0, 1, group="g"), Factor("b", 0, 1, group="g"), Factor("c", 0, 1))
        study = Study(factors, "sobol", 256)
        table = study.parameters
        indices = study.analyse((table["a"] + table["b"] + table["c"]).to_numpy())
        assert indices["factor"].values.tolist() == ["g", "c", "dummy"]
        np.testing.assert_allclose(indices["ST"][0], [2 / 3, 1 / 3, 0], atol=0.03)


class TestConstantOutputs:
    @pytest.mark.parametrize("method", list(METHODS))
    def test_a_constant_output_has_no_indices_a_note_and_a_warning(self, method):
        study = Study(Ishigami.factors, method)
        with pytest.warns(SensitivityWarning, match="does not vary: output"):
            indices = study.analyse(np.full(study.runs, 3.5))
        for name in study.kind.indices:
            assert indices[name].isnull().all()
            assert indices[f"{name}_conf"].isnull().all()
        assert indices["note"].item() == "constant: 3.5 in all runs"

    def test_noise_of_the_integrator_counts_as_constant(self, study):
        y = 7e6 * (1 + 1e-11 * np.random.default_rng(1).random(study.runs))
        with pytest.warns(SensitivityWarning):
            assert study.analyse(y)["ST"].isnull().all()

    def test_constant_time_points_do_not_spoil_the_others(self, study, courses):
        courses = courses.copy(deep=True)
        courses["cells_blood"][:, 1] = 7
        with pytest.warns(SensitivityWarning, match=r"vary: cells_blood \(2 time points\)\."):
            indices = study.analyse(courses)
        defined = indices["ST"].notnull().all("factor")
        assert defined.sel(observable="cells_blood").values.tolist() == [False, False, True]
        assert defined.sel(observable="ligand_blood").values.tolist() == [False, True, True]
        assert ((indices["note"] == "") == defined).all()

    def test_runs_that_all_start_alike_give_no_warning(self, study, courses):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            indices = study.analyse(courses)
        assert (indices["note"].sel(time=0) != "").all()

    def test_varying_outputs_give_no_warning(self, study):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            study.analyse(Ishigami.values(study.parameters))


class TestChosenDays:
    def test_a_day_between_time_points_is_interpolated(self, courses):
        chosen = at_days(courses, ["cells_blood@15"])
        expected = courses["cells_blood"].isel(time=[1, 2]).mean("time")
        np.testing.assert_allclose(chosen["cells_blood@15"], expected)
        assert chosen["cells_blood@15"].attrs["units"] == "cells/uL"
        assert chosen["cells_blood@15"].attrs["long_name"] == "cells in blood, day 15"

    def test_without_a_day_it_is_the_last(self, courses):
        chosen = at_days(courses, ["ligand_blood"])
        np.testing.assert_allclose(chosen["ligand_blood@20"], courses["ligand_blood"].sel(time=20))

    @pytest.mark.parametrize("day", [10.12345678, 1e-7 / 3, 12345678.5])
    def test_a_day_keeps_all_its_digits(self, courses, day):
        longer = courses.assign_coords(time=[0.0, day, 2 * day])
        chosen = at_days(longer, [f"cells_blood@{day!r}"])
        expected = courses["cells_blood"].isel(time=1)
        np.testing.assert_allclose(chosen[f"cells_blood@{day!r}"], expected, rtol=1e-12)

    def test_failures_come_along(self, courses):
        assert {"failed", "reason"} <= set(at_days(courses, ["cells_blood"]))

    @pytest.mark.parametrize("request_", ["cells_blood@21", "cells_blood@-1", "cells_blood@x"])
    def test_a_day_that_was_not_simulated_is_refused(self, courses, request_):
        with pytest.raises(InvalidValueError, match="a day from 0 to 20"):
            at_days(courses, [request_])

    @pytest.mark.parametrize("request_", ["cell_blood", "failed", "reason@1"])
    def test_an_unknown_observable_is_refused(self, courses, request_):
        with pytest.raises(UnknownNameError, match="cells_blood"):
            at_days(courses, [request_])
