"""Designs: what they cost, that they are what the method needs, and that a seed fixes them."""

import json

import numpy as np
import pytest

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.sensitivity import METHODS, Factor, Study

FACTORS = (Factor("a", 0, 10), Factor("b", 0.1, 1000, "loguniform"), Factor("c", -1, 1))
GROUPED = (Factor("a", 0, 1, group="g"), Factor("b", 0, 1, group="g"), Factor("c", 0, 1))
EVERY = pytest.mark.parametrize("method", list(METHODS))


@EVERY
class TestEveryMethod:
    def test_the_same_seed_gives_the_same_design_and_another_seed_another(self, method):
        first, again, other = (Study(FACTORS, method, seed=s).unit for s in (0, 0, 1))
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)

    def test_the_design_has_as_many_runs_as_announced(self, method):
        study = Study(FACTORS, method)
        assert study.table.shape == (study.runs, 4)
        assert study.runs == study.blocks * study.rows_per_block

    def test_values_stay_in_their_ranges_and_the_dummy_is_kept_from_the_model(self, method):
        study = Study(FACTORS, method)
        for factor in FACTORS:
            assert study.table[factor.id].between(factor.low, factor.high).all()
        assert list(study.parameters) == ["a", "b", "c"]
        assert list(study.table) == ["a", "b", "c", "dummy"]
        assert study.parameters.index.name == "run"

    def test_the_design_fills_the_unit_cube(self, method):
        unit = Study(FACTORS, method, seed=4).unit
        np.testing.assert_allclose(unit.mean(axis=0), 0.5, atol=0.06)
        assert (unit.min(axis=0) < 0.02).all()
        assert (unit.max(axis=0) > 0.98).all()

    def test_settings_survive_json_and_give_the_same_design(self, method):
        study = Study(FACTORS, method, seed=7)
        again = Study.from_settings(json.loads(json.dumps(study.settings)))
        assert again == study
        assert again.fingerprint == study.fingerprint

    def test_the_fingerprint_changes_with_the_seed_and_with_a_range(self, method):
        prints = {
            Study(FACTORS, method).fingerprint,
            Study(FACTORS, method, seed=1).fingerprint,
            Study((*FACTORS[:2], Factor("c", -1, 2)), method).fingerprint,
        }
        assert len(prints) == 3

    def test_the_fingerprint_is_of_the_design_and_not_of_who_drew_it(self, method, monkeypatch):
        before = Study(FACTORS, method).fingerprint
        monkeypatch.setattr("immacro.sensitivity.design.version", lambda _: "9.9", raising=False)
        assert Study(FACTORS, method).fingerprint == before

    def test_numpys_global_generator_is_left_alone(self, method):
        study = Study(FACTORS, method)
        np.random.seed(1)
        before = np.random.get_state()[1].copy()
        study.analyse(study.unit @ np.arange(4.0))
        assert np.array_equal(np.random.get_state()[1], before)

    def test_a_group_is_refused_unless_the_method_knows_groups(self, method):
        if METHODS[method].groups:
            assert Study(GROUPED, method).names == ("g", "c", "dummy")
        else:
            with pytest.raises(InvalidValueError, match="Use sobol or morris"):
                Study(GROUPED, method)


class TestCosts:
    @pytest.mark.parametrize(
        ("method", "samples", "options", "runs"),
        [
            ("sobol", 64, {}, 64 * 10),
            ("sobol", 64, {"second_order": False}, 64 * 6),
            ("morris", 10, {}, 10 * 5),
            ("efast", 101, {"curves": 3}, 101 * 4 * 3),
            ("rbd_fast", 200, {}, 200),
            ("dgsm", 32, {}, 32 * 5),
            ("delta", 300, {}, 300),
            ("hdmr", 400, {}, 400),
        ],
    )
    def test_runs_of_three_factors_and_the_dummy(self, method, samples, options, runs):
        assert Study(FACTORS, method, samples, options=options).runs == runs

    def test_a_group_costs_as_much_as_one_factor(self):
        assert Study(GROUPED, "sobol", 64).runs == 64 * 8

    @pytest.mark.parametrize(
        ("method", "samples", "remedy"),
        [
            ("sobol", 100, "Give a power of two, as 64 or 128"),
            ("dgsm", 3, "Give a power of two, as 16 or 32"),
            ("morris", 3, "Give at least 4"),
            ("efast", 64, "Give at least 65"),
            ("rbd_fast", 79, "Give at least 80"),
            ("pawn", 99, "Give at least 100"),
            ("hdmr", 263, "Give at least 300"),
        ],
    )
    def test_samples_that_the_method_cannot_use_are_refused(self, method, samples, remedy):
        with pytest.raises(InvalidValueError) as error:
            Study(FACTORS, method, samples)
        assert remedy in str(error.value)

    def test_hdmr_wants_four_rows_per_coefficient(self):
        many = [Factor(f"x{i}", 0, 1) for i in range(10)]
        with pytest.raises(InvalidValueError, match="Give at least 2112"):
            Study(many, "hdmr", 2000)


