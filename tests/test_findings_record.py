"""The README of the composed model says what the findings say today."""

import re
from collections import Counter

import pandas as pd
import pytest

from immacro import catalogue, findings

#: Cohorts of 300 hosts under a therapy take half of the time of all findings.
UNRUN = re.compile(r"are reproduced but not run by the tests: (.*?)\.")


@pytest.fixture(scope="module")
def bindings():
    path = catalogue.entry("macroenvironment").folder / "bindings.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False).set_index("id")


@pytest.fixture(scope="module")
def unrun(said, bindings):
    """Findings that the README says are reproduced, and that are not run here."""
    names = re.findall(r"`([\w-]+)`", UNRUN.search(" ".join(said.split()))[1])
    for name in names:
        assert "n=300" in bindings["cohort"][name], name
        assert "_dose=" in bindings["arm_a"][name], name
    return names


@pytest.fixture(scope="module")
def judged(bindings, unrun):
    return findings.judge([name for name in bindings.index if name not in unrun])


@pytest.fixture(scope="module")
def said():
    text = (catalogue.entry("macroenvironment").folder / "README.md").read_text("utf-8")
    found = re.search(r"^## Findings\n(.*?)^## ", text, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


@pytest.mark.slow
class TestTheRecord:
    def test_counts(self, judged, said, bindings, unrun):
        away = Counter(bindings["tier"][name] for name in unrun)
        for tier in ("core", "text", "untestable"):
            row = re.search(rf"^\| {tier} \| (\d+) \| (\d+) \| (\d+) \|$", said, re.MULTILINE)
            counts = judged[judged["tier"] == tier]["verdict"].value_counts()
            verdicts = ("reproduced", "contradicted", "not covered")
            ours = [counts.get(verdict, 0) for verdict in verdicts]
            ours[0] += away[tier]
            assert [int(n) for n in row.groups()] == ours, tier

    def test_every_contradicted_finding_is_named_with_its_reason(self, judged, said):
        named = set()
        for line in said.splitlines():
            cells = line.split("|")
            if len(cells) == 5 and "`" in cells[1]:
                named |= set(re.findall(r"`([\w-]+)`", cells[1]))
        assert named == set(judged[judged["verdict"] == "contradicted"].index)

    def test_every_control_that_fails_is_named(self, judged, said, unrun):
        ours = judged[(judged["verdict"] == "reproduced") & (judged["control"] == "control fails")]
        named = re.search(r"The controls of (.*?) fail:", said, re.DOTALL)
        assert set(re.findall(r"`([\w-]+)`", named[1])) - set(unrun) == set(ours.index)
