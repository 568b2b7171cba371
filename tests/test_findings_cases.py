"""Where a row is asked: alternatives, further contexts, moved days, and what is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from findings_model import bind, columns, make_entry, shelf_of

from immacro.findings import cases, representable
from immacro.findings.arms import Arm
from immacro.findings.cases import cases_of

BINDINGS = Path(__file__).parents[1] / "models" / "macroenvironment" / "BINDINGS.md"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return shelf_of(make_entry(tmp_path_factory.mktemp("cases")))


@pytest.fixture
def expand(tmp_path, shelf):
    def make(**given):
        (binding,) = bind(tmp_path, columns(**given))
        return cases_of(binding, shelf)

    return make


def missing(case, shelf):
    model = shelf.model(case.binding.model, case.host)
    other = shelf.model(case.binding.model, "mouse") is not None
    return [str(m) for m in representable.of_case(case, model, other)]


def test_the_standard_days_are_those_of_the_text():
    text = " ".join(BINDINGS.read_text("utf-8").split())
    told = re.search(r"\*\*Standard days\*\* \(mouse\): (.*?)\. Human", text)[1]
    days = {
        name: int(day)
        for names, day in re.findall(r"([a-z0-9_ ]+?) (\d+)(?:,|$)", told)
        for name in names.split()
    }
    assert days == cases.MOUSE_DAYS
    assert f"day {cases.HUMAN_DAY}" in text


class TestContexts:
    def test_every_day_moves_with_a_row_into_another_context_and_the_onset_stays(self, expand):
        (own, further), absent = expand(
            arm_a="context=at3; surgery_day=21; surgery_extent=1; egress_block_strength=1; "
            "egress_block_start=0; gcsf_stop=7",
            arm_b="context=at3",
            reference="context=healthy; anti_pd1_start=14; anti_pd1_strength=1",
            day=56, day_b=28, window="mean 0-56", also_contexts="kpc",
        )  # fmt: skip
        assert absent == []
        assert (own.day, own.day_b, own.arm_b) == (56, 28, Arm("at3"))
        assert (further.day, further.day_b, further.arm_b) == (58, 30, Arm("kpc"))
        assert (further.window.first, further.window.last) == (0, 58)
        assert dict(further.arm_a.settings) == {
            "surgery_day": 23, "surgery_extent": 1, "egress_block_strength": 1,
            "egress_block_start": 0, "gcsf_stop": 9,
        }  # fmt: skip
        assert further.reference_a == Arm(
            "healthy", (("anti_pd1_start", 16), ("anti_pd1_strength", 1))
        )

    def test_a_context_of_the_other_host_is_asked_of_its_model(self, expand):
        (_, further), _ = expand(also_contexts="breast")
        assert (further.host, further.day) == ("human", 360)
        assert further.arm_a == Arm("breast")
        assert further.arm_b == Arm("healthy")

    def test_contexts_that_do_not_exist_are_named(self, expand):
        found, absent = expand(also_contexts="kpc;nsclc;b16")
        assert [case.context for case in found] == ["at3", "kpc"]
        assert absent == ["nsclc", "b16"]

    def test_days_of_thresholds_and_cohorts_move_too(self, expand):
        (_, further), _ = expand(
            also_contexts="kpc", test="threshold", threshold="argmax in 20-24 and >= 1",
            window="max 0-28", cohort="x=cells_blood@28; y=fast_blood@0; sign=+; n=20",
        )  # fmt: skip
        assert further.threshold.text == "argmax in 22-26 and >= 1"
        assert further.threshold.terms[0].first == 22
        assert [str(side) for side in (further.cohort.x, further.cohort.y)] == [
            "cells_blood@30", "fast_blood@0",
        ]  # fmt: skip

    def test_a_day_that_would_fall_before_the_onset_is_not_moved(self, expand, shelf):
        (_, further), _ = expand(
            context="kpc", arm_a="context=kpc; surgery_day=1; surgery_extent=1",
            also_contexts="at3",
        )  # fmt: skip
        assert missing(further, shelf) == ["day 1 would fall before the onset"]

    def test_a_context_without_a_standard_day_is_not_asked(self, expand, shelf):
        (_, further), _ = expand(also_contexts="quiet")
        assert missing(further, shelf) == ["quiet has no standard day"]


class TestAlternatives:
    def test_one_comparator_serves_all_alternatives(self, expand):
        found, _ = expand(
            arm_a="context=at3; expansion=0 | context=at3; surgery_extent=1", also_contexts="kpc"
        )
        assert [(c.context, c.alternative) for c in found] == [
            ("at3", 0), ("at3", 1), ("kpc", 0), ("kpc", 1),
        ]  # fmt: skip
        assert {c.arm_b for c in found} == {Arm("healthy")}
        assert found[1].label == "at3 (2)"

    def test_comparators_and_references_pair_up_with_alternatives(self, expand):
        found, _ = expand(
            arm_a="context=at3; expansion=0 | context=at3; priming=0",
            arm_b="context=kpc | context=at3",
            reference="context=healthy | context=healthy; expansion=0",
        )
        assert [c.arm_b.context for c in found] == ["kpc", "at3"]
        assert [len(c.reference_b.settings) for c in found] == [0, 1]
        assert not any(c.paired for c in found)

    def test_without_alternatives_two_references_belong_to_the_arms(self, expand):
        (found,), _ = expand(reference="context=healthy; expansion=0 | context=healthy")
        assert found.paired
        assert (found.reference_a.settings, found.reference_b.settings) == (
            (("expansion", 0),),
            (),
        )


MISSING = {
    "model": ({"model": "tarn"}, ["no model tarn"]),
    "context": ({"context": "b16", "arm_a": "context=b16"}, ["no context b16"]),
    "context of the comparator": ({"arm_b": "context=b16"}, ["no context b16"]),
    "observable": ({"observable": "nk_blood"}, ["no observable nk_blood"]),
    "second observable": ({"observable_b": "nk_blood"}, ["no observable nk_blood"]),
    "lever": ({"arm_a": "context=at3; cd28_block_strength=1; cd28_block_start=9"},
              ["no lever cd28_block"]),
    "field": ({"arm_a": "context=at3; anti_pd1_dose=10"}, ["no lever field dose of anti_pd1"]),
    "switch": ({"arm_a": "context=at3; irf8_repression=0"}, ["no switch irf8_repression"]),
    "several": (
        {"arm_b": "context=b16; x_dose=1; y=0", "observable": "z"},
        ["no context b16", "no lever x", "no switch y", "no observable z"],
    ),
    "value out of range": (
        {"arm_a": "context=at3; anti_pd1_strength=7"},
        ["anti_pd1_strength = 7 is outside its range"],
    ),
    "factor of a cohort": (
        {"cohort": "x=age; y=cells_blood@28; sign=+; n=20", "test": "association",
         "direction": "positive_association"},
        ["no cohort factor age"],
    ),
    "observable of a cohort": (
        {"cohort": "x=nk_blood@3; y=log_response@28; sign=+; n=20", "test": "association",
         "direction": "positive_association"},
        ["no observable nk_blood"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "told"), MISSING.values(), ids=MISSING)
def test_what_the_model_lacks_is_named(expand, shelf, change, told):
    (case,), _ = expand(**change)
    assert missing(case, shelf) == told


def test_what_is_only_shown_need_not_exist(expand, shelf):
    (case,), _ = expand(also_observable="nk_blood")
    assert missing(case, shelf) == []


def test_a_model_that_exists_for_another_host_only_says_so(tmp_path):
    entry = make_entry(tmp_path / "root")
    (entry.sbml / "human" / "pond.xml").unlink()
    shelf = shelf_of(entry)
    (binding,) = bind(tmp_path, columns(host="human", context="breast", arm_a="context=breast"))
    (case,), _ = cases_of(binding, shelf)
    assert missing(case, shelf) == ["no host human of pond"]
