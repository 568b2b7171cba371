"""What the commands do when all is well; test_hostile.py has the rest."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import libsbml
import numpy as np
import pandas as pd
import pytest
from command import COMMAND, Command, run_process

import immacro
from immacro import catalogue
from immacro.catalogue import Entry

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1">
  <model id="decay">
    <listOfCompartments><compartment id="c" size="1" constant="true"/></listOfCompartments>
    <listOfSpecies>
      <species id="S" compartment="c" initialAmount="10" hasOnlySubstanceUnits="true"
        boundaryCondition="false" constant="false"/>
    </listOfSpecies>
    <listOfParameters><parameter id="k" value="0.5" constant="true"/></listOfParameters>
    <listOfReactions>
      <reaction id="loss" reversible="false" fast="false">
        <listOfReactants>
          <speciesReference species="S" stoichiometry="1" constant="true"/>
        </listOfReactants>
        <kineticLaw>
          <math xmlns="http://www.w3.org/1998/Math/MathML">
            <apply><times/><ci>k</ci><ci>S</ci></apply>
          </math>
        </kineticLaw>
      </reaction>
    </listOfReactions>
  </model>
</sbml>
"""


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Command:
    return Command(capfd)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "decay.xml"
    path.write_text(FOREIGN)
    return path


def row(table: str, name: str) -> list[str]:
    """Return the cells of the table row that starts with a name."""
    rows = [line.split() for line in table.splitlines() if line.split()[:1] == [name]]
    assert len(rows) == 1, table
    return rows[0]


class TestModels:
    def test_lists_every_packaged_model_with_its_hosts(self, command):
        result = command("models")
        assert result.code == 0
        for name in catalogue.models():
            assert row(result.out, name)[1:3] == ["mouse,", "human"]


class TestShow:
    @pytest.mark.parametrize("host", ["mouse", "human"])
    def test_shows_each_lever_with_default_unit_and_range(self, command, host):
        model = immacro.load("gcsf_irf8", host)
        out = command("show", "gcsf_irf8", "--host", host).out
        for lever in model.levers.itertuples():
            cells = row(out, lever.Index)
            unit = lever.unit.replace("dimensionless", "-")
            assert cells[1:3] == [f"{lever.value:g}", unit]
            assert cells[3:6] == [f"{lever.low:g}", "to", f"{lever.high:g}"]
            assert lever.name in out

    def test_shows_observables_and_the_contexts_of_the_host(self, command):
        model = immacro.load("gcsf_irf8", "human")
        out = command("show", "gcsf_irf8", "--host", "human").out
        assert all(row(out, observable) for observable in model.observables.index)
        assert row(out, "breast")[1:] == ["gcsf_strength", "=", "0.6"]
        assert "\nat3 " not in out

    def test_summarises_the_ledger_by_status(self, command):
        out = command("show", "gcsf_irf8").out
        parameters = immacro.load("gcsf_irf8").parameters
        biology = parameters[~parameters["role"].isin(["lever", "switch"])]
        counts = {s: int(row(out, s)[1]) for s in ("measured", "derived", "fitted", "assumed")}
        # The ledger also has the baselines that the file computes with, hence at least as many.
        assert sum(counts.values()) >= len(biology)
        assert counts["assumed"] == (biology["status"] == "assumed").sum()
        shares = [int(row(out, s)[2].rstrip("%")) for s in counts]
        assert sum(shares) == pytest.approx(100, abs=2)

    def test_shows_what_can_be_set_in_a_foreign_file(self, command, foreign):
        out = command("show", foreign).out
        assert row(out, "k")[1] == "0.5"
        assert "\nS              10 " in out


