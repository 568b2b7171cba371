"""A row of bindings is read as it is written, or refused with its line and column."""

from __future__ import annotations

import pytest
from findings_model import bind, columns, write_rows

from immacro.errors import InvalidValueError
from immacro.findings import arms, bindings, cohort_text, conditions
from immacro.findings.arms import Arm
from immacro.findings.bindings import BindingsError
from immacro.findings.conditions import Observed

RANKS = "x=cells_blood@28; y=tumour_burden@28; sign=+; n=20"


def association(**given):
    values = {
        "test": "association", "direction": "positive_association", "status": "study",
        "arm_b": "", "cohort": RANKS,
    }  # fmt: skip
    return columns(**(values | given))


class TestReading:
    def test_the_packaged_bindings_are_read_row_by_row(self):
        (path,) = bindings.packaged()
        rows = bindings.read(path)
        assert len(rows) == len(path.read_text("utf-8").splitlines()) - 1
        assert {row.tier for row in rows} == {"core", "text", "untestable"}

    def test_arms_have_a_context_and_settings(self, tmp_path):
        row = columns(arm_a="context=at3; anti_pd1_strength=0.5; expansion=0")
        (binding,) = bind(tmp_path, row)
        assert binding.arm_a == (Arm("at3", (("anti_pd1_strength", 0.5), ("expansion", 0.0))),)
        assert str(binding.arm_a[0]) == row["arm_a"]

    def test_alternatives_are_arms_of_their_own(self, tmp_path):
        row = columns(arm_a="context=at3; surgery_extent=1 | context=at3; expansion=0")
        (binding,) = bind(tmp_path, row)
        assert [dict(arm.settings) for arm in binding.arm_a] == [
            {"surgery_extent": 1},
            {"expansion": 0},
        ]

    def test_a_control_sets_bare_names_to_zero(self):
        assert arms.parse_control("expansion; egress_block_strength=1") == (
            ("expansion", 0.0),
            ("egress_block_strength", 1.0),
        )

    def test_zero_is_a_reference_without_an_arm(self, tmp_path):
        (binding,) = bind(tmp_path, columns(test="required", direction="required",
                                            reference="zero"))  # fmt: skip
        assert binding.zero
        assert binding.reference == ()

    def test_a_cohort_ranks_a_point_or_a_difference(self):
        cohort = cohort_text.parse_cohort("x=a@402 - a@360; y=log_response@444; sign=-; n=300")
        assert str(cohort.x) == "a@402 - a@360"
        assert cohort.x.day == 360
        assert (cohort.hosts, cohort.sign) == (300, "-")

    def test_a_cohort_may_be_split_or_counted(self):
        split = cohort_text.parse_cohort("x=a@3 split at its median; y=b@3; sign=+; n=30")
        share = cohort_text.parse_cohort("share of hosts with a@9 <= 0.3 of a@1; n=30")
        assert (split.kind, share.kind) == ("groups", "share")
        assert (share.relation, share.limit) == ("<=", 0.3)

    def test_a_row_that_is_not_represented_needs_only_a_reason(self, tmp_path):
        row = dict.fromkeys(bindings.COLUMNS, "") | {
            "id": "x", "tier": "untestable", "observable": "y", "direction": "up",
            "status": "not_represented", "reason": "a matter of opinion",
        }  # fmt: skip
        (binding,) = bind(tmp_path, row)
        assert not binding.represented


class TestThresholds:
    @pytest.mark.parametrize(
        ("text", "seen", "holds"),
        [
            (">= 0.2", Observed(0.2), True),
            (">= 0.2", Observed(0.1999), False),
            ("> 0.5", Observed(0.5), False),
            ("> 0.5", Observed(0.51), True),
            ("<= 3", Observed(3), True),
            ("< 3", Observed(3), False),
            ("within 20% of 0.68", Observed(0.68 * 1.2), True),
            ("within 20% of 0.68", Observed(0.68 * 0.8), True),
            ("within 20% of 0.68", Observed(0.68 * 1.21), False),
            ("within 20% of 0.68", Observed(0.68 * 0.79), False),
            ("max >= 1.2 of arm_b", Observed(1.2, 1.0), True),
            ("max >= 1.2 of arm_b", Observed(1.19, 1.0), False),
            ("max >= 1.2 of arm_b", Observed(9), False),
            ("argmax in 3-5", Observed(9, peak_day=5), True),
            ("argmax in 3-5", Observed(9, peak_day=5.1), False),
            ("argmax in 3-5 and > 1", Observed(1, peak_day=4), False),
            ("half_time(observable) < half_time(observable_b)", Observed(1, half_times=(2, 3)),
             True),
            ("half_time(observable_b) < half_time(observable)", Observed(1, half_times=(2, 3)),
             False),
            ("half_time(observable) < half_time(observable_b)",
             Observed(1, half_times=(float("nan"), 3)), False),
            ("half_time(observable) < half_time(observable_b)",
             Observed(1, half_times=(2, float("nan"))), False),
        ],
    )  # fmt: skip
    def test_a_stated_threshold_holds_up_to_its_bound(self, text, seen, holds):
        assert conditions.parse_threshold(text).holds(seen) is holds

    @pytest.mark.parametrize(
        "text", ["", "=> 3", ">= x", "within 20 of 3", "argmax 3-5", "half_time(a) < half_time(b)",
                 "half_time(observable) < half_time(observable)"]
    )  # fmt: skip
    def test_anything_else_is_no_threshold(self, text):
        if not text:
            assert conditions.parse_threshold(text) is None
            return
        with pytest.raises(InvalidValueError, match="is not a threshold"):
            conditions.parse_threshold(text)


