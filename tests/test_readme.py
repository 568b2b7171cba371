"""What the texts say is true: commands, examples, printed numbers, tables of ids."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

import immacro
from immacro import catalogue
from immacro.ledger import LEVER_FIELDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def block(marker: str) -> str:
    """Return the code block that follows a marker in the README."""
    found = re.search(rf"<!-- {marker} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found, f"README.md has no block after '{marker}'"
    return found[1]


class TestReadme:
    def test_ci_runs_exactly_the_test_command(self):
        done = subprocess.run(
            [ROOT / ".ci" / "run", "--print"], capture_output=True, encoding="utf-8", check=True
        )
        assert done.stdout == block("test command")
        assert done.stdout.endswith("pytest -n 2\n")

    def test_the_analysis_prints_what_the_readme_says_and_where_the_figure_is(self, tmp_path):
        script = ROOT / "analyses" / "gcsf_with_and_without_antibody.py"
        assert f".venv/bin/python {script.relative_to(ROOT)}\n" in README
        done = subprocess.run(
            [sys.executable, script, "--out", "results"],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stdout == block("output of the antibody script")
        figure = re.search(r"Figure: (\S+)", done.stdout)
        assert figure
        assert (tmp_path / figure[1]).read_bytes().startswith(b"\x89PNG")

    def test_the_analysis_says_in_one_line_why_it_cannot_write(self, tmp_path):
        (tmp_path / "file").touch()
        script = ROOT / "analyses" / "gcsf_with_and_without_antibody.py"
        done = subprocess.run(
            [sys.executable, script, "--out", tmp_path / "file"],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr.startswith("immacro: ")
        assert done.stderr.count("\n") == 1

    def test_the_tellurium_example_runs_and_agrees_with_simulate(self, tmp_path):
        # In a process of its own: tellurium's libsedml takes over some of libsbml's Python types.
        example = block("tellurium example")
        assert len([line for line in example.splitlines() if line.strip()]) <= 10
        kept = f"{example}\nimport numpy as np\nnp.save('cdc1', course['cdc1_blood'])\n"
        done = subprocess.run(
            [sys.executable, "-c", kept],
            cwd=tmp_path,
            env=os.environ | {"MPLBACKEND": "Agg", "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        run = immacro.load("gcsf_irf8").simulate(
            levers={"gcsf_strength": 1, "anti_gcsf_dose": 1, "anti_gcsf_start": 15}
        )
        assert np.load(tmp_path / "cdc1.npy") == pytest.approx(run["cdc1_blood"].values, rel=1e-4)
        printed = [float(n) for n in re.findall(r"\d\.\d+", done.stdout)]
        assert printed == pytest.approx(run["cdc1_blood"].values[[150, 420]], rel=1e-3)

    def test_the_other_examples_run(self):
        example = next(
            code for code in re.findall(r"```python\n(.*?)```", README, re.DOTALL)
            if "model.levers" in code
        )  # fmt: skip
        mpl.use("Agg")
        exec(compile(example, "README.md", "exec"), {})

    @pytest.mark.parametrize("line", re.findall(r"^immacro (.*?)\s*(?:#.*)?$", README, re.M))
    def test_each_command_of_the_readme_works(self, line, tmp_path, monkeypatch, capsys):
        from immacro.cli import main

        monkeypatch.chdir(tmp_path)
        Path("elsewhere.xml").write_bytes(catalogue.sbml_path("gcsf_irf8", "mouse").read_bytes())
        assert main(line.split()) == 0, capsys.readouterr().err

    @pytest.mark.parametrize("path", ["README.md", "CONTRIBUTING.md", "docs/index.md"])
    def test_links_and_figures_exist(self, path):
        text = (ROOT / path).read_text("utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if not target.startswith("http"):
                assert ((ROOT / path).parent / target).exists(), target


@pytest.mark.parametrize("name", catalogue.models())
class TestModelReadme:
    @pytest.fixture
    def text(self, name: str) -> str:
        return (ROOT / "models" / name / "README.md").read_text("utf-8")

    def test_its_levers_are_those_of_the_model(self, name, text):
        assert ids(text, "Levers") == set(immacro.load(name).levers.index)
        assert all(lever.rpartition("_")[2] in LEVER_FIELDS for lever in ids(text, "Levers"))

    def test_its_observables_are_those_of_the_model(self, name, text):
        assert ids(text, "Observables") == set(immacro.load(name).observables.index)

    def test_its_contexts_are_those_of_the_model(self, name, text):
        for host in catalogue.entry(name).hosts:
            row = next(
                line for line in section(text, "Contexts").splitlines()
                if line.startswith(f"| {host} ")
            )  # fmt: skip
            assert set(re.findall(r"`(\w+)`", row)) == set(immacro.load(name, host).contexts)

    def test_its_switches_are_those_of_the_model(self, name, text):
        parameters = immacro.load(name).parameters
        switches = set(parameters.index[parameters["role"] == "switch"])
        assert ids(text, "Switches", column=1) == switches

    def test_it_shows_the_network_and_says_what_is_weak(self, name, text):
        picture = re.search(r"!\[[^\]]+\]\((\S+)\)", text)
        assert picture
        assert (ROOT / "models" / name / picture[1]).is_file()
        assert section(text, "What is weak").count("\n- ") >= 3


def section(text: str, heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"no section {heading}"
    return found[1]


def ids(text: str, heading: str, column: int | None = None) -> set[str]:
    """Return the ids in the table of a section, all of them or those of one column."""
    rows = [line for line in section(text, heading).splitlines() if line.startswith("|")]
    cells = rows if column is None else [row.split("|")[column] for row in rows]
    return {identifier for cell in cells for identifier in re.findall(r"`(\w+)`", cell)}


@pytest.mark.slow
def test_the_documentation_builds_without_a_warning(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-q", ROOT / "docs", tmp_path],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "gcsf_antibody.png" in (tmp_path / "index.html").read_text("utf-8")
    for name in catalogue.models():
        page = (tmp_path / "models" / f"{name}.html").read_text("utf-8")
        picture = re.search(r'src="\.\./(_images/(?:network|overview)\d*\.\w+)"', page)
        assert picture, name
        assert (tmp_path / picture[1]).is_file()


def test_the_citation_names_the_version_and_licence():
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {immacro.__version__}\n" in text
    assert "license: BSD-3-Clause\n" in text
    assert f"## {immacro.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
