"""Whatever a user does wrong: one line with the remedy, a failing exit code, nothing written."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import COMMAND, Command, files_below, run_process

from immacro import catalogue

FIFTY_MB = 50 * 10**6


@pytest.fixture
def command(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """The command in a folder with hostile files."""
    monkeypatch.chdir(tmp_path)
    sbml = catalogue.sbml_path("gcsf_irf8", "mouse").read_text("utf-8")
    Path("good.xml").write_text(sbml)
    Path("truncated.xml").write_text(sbml[: len(sbml) // 2])
    Path("malformed.xml").write_text(sbml.replace("</model>", "", 1))
    Path("empty.xml").touch()
    Path("page.xml").write_text("<!DOCTYPE html><html><body>Not found</body></html>")
    Path("text.xml").write_text("This is no XML.\n")
    Path("no_model.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<sbml xmlns="http://www.sbml.org/sbml/level3/'
        'version1/core" level="3" version="1"/>\n'
    )
    Path("entity.xml").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE sbml [<!ENTITY secret SYSTEM "file:///etc/passwd">]>\n'
        "<sbml>&secret;</sbml>\n"
    )
    Path("laughs.xml").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE sbml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n'
        "<sbml>&b;</sbml>\n"
    )
    Path("binary.xml").write_bytes(bytes(range(256)) * 10)
    Path("folder").mkdir()
    return Command(capfd)


MODELS = f"Known: {', '.join(catalogue.models())}"
UNKNOWN = {
    "model": (["simulate", "gcsf_irf9"], "Did you mean 'gcsf_irf8'"),
    "model to show": (["show", "nonsense"], MODELS),
    "model to export": (["export", "nonsense", "--out", "a.xml"], MODELS),
    "model to check": (["check", "nonsense"], MODELS),
    "model to build": (["build", "nonsense"], MODELS),
    "host": (["simulate", "gcsf_irf8", "--host", "rat"], "Known: human, mouse"),
    "host to build": (["build", "gcsf_irf8", "--host", "rat"], "Known: human, mouse"),
    "context": (["simulate", "gcsf_irf8", "--context", "at4"], "Did you mean 'at3'"),
    "context of the other host": (["simulate", "gcsf_irf8", "--context", "breast"], "Known: 4t1"),
    "lever": (["simulate", "gcsf_irf8", "--set", "anti_gcsf_dos=1"], "anti_gcsf_dose"),
    "lever without its field": (["simulate", "gcsf_irf8", "--set", "anti_gcsf=1"], "_dose"),
    "observable": (["simulate", "gcsf_irf8", "--observable", "cdc1_blod"], "cdc1_blood"),
    "parameter to export": (
        ["export", "gcsf_irf8", "--set", "gcsf_kdd=1", "--out", "a.xml"],
        "Did you mean 'gcsf_kd'",
    ),
    "format": (["export", "gcsf_irf8", "--to", "matlab", "--out", "a.m"], "sbml or antimony"),
    "level": (["export", "gcsf_irf8", "--level", "2.4", "--out", "a.xml"], "3.1 or 3.2"),
}

VALUES = {
    "negative": ("anti_gcsf_dose=-1", "from 0 to 20"),
    "not a number": ("gcsf_strength=nan", "finite"),
    "infinite": ("gcsf_strength=inf", "finite"),
    "too large to be finite": ("gcsf_strength=1e999", "finite"),
    "out of range": ("gcsf_strength=50", "from 0 to 3"),
    "out of the range of a rate": ("gcsf_kd=1e9", "Give a value from"),
    "too many doses": ("anti_gcsf_count=21", "from 0 to 20"),
    "half a dose": ("filgrastim_count=2.5", "whole number|count from 0 to 14"),
    "stop before start": ("gcsf_stop=0", "stop after it starts"),
    "no value": ("anti_gcsf_dose=", "ID=VALUE"),
    "no id": ("=1", "ID=VALUE"),
    "no assignment": ("anti_gcsf_dose", "ID=VALUE"),
    "two values": ("anti_gcsf_dose=1=2", "plain number"),
    "a unit": ("anti_gcsf_dose=1mg", "no unit"),
    "a decimal comma": ("anti_gcsf_dose=1,5", "decimal point"),
    "the clock": ("onset=10", "start instead"),
    "a computed parameter": ("cdc1_blood=5", "Set a parameter on which it depends"),
    "a control character": ("a\x1b[31mb=1", "lists all"),
}

GRIDS = {
    "zero days": (["--days", "0"], "Simulate for some time"),
    "negative days": (["--days", "-5"], "Simulate for some time"),
    "days that are not a number": (["--days", "nan"], "finite number"),
    "infinite days": (["--days", "inf"], "finite number"),
    "no points": (["--points", "0"], "from 2 to"),
    "negative points": (["--points", "-3"], "from 2 to"),
    "one point": (["--points", "1"], "from 2 to"),
    "a billion points": (["--points", "1000000000"], "from 2 to"),
}

FILES = {
    "missing.xml": "Check the path",
    "folder/missing.xml": "Check the path",
    "truncated.xml": "",
    "malformed.xml": "",
    "empty.xml": "Give an SBML file",
    "page.xml": "Download the file itself",
    "text.xml": "Give an SBML file",
    "no_model.xml": "model",
    "entity.xml": "",
    "laughs.xml": "",
    "binary.xml": "SBML",
    "folder": "",
}

OUTPUTS = {
    "no such folder": ("nowhere/out.{}", "Create the folder"),
    "a folder": ("folder", "name of a file"),
    "a file as folder": ("good.xml/out.{}", "Choose another place"),
    "a device": ("/dev/full", "name of a file"),
    "an endless name": ("a" * 300 + ".{}", "another place"),
    "no name": ("", "name of a file"),
}


class TestWrongWords:
    @pytest.mark.parametrize("case", UNKNOWN)
    def test_an_unknown_name_is_refused_with_the_known_ones(self, command, case):
        words, remedy = UNKNOWN[case]
        refused(command, words, remedy)

    @pytest.mark.parametrize("case", VALUES)
    def test_a_value_that_is_not_allowed_is_refused(self, command, case):
        assignment, remedy = VALUES[case]
        refused(command, ["simulate", "gcsf_irf8", "--set", assignment, "--csv", "a.csv"], remedy)

    def test_a_value_given_twice_is_refused(self, command):
        words = ["--set", "anti_gcsf_dose=1", "--set", "anti_gcsf_dose=2"]
        refused(command, ["simulate", "gcsf_irf8", *words], "Set it once")

    @pytest.mark.parametrize("case", GRIDS)
    def test_an_impossible_time_grid_is_refused(self, command, case):
        words, remedy = GRIDS[case]
        refused(command, ["simulate", "gcsf_irf8", *words, "--csv", "a.csv"], remedy)

    def test_a_host_for_a_file_is_refused(self, command):
        refused(command, ["simulate", "good.xml", "--host", "human"], "packaged models only")

    @pytest.mark.parametrize(
        "words",
        [
            ["simulat"],
            ["simulate"],
            ["simulate", "gcsf_irf8", "--dayz", "3"],
            ["simulate", "gcsf_irf8", "--days", "three"],
            ["simulate", "gcsf_irf8", "--points", "2.5"],
            ["simulate", "gcsf_irf8", "--days"],
            ["export", "gcsf_irf8"],
            ["models", "extra"],
        ],
    )
    def test_a_command_that_cannot_be_read_is_refused_with_where_to_find_help(self, command, words):
        refused(command, words, "--help`", code=2)


class TestWrongFiles:
    @pytest.mark.parametrize("name", FILES)
    @pytest.mark.parametrize("word", ["simulate", "check", "show", "export"])
    def test_a_file_that_is_not_sbml_is_refused(self, command, word, name):
        more = ["--out", "out.xml"] if word == "export" else []
        error = refused(command, [word, name, *more], FILES[name])
        assert name in error

    def test_an_external_entity_is_not_read(self, command):
        result = command("simulate", "entity.xml")
        assert "root:" not in result.out + result.err

    def test_a_file_of_fifty_megabytes_is_refused_at_once(self, command):
        with Path("huge.xml").open("wb") as file:
            file.write(Path("good.xml").read_bytes()[:-8])
            file.write(b" " * FIFTY_MB)
        begin = time.process_time()
        refused(command, ["simulate", "huge.xml"], "without embedded data")
        assert time.process_time() - begin < 2

    def test_a_name_of_a_hundred_thousand_letters_is_refused(self, command):
        refused(command, ["show", "a" * 100_000], "")


class TestWrongPlaces:
    @pytest.mark.parametrize("case", OUTPUTS)
    @pytest.mark.parametrize("option", ["csv", "plot", "out"])
    def test_an_output_that_cannot_be_written_is_refused_before_the_run(
        self, command, option, case
    ):
        name, remedy = OUTPUTS[case]
        name = name.format({"csv": "csv", "plot": "png", "out": "xml"}[option])
        word = "export" if option == "out" else "simulate"
        refused(command, [word, "gcsf_irf8", f"--{option}", name], remedy)
        assert not Path("/dev/full").is_file()

    @pytest.mark.parametrize("name", ["figure", "figure.docx", "figure.", ".png"])
    def test_a_figure_of_no_known_format_is_refused_and_no_csv_is_left(self, command, name):
        words = ["simulate", "gcsf_irf8", "--csv", "a.csv", "--plot", name]
        refused(command, words, ".png, .svg or .pdf")

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_closed_folder_is_refused(self, command):
        Path("folder").chmod(0o500)
        refused(command, ["simulate", "gcsf_irf8", "--csv", "folder/a.csv"], "may write")

    @pytest.mark.parametrize(
        "words",
        [["simulate", "gcsf_irf8", "--csv", "old"], ["export", "gcsf_irf8", "--out", "old"]],
    )
    def test_a_disk_that_fills_up_leaves_the_old_file_as_it_was(self, tmp_path, words):
        """A limit on the size of files stands for the full disk."""
        old = tmp_path / "old"
        old.write_text("precious")
        result = run_process(
            *words,
            cwd=tmp_path,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
        )
        assert result.code == 1
        assert "old cannot be written (File too large). Free some space" in result.error
        assert old.read_text("utf-8") == "precious"
        assert list(tmp_path.iterdir()) == [old]

    @pytest.mark.parametrize("word", ["models", "--help"])
    def test_standard_output_on_a_full_disk_is_one_line(self, word):
        with Path("/dev/full").open("w") as full:
            result = run_process(word, stdout=full)
        assert result.code == 1
        assert "No space left on device" in result.error


class TestMissingTools:
    @pytest.mark.parametrize("words", [["build", "gcsf_irf8"], ["build", "--check"]])
    def test_building_without_perl_is_refused(self, command, words, monkeypatch, tmp_path):
        sbml = catalogue.entry("gcsf_irf8").sbml
        before = files_below(sbml)
        monkeypatch.setenv("PATH", str(tmp_path / "empty"))
        refused(command, words, "apt-get install perl")
        assert files_below(sbml) == before

    def test_building_without_pysb_is_refused(self, command, monkeypatch):
        for name in [n for n in sys.modules if n.startswith("immacro.build")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "pysb", None)
        refused(command, ["build", "gcsf_irf8"], "pip install 'immacro[build]'")


class TestInterruption:
    @pytest.mark.parametrize("seconds", [1.5, 4.0])  # Python itself needs a moment to start
    def test_ctrl_c_is_one_line_and_leaves_no_file(self, tmp_path, seconds):
        words = [
            "simulate",
            "gcsf_irf8",
            "--days",
            "20000",
            "--points",
            "1000000",
            "--csv",
            "a.csv",
        ]
        process = subprocess.Popen(
            [*COMMAND, *words],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 130
        assert out == ""
        assert err == "immacro: Interrupted. No file was left half written.\n"
        assert list(tmp_path.iterdir()) == []

    def test_ctrl_c_while_a_library_that_swallows_it_is_imported_ends_the_command(self, tmp_path):
        """As libsbml does, whose import has a bare except."""
        (tmp_path / "libsbml.py").write_text(
            "import os, signal\ntry:\n    os.kill(os.getpid(), signal.SIGINT)\nexcept:\n    pass\n"
        )
        result = run_process("check", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
        assert (result.code, result.out) == (130, "")
        assert result.error == "immacro: Interrupted. No file was left half written."


class TestErrorsOfOurOwn:
    def test_an_unexpected_error_is_one_line_too(self, command, monkeypatch):
        monkeypatch.setattr(catalogue, "models", lambda: 1 / 0)
        refused(command, ["models"], "IMMACRO_TRACEBACK=1 and report")

    def test_an_unexpected_error_can_be_traced(self, command, monkeypatch):
        monkeypatch.setattr(catalogue, "models", lambda: 1 / 0)
        monkeypatch.setenv("IMMACRO_TRACEBACK", "1")
        with pytest.raises(ZeroDivisionError):
            command("models")


def refused(command: Command, words: list[str], remedy: str, code: int = 1) -> str:
    """Run a command that must fail, leave no file and name a remedy; return its error."""
    before = files_below(Path())
    result = command(*words)
    error = result.error
    assert result.code == code
    assert any(part in error for part in remedy.split("|")), error
    problem, _, advice = error.partition(". ")
    assert problem
    assert advice, f"no remedy in: {error}"
    assert error.isprintable()
    assert files_below(Path()) == before
    return error
