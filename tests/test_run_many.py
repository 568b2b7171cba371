"""Many runs: independent, checked before they start, failures recorded and counted."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import immacro
from immacro.errors import InvalidValueError, UnknownNameError

#: The second row fails in finite time, the fourth has no stable healthy state.
TABLE = pd.DataFrame(
    {
        "drug_dose": [0.0, 10.0, 100.0, 10.0, 50.0],
        "boost_strength": [0.0, 10.0, 1.0, 0.0, 3.0],
        "burst_strength": [0.0, 100.0, 0.0, 0.0, 0.0],
        "growth": [0.0, 0.0, 0.0, 0.2, 0.01],
    },
    index=[10, 11, 12, 13, 14],
)


@pytest.fixture(scope="module")
def courses(tiny: immacro.Model) -> xr.Dataset:
    return immacro.run_many(tiny, TABLE, days=20, points=41)


class TestCourses:
    def test_there_is_one_run_per_row(self, courses: xr.Dataset) -> None:
        assert courses.cells_blood.dims == ("run", "time")
        assert dict(courses.sizes) == {"run": 5, "time": 41, "setting": 4}
        assert courses.run.values.tolist() == [10, 11, 12, 13, 14]

    def test_each_is_the_run_that_simulate_gives(
        self, tiny: immacro.Model, courses: xr.Dataset
    ) -> None:
        for label in (10, 12, 14):
            alone = tiny.simulate(parameters=dict(TABLE.loc[label]), days=20, points=41)
            for name in ("cells_blood", "drug_blood"):
                assert np.array_equal(courses[name].sel(run=label).values, alone[name].values)

    def test_their_order_changes_no_bit(self, tiny: immacro.Model, courses: xr.Dataset) -> None:
        shuffled = immacro.run_many(tiny, TABLE.sample(frac=1, random_state=3), days=20, points=41)
        for name in ("cells_blood", "drug_blood"):
            assert np.array_equal(
                shuffled[name].sel(run=courses.run).values, courses[name].values, equal_nan=True
            )

    def test_units_and_settings_come_along(self, courses: xr.Dataset) -> None:
        assert courses.cells_blood.attrs["units"] == "item/microlitre"
        assert courses.time.attrs["units"] == "day"
        np.testing.assert_array_equal(courses.settings, TABLE)
        assert courses.setting.values.tolist() == list(TABLE.columns)

    def test_the_context_holds_for_all(self, tiny: immacro.Model) -> None:
        table = TABLE.loc[[10, 12], ["drug_dose"]]
        many = immacro.run_many(tiny, table, context="boosted", days=5, points=6)
        alone = tiny.simulate({"drug_dose": 100}, context="boosted", days=5, points=6)
        assert np.array_equal(many.cells_blood.sel(run=12).values, alone.cells_blood.values)
        assert many.attrs["context"] == "boosted"
        assert json.loads(many.attrs["settings"]) == {"boost_strength": 2.0}

    def test_a_table_without_columns_repeats_the_default(self, tiny: immacro.Model) -> None:
        many = immacro.run_many(tiny, pd.DataFrame(index=range(2)), days=5, points=6)
        assert np.array_equal(many.cells_blood[0].values, many.cells_blood[1].values)
        assert many.attrs["failed_runs"] == 0


class TestFailures:
    def test_they_are_marked_and_counted(self, courses: xr.Dataset) -> None:
        assert courses.failed.values.tolist() == [False, True, False, True, False]
        assert courses.attrs["failed_runs"] == 2

    def test_they_have_a_reason(self, courses: xr.Dataset) -> None:
        reasons = courses.reason.values.tolist()
        assert "grows without bound" in reasons[1]
        assert "No stable healthy state" in reasons[3]
        assert [reasons[i] for i in (0, 2, 4)] == ["", "", ""]

    def test_their_values_are_missing_and_not_zero(self, courses: xr.Dataset) -> None:
        failed = courses.sel(run=[11, 13])
        assert np.isnan(failed.cells_blood).all()
        assert np.isnan(failed.drug_blood).all()
        assert np.isfinite(courses.sel(run=[10, 12, 14]).cells_blood).all()

    def test_all_runs_may_fail(self, tiny: immacro.Model) -> None:
        many = immacro.run_many(tiny, TABLE.loc[[11, 13]], days=20, points=3)
        assert many.attrs["failed_runs"] == 2


class TestRefusedTables:
    def test_an_unknown_column(self, tiny: immacro.Model) -> None:
        with pytest.raises(UnknownNameError, match="drug_dos"):
            immacro.run_many(tiny, pd.DataFrame({"drug_dos": [1.0]}))

    def test_a_bad_value_is_named_with_its_row(self, tiny: immacro.Model) -> None:
        table = pd.DataFrame({"loss": [0.1, np.nan]}, index=["a", "b"])
        with pytest.raises(InvalidValueError, match="Run b: loss = nan is not finite"):
            immacro.run_many(tiny, table)

    def test_an_empty_table(self, tiny: immacro.Model) -> None:
        with pytest.raises(InvalidValueError, match="no rows"):
            immacro.run_many(tiny, pd.DataFrame({"loss": []}))

    def test_a_column_given_twice(self, tiny: immacro.Model) -> None:
        table = pd.DataFrame([[0.1, 0.2]], columns=["loss", "loss"])
        with pytest.raises(InvalidValueError, match="'loss' twice"):
            immacro.run_many(tiny, table)

    def test_something_else(self, tiny: immacro.Model) -> None:
        with pytest.raises(InvalidValueError, match=r"pandas\.DataFrame"):
            immacro.run_many(tiny, [{"loss": 0.1}])  # type: ignore[arg-type]