class TestRefusals:
    @pytest.mark.parametrize("seed", [-1, 1.5, "1", None, True])
    def test_a_seed_that_is_no_whole_number_is_refused(self, seed):
        with pytest.raises(InvalidValueError, match="whole number"):
            Study(FACTORS, seed=seed)

    @pytest.mark.parametrize("samples", [0, -8, 2.5, "8", True])
    def test_samples_that_are_no_whole_number_are_refused(self, samples):
        with pytest.raises(InvalidValueError, match="positive whole number"):
            Study(FACTORS, samples=samples)

    @pytest.mark.parametrize(
        ("method", "options", "message"),
        [
            ("sobol", {"second": True}, "Unknown option of sobol 'second'"),
            ("sobol", {"second_order": 1}, "Give True or False"),
            ("morris", {"levels": 5}, "Give an even number"),
            ("morris", {"levels": 2}, "Give at least 4"),
            ("efast", {"curves": 1}, "Give at least 2"),
            ("dgsm", {"step": 0.9}, "at most 0.5"),
            ("hdmr", {"order": 2.5}, "Give a whole number"),
            ("pawn", {"slices": 6}, "loses a quantile by rounding with 6 slices. Give 10 or 20"),
            ("rsa", {"bins": 49}, "loses a quantile"),
        ],
    )
    def test_an_option_that_makes_no_sense_is_refused(self, method, options, message):
        with pytest.raises((InvalidValueError, UnknownNameError)) as error:
            Study(FACTORS, method, options=options)
        assert message in str(error.value)

    @pytest.mark.parametrize("count", [4, 5, 8, 10, 12, 16, 20, 25])
    def test_usual_numbers_of_slices_and_bins_work(self, count):
        for method, option in (("pawn", "slices"), ("rsa", "bins")):
            study = Study(FACTORS, method, 300, options={option: count})
            indices = study.analyse(study.unit @ np.arange(4.0), resamples=3)
            assert indices[study.kind.headline].notnull().all()

    def test_an_unknown_method_is_refused(self):
        with pytest.raises(UnknownNameError, match="Did you mean 'sobol'"):
            Study(FACTORS, "sobo")

    def test_a_factor_given_twice_is_refused(self):
        with pytest.raises(InvalidValueError, match="'a' is given twice"):
            Study((*FACTORS, FACTORS[0]))

    def test_one_factor_without_the_dummy_is_refused(self):
        with pytest.raises(InvalidValueError, match="fewer than two"):
            Study(FACTORS[:1], dummy=False)

    def test_one_group_without_the_dummy_is_refused(self):
        with pytest.raises(InvalidValueError, match="fewer than two"):
            Study(GROUPED[:2], dummy=False)

    def test_a_count_has_no_derivative(self):
        with pytest.raises(InvalidValueError, match="has no derivative"):
            Study((*FACTORS, Factor("n", 0, 4, "integer")), "dgsm")

    def test_a_factor_that_is_called_dummy_is_refused(self):
        with pytest.raises(InvalidValueError, match="Choose another name"):
            Study((Factor("dummy", 0, 1), *FACTORS))


class TestShapes:
    def test_morris_moves_one_factor_at_a_time_by_the_same_step(self):
        study = Study(FACTORS, "morris", 12, options={"levels": 6})
        steps = np.diff(study.unit.reshape(12, 5, 4), axis=1)
        moved = np.abs(steps) > 1e-9
        assert (moved.sum(axis=2) == 1).all()
        assert (moved.sum(axis=1) == 1).all()
        np.testing.assert_allclose(np.abs(steps[moved]), 6 / (2 * 5))

    def test_dgsm_steps_are_as_large_as_asked_and_stay_inside(self):
        study = Study(FACTORS, "dgsm", 64, options={"step": 0.02})
        blocks = study.unit.reshape(64, 5, 4)
        steps = np.diagonal(blocks[:, 1:] - blocks[:, :1], axis1=1, axis2=2)
        np.testing.assert_allclose(np.abs(steps), 0.02)
        assert ((blocks >= 0) & (blocks <= 1)).all()

    def test_members_of_a_group_move_together(self):
        study = Study(GROUPED, "sobol", 16)
        block = study.unit.reshape(16, -1, 4)
        assert ((block[:, 1] != block[:, 0]).all(axis=0) == [True, True, False, False]).all()

    def test_every_efast_factor_has_its_own_phase(self):
        many = [Factor(f"x{i}", 0, 1) for i in range(7)]
        curves = Study(many, "efast", 65).unit.reshape(4, 8, 65, 8)
        others = curves[0, 0, :, 1:]  # all at the same frequency, as there is no other
        correlation = np.corrcoef(others.T)
        assert np.abs(correlation - np.eye(7)).max() < 0.999
