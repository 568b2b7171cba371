"""From a row to a verdict: every kind of experiment, run on a small model."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from findings_model import bind, columns, make_entry, shelf_of

from immacro.ensemble.backends import InThisProcess, Outcome
from immacro.errors import InvalidValueError
from immacro.findings import controls, derived
from immacro.findings.api import run
from immacro.findings.arms import Arm
from immacro.findings.evaluation import evaluate
from immacro.findings.jobs import Job, Runner
from immacro.findings.judging import CONTRADICTED, NOT_COVERED, REPRODUCED

RESPONSE = {
    "observable": "ici_response", "test": "required", "direction": "required", "day": 20,
    "arm_a": "context=at3; anti_pd1_strength=1; anti_pd1_start=10; egress_block_strength=1; "
             "egress_block_start=9",
    "arm_b": "context=at3; anti_pd1_strength=1; anti_pd1_start=10",
    "reference": "context=at3; egress_block_strength=1; egress_block_start=9 | context=at3",
}  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return shelf_of(make_entry(tmp_path_factory.mktemp("evaluation")))


@pytest.fixture
def judge(tmp_path, shelf):
    """Judge one row."""

    def make(**given):
        (finding,) = evaluate(bind(tmp_path, columns(**given)), shelf, workers=1)
        return finding

    return make


class TestRatio:
    def test_a_rise_is_reproduced_and_its_opposite_is_contradicted(self, judge):
        up, down = judge(), judge(direction="down")
        assert (up.verdict, down.verdict) == (REPRODUCED, CONTRADICTED)
        assert up.deciding.seen.value_a > 2
        assert up.deciding.seen.value_b == pytest.approx(1)
        assert down.deciding.seen.value_a == up.deciding.seen.value_a

    def test_what_a_driver_does_not_touch_is_unchanged(self, judge):
        given = {"observable": "steady_blood"}
        assert judge(**given, direction="unchanged").verdict == REPRODUCED
        assert judge(**given, direction="not_up").verdict == REPRODUCED
        assert judge(**given, direction="up").verdict == CONTRADICTED
        assert judge(direction="unchanged").verdict == CONTRADICTED

    def test_the_value_is_that_of_the_model_on_the_day(self, judge, shelf):
        found = judge(day=17, arm_a="context=at3; surgery_day=12; surgery_extent=1")
        data = shelf.model("pond", "mouse").simulate(
            levers={"surgery_day": 12, "surgery_extent": 1}, context="at3", days=17, points=18
        )
        assert found.deciding.seen.value_a == pytest.approx(float(data["cells_blood"][-1]), 1e-6)

    def test_the_comparator_may_be_read_on_another_day(self, judge):
        found = judge(arm_b="context=at3", day_b=3)
        assert found.verdict == REPRODUCED
        assert judge(arm_b="context=at3", day_b=28, direction="unchanged").verdict == REPRODUCED

    def test_the_comparator_may_be_read_before_anything_happens(self, judge):
        found = judge(arm_b="context=at3", day_b=0)
        assert found.deciding.seen.value_b == pytest.approx(1)

    def test_the_comparator_may_be_another_observable(self, judge):
        found = judge(arm_b="context=at3", observable_b="steady_blood")
        assert found.deciding.seen.value_b == pytest.approx(1)
        assert found.verdict == REPRODUCED

    def test_a_strength_without_a_start_acts_from_the_onset(self, judge):
        arm = "context=at3; late_strength=1"
        found = judge(arm_a=arm, arm_b="context=at3", day=10)
        assert found.verdict == REPRODUCED
        late = judge(arm_a=f"{arm}; late_start=50", arm_b="context=at3", day=10)
        assert late.verdict == CONTRADICTED

    def test_what_is_shown_beside_decides_nothing(self, judge):
        found = judge(also_observable="steady_blood")
        assert found.verdict == REPRODUCED
        assert found.deciding.seen.also == pytest.approx((1, 1))


class TestWindows:
    """``wave_blood`` is 1 + cos(2 pi t / 20 d)."""

    def wave(self, judge, window, **given):
        found = judge(observable="wave_blood", window=window, arm_b="context=at3", **given)
        return found.deciding.seen

    def test_the_largest_value_of_a_window_counts(self, judge):
        seen = self.wave(judge, "max 12-28", day=28)
        assert seen.value_a == pytest.approx(2, abs=1e-4)
        assert seen.value_b == pytest.approx(2, abs=1e-4)
        assert seen.values.peak_day == pytest.approx(20, abs=0.1)

    def test_the_mean_of_a_window_counts(self, judge):
        assert self.wave(judge, "mean 0-20").value_a == pytest.approx(1, abs=1e-3)
        assert self.wave(judge, "mean 0-10").value_a == pytest.approx(1, abs=1e-3)
        assert self.wave(judge, "mean 5-15").value_a == pytest.approx(1 - 2 / np.pi, abs=1e-3)

    def test_a_comparator_with_a_day_of_its_own_is_read_on_it(self, judge):
        assert self.wave(judge, "max 12-28", day_b=10).value_b == pytest.approx(0, abs=1e-6)

    def test_a_very_short_window_is_seen(self, judge):
        seen = self.wave(judge, "max 10-10.05", day=10)
        assert seen.value_a == pytest.approx(1 + np.cos(np.pi * 10.05 / 10), rel=1e-6)

    def test_the_day_of_the_largest_value_is_held_against_a_threshold(self, judge):
        given = {"observable": "wave_blood", "window": "max 5-28", "test": "threshold",
                 "arm_b": "context=at3", "day_b": 5}  # fmt: skip
        assert judge(**given, threshold="argmax in 19-21 and max >= 1.2 of arm_b").verdict == (
            REPRODUCED
        )
        assert judge(**given, threshold="argmax in 21-25").verdict == CONTRADICTED


class TestReferences:
    def test_surgery_restores_what_the_tumour_did(self, judge):
        given = {"test": "restored", "direction": "restored", "arm_b": "context=at3",
                 "day": 56, "day_b": 28, "reference": "context=healthy"}  # fmt: skip
        assert judge(arm_a="context=at3; surgery_extent=1", **given).verdict == REPRODUCED
        assert judge(arm_a="context=at3; surgery_extent=0.1", **given).verdict == CONTRADICTED

    def test_a_driver_is_required(self, judge):
        given = {"test": "required", "direction": "required", "arm_b": "context=at3",
                 "reference": "context=healthy"}  # fmt: skip
        assert judge(arm_a="context=at3; expansion=0", **given).verdict == REPRODUCED
        assert judge(arm_a="context=at3; priming=0", **given).verdict == CONTRADICTED

    def test_an_effect_is_abrogated(self, judge):
        given = {"test": "abrogated", "direction": "abrogated", "arm_b": "context=at3",
                 "reference": "context=healthy"}  # fmt: skip
        assert judge(arm_a="context=at3; gcsf_strength=0", **given).verdict == REPRODUCED
        assert judge(arm_a="context=at3; gcsf_strength=0.4", **given).verdict == CONTRADICTED

    def test_zero_counts_from_nothing(self, judge):
        given = {"test": "required", "direction": "required", "arm_b": "context=at3",
                 "reference": "zero"}  # fmt: skip
        assert judge(arm_a="context=at3; expansion=0", **given).verdict == REPRODUCED
        assert judge(arm_a="context=at3; gcsf_strength=0.9", **given).verdict == CONTRADICTED

    def test_a_response_is_counted_from_each_arm_without_the_therapy(self, judge):
        found = judge(**RESPONSE)
        assert found.verdict == REPRODUCED
        assert found.deciding.seen.value_a == 0
        assert found.deciding.seen.value_b == pytest.approx(1 - np.exp(-6), rel=1e-3)
        spared = RESPONSE["arm_a"].replace("egress_block_strength=1", "egress_block_strength=0.1")
        assert judge(**(RESPONSE | {"arm_a": spared})).verdict == CONTRADICTED


class TestBurden:
    def test_burdens_that_cannot_be_detected_are_read_as_that(self, judge):
        found = judge(observable="tumour_burden", context="mc38", arm_a="context=mc38", day=24)
        assert found.deciding.seen.value_a == found.deciding.seen.value_b == 1e5
        assert found.verdict == CONTRADICTED

    def test_the_limit_depends_on_the_host(self, judge):
        found = judge(observable="tumour_burden", host="human", context="breast", day=3,
                      arm_a="context=breast; surgery_day=1; surgery_extent=0.9")  # fmt: skip
        assert found.deciding.seen.value_a == 1e8

    def test_survival_is_the_first_day_above_the_limit(self, judge):
        given = {"observable": "survival", "day": 90, "arm_b": "context=kpc"}
        found = judge(**given, direction="down")
        assert found.deciding.seen.value_a == pytest.approx(np.log(2e9 / 1e5) / 0.3, rel=1e-3)
        assert found.deciding.seen.value_b == pytest.approx(np.log(2e9 / 1e5) / 0.25, rel=1e-3)

    def test_survival_is_censored_on_its_day(self, judge):
        found = judge(observable="survival", day=30, arm_b="context=kpc")
        assert found.deciding.seen.value_a == found.deciding.seen.value_b == 30

    def test_relapse_counts_after_surgery(self):
        times = np.linspace(0, 100, 101)
        burden = np.where(times <= 40, 5e9, 1e6 * np.exp(0.3 * (times - 40)))
        arm = Arm("at3", (("surgery_day", 40.0),))
        found = derived.time_above("relapse_free_survival", times, burden, "mouse", 90, arm)
        assert found == pytest.approx(40 + np.log(1e3) / 0.3, abs=0.01)
        assert derived.time_above("relapse_free_survival", times, burden, "mouse", 90,
                                  Arm("at3")) == 0  # fmt: skip


class TestRank:
    def test_the_faster_population_has_the_earlier_half_time(self, judge):
        given = {"test": "rank", "window": "half_time 0-28", "observable": "fast_blood",
                 "observable_b": "cells_blood"}  # fmt: skip
        first = "half_time(observable) < half_time(observable_b)"
        second = "half_time(observable_b) < half_time(observable)"
        found = judge(**given, threshold=first)
        assert found.verdict == REPRODUCED
        assert found.deciding.seen.judgement.effect > 0
        assert judge(**given, threshold=second).verdict == CONTRADICTED


class TestAlternatives:
    def test_all_alternatives_must_hold(self, judge):
        both = "context=at3; surgery_extent=1; surgery_day=27 | context=at3; priming=0"
        one = "context=at3; priming=0 | context=at3; gcsf_strength=0"
        assert judge(arm_a=both).verdict == REPRODUCED
        found = judge(arm_a=one)
        assert found.verdict == CONTRADICTED
        assert found.deciding.case.alternative == 1

    def test_an_alternative_that_cannot_be_run_leaves_the_row_uncovered(self, judge):
        found = judge(arm_a="context=at3 | context=at3; nothing_strength=1")
        assert found.verdict == NOT_COVERED
        assert found.reason == "at3 (2): no lever nothing"


class TestContexts:
    def test_a_row_must_hold_in_further_contexts_that_exist(self, judge):
        assert judge(also_contexts="kpc;breast").verdict == REPRODUCED
        found = judge(also_contexts="kpc;mc38")
        assert found.verdict == CONTRADICTED
        assert found.deciding.case.context == "mc38"

    def test_contexts_that_do_not_exist_are_named_and_do_no_harm(self, judge):
        found = judge(also_contexts="nsclc;kpc;b16")
        assert found.verdict == REPRODUCED
        assert found.reason.endswith("no such context: nsclc, b16")

    def test_a_row_whose_own_context_is_missing_is_not_covered(self, judge):
        found = judge(context="b16", arm_a="context=b16", also_contexts="kpc", direction="down")
        assert found.verdict == NOT_COVERED

    def test_a_further_context_that_cannot_be_asked_leaves_the_row_uncovered(self, judge):
        found = judge(also_contexts="quiet")
        assert found.verdict == NOT_COVERED
        assert found.reason == "quiet: quiet has no standard day"


class TestControls:
    def test_a_switch_that_carries_the_effect_holds(self, judge):
        found = judge(control="expansion", also_contexts="kpc")
        assert found.control.outcome == controls.HOLDS
        assert found.control.left == pytest.approx(0, abs=1e-6)

    def test_a_switch_that_does_not_fails_and_leaves_the_verdict(self, judge):
        found = judge(control="priming")
        assert found.control.outcome == controls.FAILS
        assert found.verdict == REPRODUCED

    def test_a_setting_can_be_a_control(self, judge):
        assert judge(control="gcsf_strength=0").control.outcome == controls.HOLDS
        assert judge(control="gcsf_strength=0.9").control.outcome == controls.FAILS

    def test_what_a_control_lacks_is_named(self, judge):
        found = judge(control="expansion; myeloid_bias; nk_block_strength=1")
        assert found.verdict == REPRODUCED
        assert found.control.outcome == controls.NOT_COVERED
        assert found.control.reason == "no switch myeloid_bias, no lever nk_block"

    def test_a_contradicted_row_has_no_effect_that_could_go(self, judge):
        found = judge(direction="down", control="expansion; myeloid_bias")
        assert found.control.outcome == controls.NOT_COVERED
        assert found.control.reason == "the finding itself does not hold, no switch myeloid_bias"

    def test_a_row_without_a_control_says_none(self, judge):
        assert judge().control.outcome == controls.NONE

    def test_a_control_acts_in_references_too(self, judge):
        found = judge(**RESPONSE, control="priming")
        assert found.control.outcome == controls.HOLDS

    def test_a_control_whose_run_fails_is_not_covered(self, judge):
        found = judge(control="burst_strength=1")
        assert found.verdict == REPRODUCED
        assert found.control.outcome == controls.NOT_COVERED
        assert found.control.reason.startswith("run failed: ")


class TestFailures:
    def test_a_failed_run_is_no_verdict(self, judge):
        found = judge(arm_a="context=at3; burst_strength=1")
        assert found.verdict == NOT_COVERED
        assert found.reason.startswith("run failed: ")

    def test_the_other_rows_go_on(self, tmp_path, shelf):
        rows = bind(tmp_path, columns(id="one", arm_a="context=at3; burst_strength=1"),
                    columns(id="two"))  # fmt: skip
        assert [f.verdict for f in evaluate(rows, shelf, 1)] == [NOT_COVERED, REPRODUCED]

    def test_a_row_that_is_not_represented_says_why(self, tmp_path, shelf):
        row = dict.fromkeys(columns(), "") | {
            "id": "x", "tier": "untestable", "observable": "y", "direction": "up",
            "status": "not_represented", "reason": "a matter of opinion",
        }  # fmt: skip
        (found,) = evaluate(bind(tmp_path, row), shelf, 1)
        assert found.verdict == NOT_COVERED
        assert found.reason == "not represented: a matter of opinion"


class TestRuns:
    def test_equal_runs_are_carried_out_once(self, shelf):
        one = Job("pond", "mouse", Arm("at3", (("expansion", 0.0), ("priming", 0.0))), (3.0,))
        same = Job("pond", "mouse", Arm("at3", (("priming", 0.0), ("expansion", 0.0))), (3.0,))
        with Runner(shelf, 1) as runner:
            runner.run({one: {"cells_blood"}, same: {"fast_blood"}})
            assert runner.count == 1
            assert runner.course(one).on(3.0, "fast_blood") == runner.course(same).on(
                3.0, "fast_blood"
            )

    def test_days_that_are_read_are_reported_exactly(self):
        job = Job("pond", "mouse", Arm("at3"), (14.0, 28.0, 9.1), ((10.0, 10.05),))
        for day in (14.0, 28.0, 9.1, 10.0, 10.05):
            assert day in job.times
        assert (np.diff(job.times) > 1e-7).all()
        assert job.times[0] == 0

    def test_workers_do_not_change_a_value(self, tmp_path, shelf):
        rows = bind(tmp_path, columns(id="one"), columns(id="two", observable="fast_blood",
                    day=20, control="priming"), columns(id="three", day=25))  # fmt: skip
        here, there = (run(rows=rows, shelf=shelf, workers=w).records for w in (1, 2))
        assert here == there

    @pytest.mark.parametrize("workers", [0, -1, 1.5, "two"])
    def test_a_number_of_workers_must_be_one(self, tmp_path, shelf, workers):
        with pytest.raises(InvalidValueError, match="is not a number of workers"):
            evaluate(bind(tmp_path, columns()), shelf, workers)


class Deadly:
    """A place whose workers die with the first chunks that they get."""

    capacity, isolates = 1, True

    def __init__(self, deaths):
        self._deaths = deaths
        self._here = InThisProcess()

    def submit(self, chunk):
        self._here.submit(chunk)

    def wait(self, seconds):
        (outcome,) = self._here.wait(seconds)
        if self._deaths:
            self._deaths -= 1
            return [Outcome(outcome.chunk, fault="was killed by signal 9")]
        return [outcome]

    def close(self):
        self._here.close()


class TestDeaths:
    JOB = Job("pond", "mouse", Arm("at3"), (3.0,))

    def course(self, shelf, monkeypatch, deaths):
        place = contextlib.nullcontext(Deadly(deaths))
        monkeypatch.setattr(Runner, "_backend", lambda self, chunks: place)
        with Runner(shelf) as runner:
            runner.run({self.JOB: {"cells_blood"}})
            return runner.course(self.JOB)

    def test_a_run_whose_worker_dies_is_tried_again(self, shelf, monkeypatch):
        found = self.course(shelf, monkeypatch, 1)
        assert found.failure == ""
        assert found.on(3.0, "cells_blood") > 0

    def test_a_run_whose_worker_dies_again_has_failed(self, shelf, monkeypatch):
        assert self.course(shelf, monkeypatch, 2).failure == "its worker was killed by signal 9"
