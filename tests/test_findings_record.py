"""The README of the composed model says what the findings say today."""

import re

import pytest

from immacro import catalogue, findings


@pytest.fixture(scope="module")
def judged():
    return findings.judge()


@pytest.fixture(scope="module")
def said():
    text = (catalogue.entry("macroenvironment").folder / "README.md").read_text("utf-8")
    found = re.search(r"^## Findings\n(.*?)^## ", text, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


@pytest.mark.slow
class TestTheRecord:
    def test_counts(self, judged, said):
        for tier in ("core", "text", "untestable"):
            row = re.search(rf"^\| {tier} \| (\d+) \| (\d+) \| (\d+) \|$", said, re.MULTILINE)
            counts = judged[judged["tier"] == tier]["verdict"].value_counts()
            verdicts = ("reproduced", "contradicted", "not covered")
            assert [int(n) for n in row.groups()] == [counts.get(v, 0) for v in verdicts], tier

    def test_every_contradicted_finding_is_named_with_its_reason(self, judged, said):
        named = set()
        for line in said.splitlines():
            cells = line.split("|")
            if len(cells) == 5 and "`" in cells[1]:
                named |= set(re.findall(r"`([\w-]+)`", cells[1]))
        assert named == set(judged[judged["verdict"] == "contradicted"].index)

    def test_every_control_that_fails_is_named(self, judged, said):
        ours = judged[(judged["verdict"] == "reproduced") & (judged["control"] == "control fails")]
        named = re.search(r"The controls of (.*?) fail:", said, re.DOTALL)
        assert set(re.findall(r"`([\w-]+)`", named[1])) == set(ours.index)
