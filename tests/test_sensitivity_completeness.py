"""A design with failed runs is refused or completed by whole blocks, never analysed with holes."""

import numpy as np
import pytest
import xarray as xr
from sensitivity_functions import Ishigami

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.sensitivity import (
    METHODS,
    DesignIncompleteError,
    Factor,
    SensitivityWarning,
    Study,
    growth,
)

BLOCKS = [name for name, method in METHODS.items() if method.completion == "block"]
DROPS = [name for name, method in METHODS.items() if method.completion == "drop"]


def outputs(study: Study, failing: dict[int, str], holes: tuple[int, ...] = ()) -> xr.Dataset:
    values = Ishigami.values(study.parameters)
    values[[*failing, *holes]] = np.nan
    failed = np.isin(np.arange(study.runs), list(failing))
    reason = np.array([failing.get(run, "") for run in range(study.runs)], dtype=object)
    return xr.Dataset(
        {"y": ("run", values), "failed": ("run", failed), "reason": ("run", reason)},
        coords={"run": np.arange(study.runs)},
    )


@pytest.mark.parametrize("method", list(METHODS))
class TestRefusal:
    def test_one_failed_run_refuses_the_design_and_says_which_and_why(self, method):
        study = Study(Ishigami.factors, method)
        with pytest.raises(DesignIncompleteError) as error:
            study.analyse(outputs(study, {17: "too many steps"}))
        assert f"1 of {study.runs} runs have no usable output: run 17; 1 x too many steps" in str(
            error.value
        )
        assert "Narrow the factors' ranges" in error.value.remedy

    @pytest.mark.parametrize("value", [np.nan, np.inf])
    def test_a_value_that_is_not_finite_refuses_the_design(self, method, value):
        study = Study(Ishigami.factors, method)
        values = Ishigami.values(study.parameters)
        values[3] = value
        with pytest.raises(DesignIncompleteError, match="output is not finite"):
            study.analyse(values)


class TestMessages:
    def test_many_failures_are_counted_by_reason(self):
        study = Study(Ishigami.factors, "sobol", 64)
        failing = dict.fromkeys(range(40, 47), "stiff") | {3: "timeout"}
        with pytest.raises(DesignIncompleteError) as error:
            study.analyse(outputs(study, failing, holes=(100,)))
        text = str(error.value)
        assert "9 of 640 runs" in text
        assert "runs 3, 40, 41, 42, 43 and 4 more" in text
        assert "7 x stiff, 1 x timeout, 1 x y is not finite" in text
        assert "by completing by 'block'" in text

    def test_failures_at_one_end_of_a_factor_are_located(self):
        study = Study(Ishigami.factors, "pawn", 400)
        high = np.flatnonzero(study.unit[:, 1] > 0.95)
        with pytest.raises(DesignIncompleteError, match="they gather at high x2"):
            study.analyse(outputs(study, dict.fromkeys(high.tolist(), "blow-up")))

    def test_a_run_that_failed_is_left_out_even_if_its_values_are_finite(self):
        study = Study(Ishigami.factors, "pawn", 400)
        data = outputs(study, {5: "late"})
        data["y"][5] = 1.0
        with pytest.raises(DesignIncompleteError):
            study.analyse(data)


class TestCompletion:
    @pytest.mark.parametrize("method", [m for m in BLOCKS if m != "efast"])
    def test_leaving_out_blocks_is_the_design_without_them(self, method):
        study = Study(Ishigami.factors, method)
        rows = study.rows_per_block
        data = outputs(study, {2 * rows + 1: "stiff", 5 * rows: "stiff"})
        with pytest.warns(SensitivityWarning, match="left out 2 of"):
            completed = study.analyse(data, completion="block")
        assert completed.attrs["blocks"] == study.blocks - 2
        assert completed.attrs["unusable_runs"] == 2
        assert "left out 2 of" in completed.attrs["completion"]
        whole = study.analyse(Ishigami.values(study.parameters))
        name = study.kind.headline
        assert not np.array_equal(completed[name], whole[name])
        np.testing.assert_allclose(completed[name], whole[name], rtol=0.2)

    def test_an_efast_factor_may_lose_curves_while_two_are_left(self):
        study = Study(Ishigami.factors, "efast", 129)
        data = outputs(study, {0: "stiff", 4 * 129: "stiff"})  # two of the four curves of x1
        with pytest.warns(SensitivityWarning):
            completed = study.analyse(data, completion="block")
        assert float(completed["S1"][0, 0]) == pytest.approx(Ishigami.s1[0], abs=0.1)
        data = outputs(study, dict.fromkeys((0, 4 * 129, 8 * 129), "stiff"))
        with pytest.raises(DesignIncompleteError, match="too many to leave out"):
            study.analyse(data, completion="block")

    @pytest.mark.parametrize("method", [m for m in DROPS if m != "hdmr"])
    def test_dropping_runs_analyses_the_others(self, method):
        study = Study(Ishigami.factors, method, 400)
        with pytest.warns(SensitivityWarning, match="left out 3 of 400"):
            completed = study.analyse(
                outputs(study, {3: "stiff", 50: "stiff"}, holes=(399,)), completion="drop"
            )
        assert completed.attrs["runs"] == 397
        assert completed[study.kind.headline].notnull().all()

    def test_more_than_half_broken_is_refused(self):
        study = Study(Ishigami.factors, "sobol", 16)
        failing = dict.fromkeys(range(0, 9 * study.rows_per_block, study.rows_per_block), "x")
        with pytest.raises(DesignIncompleteError, match="breaks 9 of 16 blocks"):
            study.analyse(outputs(study, failing), completion="block")

    @pytest.mark.parametrize(
        ("method", "how", "message"),
        [
            ("sobol", "drop", "Use 'block'"),
            ("pawn", "block", "Use 'drop'"),
            ("rbd_fast", "drop", "cannot be completed"),
        ],
    )
    def test_a_completion_that_is_not_valid_for_the_method_is_refused(self, method, how, message):
        study = Study(Ishigami.factors, method)
        with pytest.raises(InvalidValueError, match=message):
            study.analyse(outputs(study, {1: "x"}), completion=how)

    def test_an_unknown_completion_is_refused(self):
        study = Study(Ishigami.factors, "pawn")
        with pytest.raises(UnknownNameError, match="block, drop"):
            study.analyse(outputs(study, {}), completion="impute")

    def test_a_complete_design_needs_no_completion_and_is_not_changed_by_one(self):
        study = Study(Ishigami.factors, "sobol", 32)
        data = outputs(study, {})
        assert study.analyse(data).equals(study.analyse(data, completion="block"))

    def test_convergence_refuses_and_completes_likewise(self):
        study = Study((*Ishigami.factors, Factor("x4", 0, 1)), "sobol", 64)
        data = outputs(study, {0: "stiff"})
        with pytest.raises(DesignIncompleteError):
            growth(study, data)
        with pytest.warns(SensitivityWarning):
            grown = growth(study, data, completion="block")
        assert grown["n"].values.tolist() == [16, 32, 63]