class TestSimulate:
    def test_prints_start_end_minimum_and_maximum_of_each_observable(self, command):
        words = ["--context", "at3", "--days", 10, "--points", 11]
        result = command("simulate", "gcsf_irf8", *words)
        run = immacro.load("gcsf_irf8").simulate(context="at3", days=10, points=11)
        assert result.code == 0
        for name, course in run.data_vars.items():
            cells = row(result.out, str(name))
            expected = [*course.values[[0, -1]].tolist(), course.values.min(), course.values.max()]
            assert [float(cell) for cell in cells[1:5]] == pytest.approx(expected, rel=1e-3)
            assert cells[5] == course.attrs["units"].replace("dimensionless", "-")

    def test_sets_host_levers_and_parameters(self, command, tmp_path):
        path = tmp_path / "run.csv"
        command(
            "simulate", "gcsf_irf8", "--host", "human", "--context", "breast", "--days", "5",
            "--points", "6", "--set", "filgrastim_dose=5", "--set", "irf8_repression=0",
            "--csv", path,
        )  # fmt: skip
        run = immacro.load("gcsf_irf8", "human").simulate(
            levers={"filgrastim_dose": 5}, parameters={"irf8_repression": 0}, context="breast",
            days=5, points=6,
        )  # fmt: skip
        table = pd.read_csv(path)
        assert table["gcsf_blood [picogram/millilitre]"].to_numpy() == pytest.approx(
            run["gcsf_blood"].values, rel=1e-9
        )

    def test_writes_a_csv_with_units_in_its_header(self, command, tmp_path):
        path = tmp_path / "run.csv"
        result = command(
            "simulate", "gcsf_irf8", "--days", "2", "--points", "5", "--csv", path,
            "--observable", "cdc1_blood", "--observable", "gcsf_blood",
        )  # fmt: skip
        table = pd.read_csv(path)
        assert list(table) == [
            "time [day]",
            "cdc1_blood [item/microlitre]",
            "gcsf_blood [picogram/millilitre]",
        ]
        assert table["time [day]"].tolist() == [0, 0.5, 1, 1.5, 2]
        assert f"Wrote {path}" in result.out

    @pytest.mark.parametrize(
        ("name", "start"),
        [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF"), ("A.PNG", b"\x89PNG")],
    )
    def test_draws_a_figure_in_the_format_of_its_name(self, command, tmp_path, name, start):
        path = tmp_path / name
        result = command("simulate", "gcsf_irf8", "--days", "1", "--plot", path)
        assert result.code == 0
        assert path.read_bytes().startswith(start)
        assert f"Wrote {path}" in result.out

    def test_simulates_a_foreign_file(self, command, foreign):
        result = command("simulate", foreign, "--days", "2", "--set", "k=1", "--points", "3")
        assert float(row(result.out, "S")[2]) == pytest.approx(10 * np.exp(-2), rel=1e-3)

    def test_prints_nothing_on_standard_error(self, command):
        assert command("simulate", "gcsf_irf8", "--set", "irf8_repression=0").err == ""


class TestExport:
    def test_writes_a_file_with_the_settings_in_it(self, command, tmp_path):
        path = tmp_path / "breast.xml"
        result = command(
            "export", "gcsf_irf8", "--host", "human", "--context", "breast", "--out", path,
            "--set", "anti_gcsf_dose=3",
        )  # fmt: skip
        assert (result.code, result.out) == (0, f"Wrote {path}\n")
        exported = immacro.load(path).parameters["value"]
        assert exported["gcsf_strength"] == 0.6
        assert exported["anti_gcsf_dose"] == 3

    @pytest.mark.parametrize(("level", "version"), [(3, 1), (3, 2)])
    def test_writes_the_level_that_is_asked_for(self, command, tmp_path, level, version):
        path = tmp_path / "model.xml"
        assert (
            command("export", "gcsf_irf8", "--level", f"{level}.{version}", "--out", path).code == 0
        )
        document = libsbml.readSBMLFromFile(str(path))
        assert (document.getLevel(), document.getVersion()) == (level, version)

    def test_writes_antimony(self, command, tmp_path):
        path = tmp_path / "model.ant"
        command("export", "gcsf_irf8", "--context", "4t1", "--to", "antimony", "--out", path)
        assert "gcsf_strength = 2.2" in path.read_text("utf-8")

    def test_replaces_an_existing_file_and_follows_a_link(self, command, tmp_path):
        target, link = tmp_path / "old.xml", tmp_path / "link.xml"
        target.write_text("old")
        link.symlink_to(target)
        assert command("simulate", "gcsf_irf8", "--days", "1", "--csv", link).code == 0
        assert link.is_symlink()
        assert target.read_text("utf-8").startswith("time [day]")


class TestCheck:
    def test_all_packaged_files_are_clean(self, command):
        result = command("check")
        assert result.code == 0
        lines = [line for line in result.out.splitlines() if ".xml" in line]
        entries = [catalogue.entry(name) for name in catalogue.models()]
        assert len(lines) == sum(len(entry.hosts) for entry in entries)
        for line in lines:
            assert line.split()[1:5] == ["0", "0", "0", "0"]
            for cell in line.split()[5:]:
                covered, total = cell.split("/")
                assert covered == total

    def test_fails_on_a_file_with_messages_and_prints_them(self, command, foreign):
        foreign.write_text(FOREIGN.replace("<ci>S</ci>", "<ci>nothing</ci>"))
        result = command("check", foreign)
        assert result.code == 1
        assert "'nothing'" in result.out
        assert "1 of 1 files is not clean" in result.error

    def test_holds_a_foreign_file_to_no_coverage(self, command, tmp_path):
        path = tmp_path / "ours_elsewhere.xml"
        text = catalogue.sbml_path("gcsf_irf8", "mouse").read_text("utf-8")
        path.write_text(text.replace(' sboTerm="SBO:0000009"', "", 1))
        result = command("check", path)
        assert row(result.out, str(path))[4] == "0"

    def test_goes_on_after_a_file_that_cannot_be_read(self, command, tmp_path, foreign):
        result = command("check", tmp_path / "missing.xml", "gcsf_irf8")
        assert result.code == 1
        assert "gcsf_irf8.xml" in result.out
        assert "missing.xml does not exist" in result.out
        assert "1 of 3 files is not clean" in result.error


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Entry:
    """A model in a checkout of its own, whose build makes two short texts."""
    entry = Entry("tiny", tmp_path / "models" / "tiny", tmp_path / "sbml")
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "sbml" / "mouse").mkdir(parents=True)
    (tmp_path / "sbml" / "human").mkdir()
    monkeypatch.setattr(catalogue, "entry", lambda name: entry)
    monkeypatch.setattr(catalogue, "models", lambda: ["tiny"])
    monkeypatch.setattr(
        "immacro.build.build_model",
        lambda name, host: SimpleNamespace(sbml=f"<sbml>\n{host}\n", net=f"net of {name}\n"),
    )
    return entry


