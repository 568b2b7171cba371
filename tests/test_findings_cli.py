"""`immacro findings` and `immacro.findings.judge`, on the packaged models and findings."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest
from command import Command, run_process
from findings_model import bind, columns

import immacro.findings
from immacro.findings import api, bindings
from immacro.findings.judging import VERDICTS

ONE = "t1-gmp-up-mouse"
(FILE,) = bindings.packaged()
with FILE.open(encoding="utf-8", newline="") as _file:
    ROWS = {row["id"]: row for row in csv.DictReader(_file)}
ABSENT = next(row["id"] for row in ROWS.values() if row["status"] == "not_represented")


@pytest.fixture
def command(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(capfd)


class TestTable:
    def test_a_finding_alone_is_a_row_with_what_runs_it_again(self, command):
        result = command("findings", "--id", ONE)
        assert result.code == 0
        assert all("runs/s" in line for line in result.err.splitlines()), result.err
        lines = result.out.splitlines()
        (row,) = [line for line in lines if line.startswith(f"{ONE} ") and "item" in line]
        assert any(verdict in row for verdict in VERDICTS)
        assert "20 % up or more" in row
        assert any(line.strip().startswith("immacro simulate macroenvironment") for line in lines)

    def test_what_is_printed_runs_as_a_command(self, command):
        out = command("findings", "--id", ONE).out
        words = next(line for line in out.splitlines() if "immacro simulate" in line).split()
        assert command(*words[1:]).code == 0

    def test_a_finding_that_cannot_be_asked_is_no_error(self, command):
        result = command("findings", "--id", ABSENT)
        assert result.code == 0
        assert "not represented: " in result.out

    def test_json_and_page_are_written_whatever_stood_there(self, command, tmp_path):
        (tmp_path / "f.json").write_text("old")
        result = command("findings", "--id", ONE, "--json", "f.json", "--html", "f.html")
        assert result.code == 0
        (told,) = json.loads((tmp_path / "f.json").read_text("utf-8"))
        assert told["id"] == ONE
        assert told["arm_a"] == ROWS[ONE]["arm_a"]
        assert "</html>" in (tmp_path / "f.html").read_text("utf-8")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["f.html", "f.json"]


REFUSED = {
    "unknown finding": (["--id", "t1-gmp-up-mous"], "Did you mean 't1-gmp-up-mouse'"),
    "nothing like a finding": (["--id", "\x1b[31m../../etc\n"], "`immacro findings` lists all"),
    "empty finding": (["--id", ""], "Unknown finding ''"),
    "one known, one unknown": (["--id", ONE, "--id", "nothing"], "Unknown finding 'nothing'"),
    "unknown tier": (["--tier", "cor"], "Did you mean 'core'"),
    "empty tier": (["--tier", ""], "Known: core, text, untestable"),
    "finding of another tier": (["--id", ONE, "--tier", "text"], "Leave out the tier"),
    "no workers": (["--id", ONE, "--workers", "0"], "Give a whole number from 1"),
    "negative workers": (["--id", ONE, "--workers", "-3"], "Give a whole number from 1"),
    "no folder": (["--json", "nowhere/f.json"], "Create the folder"),
    "folder as a file": (["--html", "."], "Give the name of a file"),
    "one file for both": (["--json", "f", "--html", "./f"], "Write JSON and HTML to different"),
    "device": (["--json", "/dev/null"], "is not a regular file"),
}


class TestRefusals:
    @pytest.mark.parametrize(("words", "remedy"), REFUSED.values(), ids=REFUSED)
    def test_it_is_one_line_with_a_remedy_and_nothing_is_written(
        self, command, tmp_path, words, remedy
    ):
        result = command("findings", *words)
        assert result.code == 1
        assert remedy in result.error
        assert result.out == ""
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "words", [["--workers", "two"], ["--workers", "1.5"], ["--verdict", "x"], ["extra"]]
    )
    def test_a_command_that_cannot_be_read_says_so(self, command, words):
        result = command("findings", *words)
        assert result.code == 2
        assert "immacro findings --help" in result.error

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_closed_folder_is_refused(self, command, tmp_path):
        tmp_path.chmod(0o500)
        try:
            assert "permission denied" in command("findings", "--json", "f.json").error
        finally:
            tmp_path.chmod(0o700)

    def test_a_pipe_that_closes_early_is_no_traceback(self):
        result = run_process("findings", "--id", ONE, prefix=["bash", "-c", '"$@" | head -1', "-"])
        assert result.code == 0
        assert "Traceback" not in result.err


class TestPython:
    def test_a_table_comes_back(self):
        table = immacro.findings.judge(ONE)
        assert list(table.index) == [ONE]
        assert table.loc[ONE, "verdict"] in VERDICTS
        assert table.loc[ONE, "value_b"] > 0

    def test_the_bindings_are_part_of_the_package(self):
        assert len(api.packaged()) == len(ROWS)


def test_the_composed_model_contradicts_a_swapped_direction(tmp_path):
    row = columns(model="macroenvironment", observable="cdc1_blood", direction="down")
    rows = bind(
        tmp_path,
        row | {"id": "known"},
        row | {"id": "swapped", "direction": "up"},
        row | {"id": "still", "direction": "unchanged"},
        row | {"id": "unheard of", "observable": "cdc9_blood"},
    )
    told = api.run(rows=rows, workers=1).records
    assert {one["id"]: one["verdict"] for one in told} == {
        "known": "reproduced",
        "swapped": "contradicted",
        "still": "contradicted",
        "unheard of": "not covered",
    }
