"""Cohorts: the same hosts for everybody, honest statistics, and every verdict of an association."""

from __future__ import annotations

import numpy as np
import pytest
from findings_model import bind, columns, make_entry, shelf_of
from scipy import stats

from immacro.findings import cohort, controls
from immacro.findings.correlation import correlation
from immacro.findings.evaluation import evaluate
from immacro.findings.jobs import Course
from immacro.findings.judging import CONTRADICTED, NOT_COVERED, REPRODUCED

DIRECTIONS = {"+": "positive", "-": "negative", "0": "no"}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return shelf_of(make_entry(tmp_path_factory.mktemp("cohort")))


@pytest.fixture
def judge(tmp_path, shelf):
    """Judge an association of x and y over 40 hosts."""

    def make(x, y, sign="+", **given):
        row = columns(**({
            "test": "association", "direction": f"{DIRECTIONS[sign]}_association",
            "status": "study", "arm_b": "", "cohort": f"x={x}; y={y}; sign={sign}; n=40",
        } | given))  # fmt: skip
        (finding,) = evaluate(bind(tmp_path, row), shelf, workers=1)
        return finding

    return make


class TestHosts:
    def test_every_rate_that_may_vary_is_drawn_within_its_range(self, shelf):
        ledger = shelf.model("pond", "mouse").ledger
        hosts = cohort.hosts_of(ledger, 300)
        rates = [i for i, row in ledger.rows.items() if row.role == "rate"]
        assert all([name for name, _ in host] == rates for host in hosts)
        for i, name in enumerate(rates):
            row, values = ledger.rows[name], np.array([host[i][1] for host in hosts])
            assert values.min() >= row.low
            assert values.max() <= row.high
            share = np.log(values / row.low) / np.log(row.high / row.low)
            assert stats.kstest(share, "uniform").pvalue > 1e-3

    def test_hosts_are_the_same_each_time(self, shelf):
        ledger = shelf.model("pond", "mouse").ledger
        assert cohort.hosts_of(ledger, 20) == cohort.hosts_of(ledger, 20)
        assert cohort.hosts_of(ledger, 20) != cohort.hosts_of(ledger, 20, seed=1)

    def test_what_an_arm_sets_itself_is_not_drawn(self, judge):
        found = judge("tumour_burden@28", "cells_blood@28", arm_a="context=at3; tumour_growth=0.3")
        assert "is the same in all hosts" in found.reason
        assert found.verdict == CONTRADICTED


class TestStatistics:
    def test_rho_is_that_of_scipy_and_its_interval_covers_the_truth(self):
        rng = np.random.default_rng(7)
        truth = 6 / np.pi * np.arcsin(0.5 / 2)  # Spearman's rho of a normal pair with r = 0.5
        covered = 0
        for _ in range(400):
            x = rng.standard_normal(100)
            y = 0.5 * x + np.sqrt(0.75) * rng.standard_normal(100)
            found = correlation(x, y)
            assert found.rho == pytest.approx(stats.spearmanr(x, y).statistic)
            covered += found.low <= truth <= found.high
        assert 0.92 < covered / 400 < 0.98

    def test_a_partial_correlation_takes_a_common_cause_away(self):
        rng = np.random.default_rng(3)
        cause = rng.standard_normal(500)
        x, y = (cause + 0.5 * rng.standard_normal(500) for _ in range(2))
        assert correlation(x, y).low > 0.6
        partial = correlation(x, y, cause)
        assert partial.low < 0.1
        assert abs(partial.rho) < 0.15

    def test_a_constant_cannot_be_ranked(self):
        found = correlation(np.arange(9.0), np.ones(9))
        assert np.isnan(found.rho)

    def test_a_perfect_order_has_no_interval(self):
        x = np.arange(9.0)
        assert correlation(x, x**3).low == 1
        assert correlation(x, -x).high == -1