class TestBuild:
    def test_writes_the_files_of_all_hosts(self, command, checkout):
        result = command("build")
        assert result.code == 0
        assert (checkout.sbml / "mouse" / "tiny.xml").read_text("utf-8") == "<sbml>\nmouse\n"
        assert (checkout.sbml / "human" / "tiny.net").read_text("utf-8") == "net of tiny\n"
        assert result.out.count("written") == 4

    def test_writes_only_the_host_that_is_asked_for(self, command, checkout):
        command("build", "tiny", "--host", "human")
        assert not (checkout.sbml / "mouse" / "tiny.xml").exists()

    def test_check_passes_when_nothing_would_change(self, command, checkout):
        command("build")
        result = command("build", "--check")
        assert result.code == 0
        assert result.out.count("unchanged") == 4

    def test_check_fails_on_one_changed_byte_and_writes_nothing(self, command, checkout):
        command("build")
        changed = checkout.sbml / "mouse" / "tiny.xml"
        changed.write_text("<sbml>\nmousE\n")
        result = command("build", "--check")
        assert result.code == 1
        assert str(changed) in result.error
        assert f"{changed}: differs (from line 2)" in result.out
        assert changed.read_text("utf-8") == "<sbml>\nmousE\n"

    def test_check_fails_on_a_missing_file(self, command, checkout):
        result = command("build", "--check")
        assert result.code == 1
        assert "differs (missing)" in result.out

    def test_does_not_overwrite_an_installed_package(self, command, checkout):
        (checkout.sbml.parent / "pyproject.toml").unlink()
        result = command("build")
        assert result.code == 1
        assert "Clone the repository" in result.error

    @pytest.mark.slow
    def test_the_committed_files_are_what_the_rules_give(self, command):
        assert command("build", "gcsf_irf8", "--host", "human", "--check").code == 0


class TestTheCommandItself:
    def test_without_a_word_it_prints_its_help(self, command):
        result = command()
        assert result.code == 0
        assert result.out.startswith("Usage: immacro")
        for word in ("models", "show", "build", "check", "simulate", "export", "sensitivity"):
            assert f"\n  {word} " in result.out

    def test_it_tells_its_version(self, command):
        assert command("--version").out == f"immacro {immacro.__version__}\n"

    def test_help_imports_nothing_heavy_and_takes_less_than_a_second(self):
        heavy = ["roadrunner", "libsbml", "pandas", "xarray", "matplotlib", "pint", "pysb"]
        code = (
            "import json, sys; from immacro.cli import main; main(['--help']); "
            f"print(json.dumps([m for m in {heavy} if m in sys.modules]))"
        )
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert json.loads(done.stdout.splitlines()[-1]) == []
        assert after.ru_utime - before.ru_utime < 1

    @pytest.mark.parametrize(
        "word", ["models", "show", "build", "check", "simulate", "export", "sensitivity"]
    )
    def test_every_command_has_help_for_each_of_its_options(self, command, word):
        assert command(word, "--help").code == 0
        from typer.main import get_command

        from immacro.cli.app import app

        for parameter in get_command(app).commands[word].params:
            assert parameter.help, parameter.name

    def test_tables_are_not_cut_when_piped(self):
        result = run_process("show", "gcsf_irf8", env={"COLUMNS": "40"})
        assert "day on which tumour secretion of G-CSF starts" in result.out
        assert "…" not in result.out

    def test_a_terminal_of_plain_ascii_is_no_error(self, foreign):
        path = foreign.with_name("é.csv")
        result = run_process("simulate", foreign, "--csv", path, env={"PYTHONIOENCODING": "ascii"})
        assert (result.code, result.err) == (0, "")
        assert path.is_file()
        assert "Wrote" in result.out

    @pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
    def test_a_closed_stream_is_no_error(self, closed):
        done = subprocess.run(
            ["bash", "-c", f'"$@" {closed}', "bash", *COMMAND, "models"],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")

    def test_a_closed_pipe_is_no_error(self):
        done = subprocess.run(
            ["bash", "-c", '"$@" | head -1', "bash", *COMMAND, "show", "gcsf_irf8"],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert "gcsf_irf8 (mouse)" in done.stdout
        assert done.stderr == ""
