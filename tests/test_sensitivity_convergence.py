"""Indices over growing designs, and what is said about them."""

import numpy as np
import pytest
from sensitivity_functions import Ishigami, SobolG

from immacro.errors import InvalidValueError
from immacro.sensitivity import Study, growth, join, ladder, verdict


def grown(method, samples, function=Ishigami, **arguments):
    study = Study(function.factors, method, samples)
    return growth(study, function.values(study.parameters), **arguments)


class TestGrowth:
    def test_the_last_size_is_the_whole_study(self):
        study = Study(Ishigami.factors, "sobol", 128)
        y = Ishigami.values(study.parameters)
        whole = study.analyse(y)
        last = growth(study, y).isel(n=-1)
        np.testing.assert_array_equal(last["ST"], whole["ST"])
        np.testing.assert_array_equal(last["ST_conf"], whole["ST_conf"])

    def test_the_first_points_are_the_smaller_sobol_study_of_the_same_seed(self):
        small, large = (Study(Ishigami.factors, "sobol", n, seed=4) for n in (64, 128))
        part = growth(large, Ishigami.values(large.parameters), sizes=[64, 128]).sel(n=64)
        alone = small.analyse(Ishigami.values(small.parameters))
        np.testing.assert_allclose(part["ST"], alone["ST"], rtol=1e-12)

    @pytest.mark.parametrize(
        ("method", "samples", "sizes"),
        [
            ("sobol", 128, [16, 32, 64, 128]),
            ("dgsm", 64, [16, 32, 64]),
            ("morris", 40, [5, 10, 20, 40]),
            ("pawn", 500, [125, 250, 500]),
            ("rbd_fast", 1000, [125, 250, 500, 1000]),
        ],
    )
    def test_sizes_halve_down_to_what_the_method_can_use(self, method, samples, sizes):
        assert grown(method, samples)["n"].values.tolist() == sizes

    def test_intervals_shrink(self):
        data = grown("sobol", 1024)["ST_conf"].isel(observable=0)
        width = data.sel(bound="high") - data.sel(bound="low")
        assert (width.isel(n=-1, factor=slice(0, 3)) < width.isel(n=0, factor=slice(0, 3))).all()

    def test_a_part_of_an_efast_curve_is_refused(self):
        with pytest.raises(InvalidValueError, match=r"convergence\.ladder"):
            grown("efast", 257)

    @pytest.mark.parametrize("sizes", [[24, 64], [8, 64], [128]])
    def test_sizes_that_are_no_designs_are_refused(self, sizes):
        with pytest.raises(InvalidValueError):
            grown("sobol", 64, sizes=sizes)


class TestLadder:
    def test_separate_studies_are_joined_along_n(self):
        study = Study(SobolG.factors, "efast", 520)
        steps = ladder(study)
        assert [step.samples for step in steps] == [65, 130, 260, 520]
        assert len({step.seed for step in steps}) == 4
        joined = join([s.analyse(SobolG.values(s.parameters)) for s in steps[::-1]])
        assert joined["n"].values.tolist() == [65, 130, 260, 520]
        assert joined.attrs["designs"] == "separate"
        assert "N = 260 to 520" in verdict(joined)


class TestVerdict:
    def test_a_study_that_is_large_enough_has_settled(self):
        text = verdict(grown("rbd_fast", 4000, SobolG))
        assert text.startswith("S1 has settled to within 0.05: from N = 2000 to 4000")

    def test_a_study_that_is_too_small_has_not(self):
        text = verdict(grown("sobol", 32))
        assert "has not settled" in text
        assert "intervals reach at most" in text

    def test_wide_intervals_alone_deny_it(self):
        data = grown("rbd_fast", 4000, SobolG)
        data["S1_conf"] = data["S1_conf"] + [-0.2, 0.2]
        assert "has not settled" in verdict(data)

    def test_an_index_with_a_unit_is_measured_by_the_largest(self):
        study = Study(SobolG.factors, "morris", 40)
        y = SobolG.values(study.parameters)
        small, large = (verdict(growth(study, factor * y)) for factor in (1, 1e6))
        assert small == large
        assert "(in parts of the largest)" in small

    def test_one_size_says_nothing(self):
        assert "says nothing about convergence" in verdict(grown("sobol", 64, sizes=[64]))

    def test_a_constant_output_has_nothing_to_settle(self):
        study = Study(Ishigami.factors, "sobol", 64)
        with pytest.warns(UserWarning, match="does not vary"):
            data = growth(study, np.ones(study.runs))
        assert "nothing to settle" in verdict(data)
