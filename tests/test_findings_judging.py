"""One set of thresholds: every verdict can be reached, and bounds are where they are said to be."""

from __future__ import annotations

import pytest
from findings_model import bind, columns, shelf_of

from immacro.findings import controls, judging
from immacro.findings.cases import cases_of
from immacro.findings.judging import CONTRADICTED, REPRODUCED
from immacro.findings.readings import Values


@pytest.fixture
def case(tmp_path):
    def make(**given):
        (binding,) = bind(tmp_path, columns(**given))
        return cases_of(binding, shelf_of())[0][0]

    return make


RATIOS = [
    ("up", 1.2, 1.0, True), ("up", 1.1999, 1.0, False), ("up", 0.5, 1.0, False),
    ("up", 1e6, 0.0, True), ("up", 0.0, 0.0, False),
    ("down", 0.8, 1.0, True), ("down", 0.8001, 1.0, False), ("down", 2.0, 1.0, False),
    ("down", 0.0, 1.0, True), ("down", 0.0, 0.0, False),
    ("unchanged", 1.1999, 1.0, True), ("unchanged", 1.2, 1.0, False),
    ("unchanged", 0.8001, 1.0, True), ("unchanged", 0.8, 1.0, False),
    ("unchanged", 0.0, 0.0, True), ("unchanged", 1.0, 0.0, False),
    ("not_up", 1.1999, 1.0, True), ("not_up", 0.1, 1.0, True), ("not_up", 1.2, 1.0, False),
]  # fmt: skip


class TestRatio:
    @pytest.mark.parametrize(("direction", "a", "b", "holds"), RATIOS)
    def test_twenty_per_cent_of_the_comparator_is_apart(self, case, direction, a, b, holds):
        found = judging.judge(case(direction=direction), Values(a, b))
        assert found.verdict == (REPRODUCED if holds else CONTRADICTED)

    @pytest.mark.parametrize("scale", [1e-6, 3.3, 7e9])
    def test_bounds_hold_at_any_scale(self, case, scale):
        assert judging.judge(case(direction="up"), Values(1.2 * scale, scale)).verdict == REPRODUCED
        found = judging.judge(case(direction="unchanged"), Values(1.2 * scale, scale))
        assert found.verdict == CONTRADICTED

    def test_a_negative_comparator_is_judged_by_its_size(self, case):
        assert judging.judge(case(direction="up"), Values(-0.5, -1.0)).verdict == REPRODUCED
        assert judging.judge(case(direction="down"), Values(-1.5, -1.0)).verdict == REPRODUCED

    def test_what_was_found_and_what_must_hold_are_told(self, case):
        given = case(direction="up")
        found = judging.judge(given, Values(1.1, 1.0))
        assert found.reason == "+10 %"
        assert found.effect == pytest.approx(0.1)
        assert judging.rule(given) == "20 % up or more"


class TestRestored:
    @pytest.mark.parametrize(
        ("a", "b", "reference", "holds"),
        [
            (5.0, 0.0, 10.0, True), (4.99, 0.0, 10.0, False), (-1.0, 0.0, 10.0, False),
            (15.0, 20.0, 10.0, True), (15.1, 20.0, 10.0, False),
            (10.0, 8.0, 10.0, True), (10.0, 8.01, 10.0, False),
            (10.0, 12.0, 10.0, True), (10.0, 11.99, 10.0, False),
            (0.0, 1.0, 0.0, True), (0.6, 1.0, 0.0, False),
        ],
    )  # fmt: skip
    def test_half_of_a_deficit_of_twenty_per_cent_must_come_back(
        self, case, a, b, reference, holds
    ):
        given = case(test="restored", direction="restored", reference="context=healthy")
        found = judging.judge(given, Values(a, b, reference, reference))
        assert found.verdict == (REPRODUCED if holds else CONTRADICTED)

    def test_going_far_beyond_the_reference_is_told(self, case):
        given = case(test="restored", direction="restored", reference="context=healthy")
        found = judging.judge(given, Values(30.0, 0.0, 10.0, 10.0))
        assert found.verdict == REPRODUCED
        assert "far beyond" in found.reason

    def test_a_small_deficit_is_told(self, case):
        given = case(test="restored", direction="restored", reference="context=healthy")
        found = judging.judge(given, Values(10.0, 9.0, 10.0, 10.0))
        assert found.reason.startswith("the deficit itself is only 10 %")