MALFORMED = {
    "no id": ({"id": ""}, "column id: it is empty"),
    "direction": ({"direction": "upp"}, "column direction: 'upp' is unknown"),
    "status": ({"status": "maybe"}, "column status: 'maybe' is unknown"),
    "host": ({"host": "rat"}, "column host: 'rat' is unknown"),
    "test": ({"test": "t_test"}, "column test: 't_test' is unknown"),
    "test of another direction": ({"test": "restored"}, "column test: 'restored' is no test of"),
    "by construction": ({"by_construction": "perhaps"}, "column by_construction"),
    "space": ({"model": "pond "}, "column model: there is space"),
    "setting without value": ({"arm_a": "context=at3; x"}, "column arm_a: 'x' is not a setting"),
    "setting without number": ({"arm_a": "context=at3; x=much"}, "'much' is not a finite number"),
    "setting that is infinite": ({"arm_a": "context=at3; x=inf"}, "'inf' is not a finite number"),
    "setting given twice": ({"arm_a": "context=at3; x=1; x=2"}, "'x' is set twice"),
    "arm without context": ({"arm_b": "x=1"}, "column arm_b: 'x=1' names no context"),
    "arm with two contexts": ({"arm_b": "context=at3; context=kpc"}, "is not one context"),
    "arm in another context": ({"arm_a": "context=kpc"}, "column arm_a: it is not in the context"),
    "no comparator": ({"arm_b": ""}, "column arm_b: there is nothing to compare with"),
    "alternatives": ({"arm_b": "context=at3 | context=at3"}, "column arm_b: 2 alternatives for 1"),
    "references": (
        {"reference": "context=at3 | context=at3 | context=at3"}, "column reference: 3 parts for 1"
    ),
    "no reference": ({"test": "restored", "direction": "restored"}, "column reference: 'restored'"),
    "day": ({"day": "soon"}, "column day: 'soon' is not a finite number"),
    "no day": ({"day": ""}, "column day: it is empty"),
    "negative day": ({"day_b": "-3"}, "column day_b: day -3 is before the onset"),
    "window": ({"window": "median 3-5"}, "column window: 'median 3-5' is not a window"),
    "window that ends first": ({"window": "max 5-3"}, "column window: 'max 5-3' is not a window"),
    "context twice": ({"also_contexts": "kpc;kpc"}, "column also_contexts: a context is named"),
    "own context again": ({"also_contexts": "at3"}, "column also_contexts: a context is named"),
    "threshold": ({"test": "threshold", "threshold": "big"}, "'big' is not a threshold"),
    "no threshold": ({"test": "threshold"}, "column threshold: 'threshold' needs one"),
    "threshold of a ratio": ({"threshold": "> 1"}, "column threshold: 'ratio' takes none"),
    "order of a threshold": (
        {"test": "threshold", "threshold": "half_time(observable) < half_time(observable_b)"},
        "an order of half-times belongs to rank",
    ),
    "rank without a second": (
        {"test": "rank", "threshold": "half_time(observable) < half_time(observable_b)"},
        "rank needs a window and observable_b",
    ),
    "control": ({"control": "no switch"}, "column control: 'no switch=0' is not a setting"),
    "cohort": ({"cohort": "x=1"}, "column cohort: 'x=1' is not a cohort"),
}  # fmt: skip


class TestRefusals:
    @pytest.mark.parametrize(("change", "told"), MALFORMED.values(), ids=MALFORMED)
    def test_a_malformed_row_is_refused_with_line_and_column(self, tmp_path, change, told):
        path = write_rows(tmp_path, columns(id="fine"), columns(**change))
        with pytest.raises(BindingsError) as caught:
            bindings.read(path)
        assert str(caught.value).startswith(f"{path}:3 (")
        assert told in str(caught.value)
        assert caught.value.remedy

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"cohort": ""}, "an association ranks nothing"),
            ({"cohort": RANKS.replace("+", "-")}, "its sign is not that of"),
            ({"cohort": RANKS.replace("n=20", "n=3")}, "n=3 makes no cohort"),
            ({"cohort": RANKS.replace("cells_blood@28", "cells blood")}, "cannot be ranked"),
        ],
    )
    def test_an_association_without_what_it_ranks_is_refused(self, tmp_path, change, told):
        with pytest.raises(BindingsError, match="column cohort") as caught:
            bind(tmp_path, association(**change))
        assert told in str(caught.value)

    def test_a_finding_with_two_rows_is_refused(self, tmp_path):
        with pytest.raises(BindingsError, match=r":3 \(cells-up\), column id: .* row already"):
            bind(tmp_path, columns(), columns())

    def test_a_row_with_a_comma_too_many_is_refused(self, tmp_path):
        path = write_rows(tmp_path, columns())
        path.write_text(path.read_text() + "a,b\n")
        with pytest.raises(BindingsError, match=r":3: the row has 2 fields instead of 25"):
            bindings.read(path)

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "differs in 'id'"),
            (b"id,tier\n", "differs in 'refs'"),
            (b"\xff\xfe", "cannot be read"),
            (b"id" + b"," * 30, "the header"),
        ],
    )
    def test_a_file_that_is_no_table_of_bindings_is_refused(self, tmp_path, content, told):
        path = tmp_path / "bindings.csv"
        path.write_bytes(content)
        with pytest.raises(BindingsError) as caught:
            bindings.read(path)
        assert told in str(caught.value)

    def test_a_header_in_another_order_is_refused(self, tmp_path):
        path = write_rows(tmp_path, columns())
        path.write_text(path.read_text().replace("id,tier", "tier,id", 1))
        with pytest.raises(BindingsError, match="another order"):
            bindings.read(path)

    def test_a_file_that_is_not_there_is_refused(self, tmp_path):
        with pytest.raises(BindingsError, match="No such file"):
            bindings.read(tmp_path / "none.csv")
