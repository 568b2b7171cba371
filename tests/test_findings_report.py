"""What is reported: data that can be run again, and a page that stands on its own."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html import escape

import numpy as np
import pytest
from findings_model import bind, columns, make_entry, shelf_of

import immacro
from immacro.errors import InvalidValueError, UnknownNameError
from immacro.findings import api, page, records
from immacro.findings.judging import VERDICTS

NEEDED = {
    "id", "tier", "verdict", "arm_a", "arm_b", "reference", "value_a", "value_b", "unit",
    "threshold", "effect", "direction", "control", "by_construction", "reason", "settings", "rerun",
}  # fmt: skip
HOSTILE = '<script>alert("x")</script> & more'
XHTML = "{http://www.w3.org/1999/xhtml}"


def rows():
    """One row of each kind, and each verdict."""
    absent = dict.fromkeys(columns(), "") | {
        "id": "absent", "tier": "untestable", "observable": "y", "direction": "up",
        "status": "not_represented", "reason": HOSTILE,
    }  # fmt: skip
    lost = {"test": "required", "direction": "required", "arm_b": "context=at3"}
    return [
        columns(id="up", refs="12;16", note=HOSTILE, control="expansion", also_contexts="kpc;b16",
                also_observable="steady_blood"),
        columns(id="contradicted", direction="down", tier="text", by_construction="yes"),
        columns(id="missing", observable="nk_blood", arm_a="context=at3; nk_block_strength=1"),
        columns(id="failed", arm_a="context=at3; burst_strength=1"),
        columns(id="required", arm_a="context=at3; expansion=0", reference="context=healthy",
                **lost),
        columns(id="response", observable="ici_response", day=20, **(lost | {
            "arm_a": "context=at3; anti_pd1_strength=1; anti_pd1_start=10; priming=0",
            "arm_b": "context=at3; anti_pd1_strength=1; anti_pd1_start=10",
            "reference": "context=at3; priming=0 | context=at3"})),
        columns(id="window", observable="fast_blood", window="max 20-28"),
        columns(id="survival", observable="survival", day=90, arm_b="context=kpc",
                direction="unchanged"),
        columns(id="association", test="association", status="study", arm_b="",
                direction="positive_association", control="expansion",
                cohort="x=tumour_burden@28; y=fast_blood@28; sign=+; n=20"),
        absent,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return shelf_of(make_entry(tmp_path_factory.mktemp("report")))


@pytest.fixture(scope="module")
def bound(tmp_path_factory):
    return bind(tmp_path_factory.mktemp("rows"), *rows())


@pytest.fixture(scope="module")
def judged(bound, shelf):
    return api.run(rows=bound, shelf=shelf, workers=1)


@pytest.fixture(scope="module")
def told(judged):
    return {one["id"]: one for one in json.loads(records.to_json(judged.records))}


class TestJson:
    def test_every_finding_is_an_object_with_all_that_is_promised(self, told):
        assert list(told) == [row["id"] for row in rows()]
        for one in told.values():
            assert set(one) >= NEEDED
            assert one["verdict"] in VERDICTS
            assert one["reason"]
            assert one["rerun"] == f"immacro findings --id {one['id']}"
            assert all(one[n] is None or np.isfinite(one[n]) for n in ("value_a", "value_b"))

    def test_verdicts_are_as_expected(self, told):
        assert {name: one["verdict"] for name, one in told.items()} == {
            "up": "reproduced", "contradicted": "contradicted", "missing": "not covered",
            "failed": "not covered", "required": "reproduced", "response": "reproduced",
            "window": "reproduced", "survival": "reproduced", "association": "reproduced",
            "absent": "not covered",
        }  # fmt: skip

    def test_what_is_missing_is_listed(self, told):
        assert told["missing"]["missing"] == [
            {"kind": "lever", "name": "nk_block"},
            {"kind": "observable", "name": "nk_blood"},
        ]
        assert told["up"]["contexts_not_covered"] == ["b16"]

    def test_nothing_is_valued_where_nothing_was_judged(self, told):
        for name in ("missing", "failed", "absent"):
            assert told[name]["value_a"] is told[name]["value_b"] is told[name]["effect"] is None

    def test_what_is_shown_beside_has_both_values(self, told):
        assert told["up"]["also"] == {
            "observable": "steady_blood",
            "value_a": pytest.approx(1),
            "value_b": pytest.approx(1),
        }

    def test_a_row_by_construction_is_marked(self, told):
        assert told["contradicted"]["by_construction"] is True
        assert told["up"]["by_construction"] is False

    def test_each_case_has_its_own_values(self, told):
        cases = told["up"]["cases"]
        assert [case["context"] for case in cases] == ["at3", "kpc"]
        assert cases[0]["value_a"] == told["up"]["value_a"] > cases[1]["value_a"]
        assert [case["control"] for case in cases] == ["control holds"] * 2

    def test_a_cohort_tells_its_statistics(self, told):
        seen = told["association"]["cohort"]
        assert (seen["hosts"], seen["complete"], seen["failed"]) == (20, 20, {})
        assert seen["correlation"]["low"] < seen["correlation"]["rho"]
        assert told["association"]["value_a"] == seen["correlation"]["rho"]

    @pytest.mark.parametrize("name", ["up", "required", "response", "window", "failed"])
    def test_the_settings_run_again_as_they_stand(self, told, shelf, name):
        for arm in told[name]["settings"].values():
            model = shelf.model(arm["model"], arm["host"])
            settings = {key: arm[key] for key in ("levers", "parameters", "context")}
            if name == "failed" and arm["levers"]:
                with pytest.raises(immacro.errors.SimulationError):
                    model.simulate(**settings, days=arm["day"], points=2)
                continue
            observable = {"ici_response": "tumour_burden"}.get(arm["observable"], arm["observable"])
            data = model.simulate(**settings, days=arm["day"], points=281)[observable]
            value = float(data[200:].max() if name == "window" else data[-1])
            assert value == pytest.approx(arm.get("value", value), rel=1e-3)

    def test_the_settings_are_told_as_commands_too(self, told):
        assert told["required"]["simulate"][0] == (
            "immacro simulate pond --host mouse --context at3 --set expansion=0 --days 28 "
            "--observable cells_blood"
        )

    def test_one_finding_alone_is_what_it_is_among_all(self, bound, shelf, told):
        for name, one in told.items():
            (alone,) = api.run(name, rows=bound, shelf=shelf_of_same(shelf), workers=1).records
            assert json.loads(json.dumps(alone)) == one, name


def shelf_of_same(shelf):
    """Return a fresh shelf of the same models."""
    return type(shelf)(shelf._entry)


class TestTable:
    def test_the_table_has_a_row_per_finding(self, judged):
        table = records.frame(judged.records)
        assert list(table.index) == [row["id"] for row in rows()]
        assert table.index.name == "id"
        assert table["value_a"].dtype == float
        assert table.loc["up", "verdict"] == "reproduced"
        assert np.isnan(table.loc["missing", "value_a"])

    def test_findings_can_be_chosen(self, bound, shelf):
        assert [row.id for row in api.choose(bound, ["required", "up"], None)] == ["up", "required"]
        assert [row.id for row in api.choose(bound, None, "text")] == ["contradicted"]

    @pytest.mark.parametrize(
        ("ids", "tier", "kind", "told"),
        [
            ("requird", None, UnknownNameError, "Did you mean 'required'"),
            (None, "cor", UnknownNameError, "Did you mean 'core'"),
            (["up", ""], None, UnknownNameError, "Unknown finding ''"),
            ([], None, InvalidValueError, "No finding is chosen"),
            ("up", "text", InvalidValueError, "None of the chosen findings is of tier 'text'"),
        ],
    )
    def test_a_choice_of_nothing_is_refused(self, bound, ids, tier, kind, told):
        with pytest.raises(kind, match=re.escape(told)):
            api.choose(bound, ids, tier)


@pytest.fixture(scope="module")
def text(judged):
    return page.page(judged)


@pytest.fixture(scope="module")
def tree(text):
    return ET.fromstring(text.removeprefix("<!DOCTYPE html>"))


class TestPage:
    def test_it_is_well_formed_and_needs_nothing_from_elsewhere(self, text, tree):
        assert tree.tag == f"{XHTML}html"
        words = text.replace("http://www.w3.org/1999/xhtml", "")
        assert not re.search(r"https?:|src=|href=|url\(|@import|<script", words)

    def test_every_judged_finding_has_its_curves(self, tree, judged):
        by_title = {svg.findtext(f"{XHTML}title"): svg for svg in figures(tree)}
        expected = {
            f"{f.binding.id}, {c.case.label}" for f in judged.findings for c in f.cases if c.seen
        }
        assert set(by_title) == expected
        for finding in judged.findings:
            for case in finding.cases:
                if case.seen is None:
                    continue
                svg = by_title[f"{finding.binding.id}, {case.case.label}"]
                if case.seen.ranked is not None:
                    assert len(svg.findall(f"{XHTML}circle")) == 20
                    continue
                lines = svg.findall(f"{XHTML}polyline")
                assert len(lines) == len(case.seen.read) >= 2
                assert all(len(line.get("points").split()) > 20 for line in lines)

    def test_days_windows_and_units_are_marked(self, tree):
        by_title = {svg.findtext(f"{XHTML}title"): svg for svg in figures(tree)}
        assert classes(by_title["window, at3"]) >= {"day", "window", "axis", "line a", "line b"}
        assert "window" not in classes(by_title["up, at3"])
        texts = [t.text for t in by_title["response, at3"].iter(f"{XHTML}text")]
        assert "days from onset" in texts
        assert any("number" in text for text in texts)

    def test_no_point_lies_outside_its_figure(self, tree):
        for svg in figures(tree):
            _, _, width, height = map(float, svg.get("viewBox").split())
            for line in svg.iter(f"{XHTML}polyline"):
                for point in line.get("points").split():
                    x, y = map(float, point.split(","))
                    assert 0 <= x <= width
                    assert 0 <= y <= height

    def test_text_is_escaped(self, text):
        assert HOSTILE not in text
        assert escape(HOSTILE) in text

    def test_findings_stand_under_their_verdict(self, tree):
        headings = [h.text for h in tree.iter(f"{XHTML}h2")]
        assert headings == ["Contradicted: 1", "Reproduced: 6", "Not covered: 3"]

    def test_it_reads_in_light_and_in_dark_and_without_colour(self, text):
        assert "prefers-color-scheme: dark" in text
        assert "stroke-dasharray" in text

    def test_the_same_findings_give_the_same_page(self, text, judged):
        assert page.page(judged) == text


def figures(tree):
    return [svg for svg in tree.iter(f"{XHTML}svg") if svg.get("class") == "figure"]


def classes(svg):
    return {element.get("class") for element in svg.iter()}