class TestAssociation:
    def test_each_sign_is_reproduced_by_its_own_data_only(self, judge):
        pairs = {
            "+": ("tumour_burden@28", "cells_blood@20"),
            "-": ("tumour_burden@28", "survival@200"),
            "0": ("tumour_burden@28", "steady_blood@28"),
        }
        for sign, (x, y) in pairs.items():
            for asked in "+-0":
                verdict = judge(x, y, asked).verdict
                assert verdict == (REPRODUCED if sign == asked else CONTRADICTED), (sign, asked)

    def test_a_difference_of_two_days_can_be_ranked(self, judge):
        found = judge("tumour_burden@20 - tumour_burden@3", "tumour_burden@28")
        assert found.verdict == REPRODUCED

    def test_a_response_compares_the_arms_in_each_host(self, judge, shelf):
        given = {"arm_a": "context=at3; anti_pd1_strength=1; anti_pd1_start=20",
                 "arm_b": "context=at3", "day": 26}  # fmt: skip
        found = judge("cells_blood@3", "log_response@26", "0", **given)
        seen = found.deciding.seen.ranked
        assert (seen.y > 0).all()
        hosts = cohort.hosts_of(shelf.model("pond", "mouse").ledger, 40)
        expected = [dict(host)["killing_rate"] * 6 for host in hosts]
        free = np.array(expected) < 3  # where the tumour stays detectable
        assert seen.y[free] == pytest.approx(np.array(expected)[free], rel=1e-3)

    def test_rho_at_fixed_burden_is_told(self, judge):
        found = judge("cells_blood@28", "fast_blood@28")
        assert "at fixed burden rho" in found.reason
        assert found.deciding.seen.ranked.at_fixed_burden is not None
        assert judge("tumour_burden@28", "cells_blood@28").deciding.seen.ranked.at_fixed_burden is (
            None
        )

    def test_tumour_control_counts_from_the_standard_day(self, judge):
        found = judge("tumour_burden@28", "tumour_control@40", "-", day=40)
        assert found.deciding.seen.ranked.y.max() < 0

    def test_further_contexts_move_the_days(self, judge):
        found = judge("tumour_burden@28", "cells_blood@28", also_contexts="kpc")
        assert found.verdict == REPRODUCED
        assert str(found.cases[1].case.cohort.x) == "tumour_burden@30"


class TestControls:
    def test_half_of_rho_must_go(self, judge):
        given = {"x": "tumour_burden@28", "y": "fast_blood@28"}
        assert judge(**given, control="expansion").control.outcome == controls.HOLDS
        assert judge(**given, control="priming").control.outcome == controls.FAILS


class TestGroupsAndShares:
    def test_groups_are_split_at_the_median_of_the_first(self, tmp_path, shelf):
        row = columns(status="study", arm_b="context=at3",
                      cohort="x=tumour_burden@28 split at its median; y=cells_blood@28; "
                             "sign=+; n=40")  # fmt: skip
        (found,) = evaluate(bind(tmp_path, row), shelf, 1)
        seen = found.deciding.seen
        upper = seen.ranked.x > np.median(seen.ranked.x)
        assert seen.value_a == np.median(seen.ranked.y[upper])
        assert seen.value_b == np.median(seen.ranked.y[~upper])
        assert found.verdict == (REPRODUCED if seen.value_a >= 1.2 * seen.value_b else CONTRADICTED)

    @pytest.mark.parametrize(("threshold", "verdict"), [("> 0.9", REPRODUCED),
                                                        ("<= 0.5", CONTRADICTED)])  # fmt: skip
    def test_a_share_of_hosts_is_held_against_a_threshold(
        self, tmp_path, shelf, threshold, verdict
    ):
        row = columns(status="study", test="threshold", threshold=threshold, day=28,
                      cohort="share of hosts with tumour_burden@10 <= 0.343 of tumour_burden@28; "
                             "n=40")  # fmt: skip
        (found,) = evaluate(bind(tmp_path, row), shelf, 1)
        assert found.verdict == verdict
        assert found.deciding.seen.value_a == 1


class TestFailures:
    def test_failed_hosts_are_left_out_and_counted(self, judge):
        found = judge("tumour_burden@28", "cells_blood@28", arm_a="context=at3; burst_strength=0")
        assert "40 of 40 hosts" in found.reason

    def test_some_failed_hosts_leave_a_verdict(self, judge, monkeypatch):
        monkeypatch.setattr(cohort, "ranked", losing(cohort.ranked, 15))
        found = judge("tumour_burden@28", "cells_blood@28")
        assert found.verdict == REPRODUCED
        assert "25 of 40 hosts" in found.reason
        assert found.deciding.seen.ranked.failed == {"it burst": 15}

    def test_too_many_failed_hosts_leave_none(self, judge):
        found = judge("tumour_burden@28", "cells_blood@28", arm_a="context=at3; burst_strength=1")
        assert found.verdict == NOT_COVERED
        assert found.reason.startswith("run failed: 40 of 40 hosts failed, most because: ")


def losing(ranked, count):
    """Return the reading of cohorts, with some hosts failing."""

    def read(case, jobs, course, fixed):
        lost = set(jobs["a"][:count])

        def patchy(job):
            return Course(np.zeros(0), {}, "it burst") if job in lost else course(job)

        return ranked(case, jobs, patchy, fixed)

    return read