class TestLost:
    @pytest.mark.parametrize(
        ("test", "a", "holds"),
        [
            ("required", 0.5, True), ("required", 0.51, False), ("required", -1.0, True),
            ("abrogated", 0.2, True), ("abrogated", 0.21, False), ("abrogated", 0.5, False),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("reference", [0.0, 2.0])
    def test_enough_of_the_effect_must_go(self, case, test, a, holds, reference):
        given = case(test=test, direction=test, reference="context=healthy")
        seen = Values(a + reference, 1.0 + reference, reference, reference)
        assert judging.judge(given, seen).verdict == (REPRODUCED if holds else CONTRADICTED)

    def test_each_arm_is_counted_from_its_own_reference(self, case):
        given = case(test="required", direction="required",
                     reference="context=healthy; expansion=0 | context=healthy")  # fmt: skip
        assert judging.judge(given, Values(7.0, 5.0, 6.0, 3.0)).verdict == REPRODUCED
        assert judging.judge(given, Values(7.0, 5.0, 5.0, 3.0)).verdict == CONTRADICTED

    def test_an_effect_below_twenty_per_cent_cannot_be_lost(self, case):
        given = case(test="required", direction="required", reference="context=healthy")
        found = judging.judge(given, Values(1.0, 1.19, 1.0, 1.0))
        assert found.verdict == CONTRADICTED
        assert found.reason.startswith("the effect itself is only 19 %")

    def test_nothing_counted_from_zero_is_no_effect(self, case):
        given = case(test="abrogated", direction="abrogated", reference="zero")
        assert judging.judge(given, Values(0.0, 0.0)).verdict == CONTRADICTED
        assert judging.judge(given, Values(0.0, 1e-3)).verdict == REPRODUCED

    @pytest.mark.parametrize(("response", "holds"), [(0.2, True), (0.19, False), (-0.5, False)])
    def test_a_response_to_therapy_must_be_twenty_per_cent_itself(self, case, response, holds):
        given = case(test="abrogated", direction="abrogated", observable="ici_response",
                     reference="context=at3; expansion=0 | context=at3")  # fmt: skip
        found = judging.judge(given, Values(0.0, response))
        assert found.verdict == (REPRODUCED if holds else CONTRADICTED)


class TestThreshold:
    def test_a_number_is_met_within_its_share_and_the_deviation_told(self, case):
        given = case(test="threshold", threshold="within 20% of 0.5")
        near, far = (judging.judge(given, Values(value, 0.0)) for value in (0.6, 0.3))
        assert (near.verdict, near.reason) == (REPRODUCED, "0.6, +20 % from 0.5")
        assert (far.verdict, far.reason) == (CONTRADICTED, "0.3, -40 % from 0.5")

    def test_the_direction_is_not_asked_as_well(self, case):
        given = case(test="threshold", threshold=">= 2", direction="up")
        assert judging.judge(given, Values(2.0, 9.0)).verdict == REPRODUCED


class TestRank:
    def rank(self, case):
        return case(
            test="rank", threshold="half_time(observable) < half_time(observable_b)",
            window="half_time 0-28", observable_b="fast_blood",
        )  # fmt: skip

    def test_order_and_direction_must_both_hold(self, case):
        given = self.rank(case)
        assert judging.judge(given, Values(2, 1, half_times=(3, 5))).verdict == REPRODUCED
        assert judging.judge(given, Values(2, 1, half_times=(5, 3))).verdict == CONTRADICTED
        assert judging.judge(given, Values(1, 1, half_times=(3, 5))).verdict == CONTRADICTED

    def test_what_never_changes_has_no_half_time(self, case):
        found = judging.judge(self.rank(case), Values(2, 1, half_times=(float("nan"), 5)))
        assert found.verdict == CONTRADICTED
        assert found.effect is None
        assert "never (cells_blood)" in found.reason


class TestControls:
    @pytest.mark.parametrize(
        ("left", "outcome"),
        [(1.5, controls.HOLDS), (1.51, controls.FAILS), (1.0, controls.HOLDS),
         (0.2, controls.HOLDS), (3.0, controls.FAILS)],
    )  # fmt: skip
    def test_half_of_the_effect_must_go(self, case, left, outcome):
        found = controls.compare(case(control="expansion"), Values(2.0, 1.0), Values(left, 1.0))
        assert found.outcome == outcome
        assert found.left == pytest.approx(left - 1)

    def test_a_relative_change_that_stays_is_told(self, case):
        found = controls.compare(case(control="expansion"), Values(20.0, 10.0), Values(2.0, 1.0))
        assert found.outcome == controls.HOLDS
        assert found.reason == "10 % of the effect is left, of the relative change 100 %"

    def test_what_arises_from_nothing_is_compared_as_it_is(self, case):
        found = controls.compare(case(control="expansion"), Values(9.0, 0.0), Values(3.0, 0.0))
        assert found.left == pytest.approx(1 / 3)

    def test_effects_are_counted_from_own_references(self, case):
        given = case(test="required", direction="required", control="expansion",
                     reference="context=healthy; expansion=0 | context=healthy")  # fmt: skip
        found = controls.compare(given, Values(3, 9, 3, 1), Values(3, 4, 2, 1))
        assert found.left == pytest.approx(2 / 8)

    def test_arms_that_become_the_same_are_told(self, case):
        given = case(arm_a="context=at3; expansion=0", arm_b="context=at3", direction="down",
                     control="expansion")  # fmt: skip
        found = controls.compare(given, Values(1.0, 2.0), Values(1.0, 1.0))
        assert found.outcome == controls.HOLDS
        assert "both arms become the same" in found.reason

    def test_one_failing_case_fails_the_control(self):
        held, failed = (controls.Control(o, "r", 0.1) for o in (controls.HOLDS, controls.FAILS))
        missing = controls.Control(controls.NOT_COVERED, "no switch x")
        assert controls.combined([("a", held), ("b", failed)]).outcome == controls.FAILS
        assert controls.combined([("a", held), ("b", missing)]).outcome == controls.NOT_COVERED
        both = controls.combined([("a", held), ("b", held)])
        assert (both.outcome, both.reason, both.left) == (controls.HOLDS, "r", 0.1)
        assert controls.combined([]).outcome == controls.NONE
