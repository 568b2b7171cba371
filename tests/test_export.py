"""Exported files say by themselves what `simulate` says with settings."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import libsbml
import numpy as np
import pytest
import xarray as xr

import immacro
from immacro.errors import InvalidValueError, OutputError, SimulationError, UnknownNameError
from immacro.export import write

LEVERS = {"drug_dose": 100.0, "drug_start": 1.0, "boost_strength": 1.0}
BIOLOGY = {"loss": 0.05, "blood": 0.002}


def apart(a: xr.Dataset, b: xr.Dataset) -> float:
    # An antibody that nobody gives is zero in both.
    return max(float(np.abs(a[n] - b[n]).max() / (np.abs(b[n]).max() or 1.0)) for n in b.data_vars)


def read(path: Path) -> libsbml.SBMLDocument:
    """Return the document, which must be kept as long as its model is used."""
    document = libsbml.readSBMLFromFile(str(path))
    assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0
    return document


class TestSbml:
    @pytest.mark.parametrize("level", [None, (3, 1), (3, 2)])
    @pytest.mark.parametrize("parameters", [{}, BIOLOGY])
    @pytest.mark.parametrize("context", [None, "boosted", "thinned"])
    def test_it_gives_the_course_of_the_settings(
        self,
        tiny: immacro.Model,
        tmp_path: Path,
        level: tuple[int, int] | None,
        parameters: dict[str, float],
        context: str | None,
    ) -> None:
        expected = tiny.simulate(LEVERS, parameters, context)
        path = write(tiny, tmp_path / "out.xml", LEVERS, parameters, context, level=level)
        assert apart(immacro.load(path).simulate(), expected) < 1e-6

    def test_it_gives_that_course_in_copasi(self, tiny: immacro.Model, tmp_path: Path) -> None:
        basico = pytest.importorskip("basico")
        expected = tiny.simulate(LEVERS, BIOLOGY, days=20, points=41)
        path = write(tiny, tmp_path / "out.xml", LEVERS, BIOLOGY)
        document = basico.load_model(str(path))
        course = basico.run_time_course_with_output(
            ["Time", "Values[Cells in blood]"],
            model=document,
            duration=20,
            intervals=40,
            r_tol=1e-9,
            a_tol=1e-12,
        )
        basico.remove_datamodel(document)
        np.testing.assert_allclose(course.iloc[:, 1], expected.cells_blood, rtol=1e-5)

    @pytest.mark.parametrize(("level", "version"), [(3, 1), (3, 2)])
    def test_it_is_consistent_sbml_of_that_level(
        self, tiny: immacro.Model, tmp_path: Path, level: int, version: int
    ) -> None:
        path = write(tiny, tmp_path / "out.xml", LEVERS, BIOLOGY, level=(level, version))
        document = read(path)
        assert (document.getLevel(), document.getVersion()) == (level, version)
        document.setConsistencyChecks(libsbml.LIBSBML_CAT_MODELING_PRACTICE, False)
        document.checkConsistency()
        assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0

    def test_settings_are_written_in_it(self, tiny: immacro.Model, tmp_path: Path) -> None:
        document = read(write(tiny, tmp_path / "out.xml", LEVERS, BIOLOGY, "boosted"))
        model = document.getModel()
        assert model.getParameter("drug_dose").getValue() == 100
        assert model.getParameter("boost_strength").getValue() == 1  # a lever beats the context
        assert model.getCompartment("blood").getSize() == 0.002
        assert "context boosted; boost_strength = 1; drug_dose = 100" in " ".join(
            model.getNotesString().split()
        )

    def test_changed_biology_replaces_initial_assignments(
        self, tiny: immacro.Model, tmp_path: Path
    ) -> None:
        shipped = read(write(tiny, tmp_path / "plain.xml", LEVERS))
        changed = read(write(tiny, tmp_path / "moved.xml", LEVERS, {"loss": 0.05}))
        plain, moved = shipped.getModel(), changed.getModel()
        assert plain.getNumInitialAssignments() == 1
        assert moved.getNumInitialAssignments() == 0
        assert moved.getSpecies("cells").getInitialAmount() == pytest.approx(2000)
        assert moved.getSpecies("boost_on").getInitialAmount() == 0
        assert moved.getParameter("onset").getValue() == 0

    def test_annotations_stay(self, tiny: immacro.Model, tmp_path: Path) -> None:
        for level in ((3, 1), (3, 2)):
            path = write(tiny, tmp_path / "out.xml", LEVERS, BIOLOGY, level=level)
            document = read(path)
            model = document.getModel()
            assert "UBERON:0000178" in model.getCompartment("blood").getAnnotationString()
            assert model.getParameter("cells_blood").getSBOTermID() == "SBO:0000360"
            assert model.getParameter("cells_blood").getName() == "Cells in blood"

    @pytest.mark.parametrize("level", [None, (3, 1), (3, 2)])
    def test_a_file_of_level_2_can_be_exported(
        self, sbml_file: Callable[..., Path], tmp_path: Path, level: tuple[int, int] | None
    ) -> None:
        text = "model m; compartment c = 2; species S in c; S = 3; k = 1; J: S -> ; c*k*S; end"
        model = immacro.load(sbml_file(text, level=2, version=4))
        path = write(model, tmp_path / "out.xml", parameters={"k": 2, "S": 5}, level=level)
        document = read(path)
        assert (document.getLevel(), document.getVersion()) == (level or (2, 4))
        expected = model.simulate(parameters={"k": 2, "S": 5}, days=1)
        assert apart(immacro.load(path).simulate(days=1), expected) < 1e-6

    def test_without_settings_only_the_formatting_may_differ(
        self, tiny: immacro.Model, tmp_path: Path
    ) -> None:
        path = write(tiny, tmp_path / "out.xml")
        assert path.read_text("utf-8").split() == tiny.sbml_text.split()


@pytest.mark.parametrize("host", ["mouse", "human"])
@pytest.mark.parametrize("name", immacro.list_models())
def test_a_packaged_model_survives_export_with_changed_biology(
    name: str, host: str, tmp_path: Path
) -> None:
    model = immacro.load(name, host)
    table = model.parameters
    rates = table[(table["role"] == "rate") & (table["low"] < table["high"])].index[:3]
    biology = {str(i): float((table.loc[i, "low"] * table.loc[i, "high"]) ** 0.5) for i in rates}
    context = next(c for c, values in model.contexts.items() if values)
    expected = model.simulate(parameters=biology, context=context, days=20, points=21)
    for level in ((3, 1), (3, 2)):
        path = write(model, tmp_path / "out.xml", {}, biology, context, level=level)
        assert apart(immacro.load(path).simulate(days=20, points=21), expected) < 1e-5
        assert immacro.check.check(path).clean


class TestAntimony:
    @pytest.mark.parametrize("parameters", [{}, BIOLOGY])
    def test_it_gives_the_course_of_the_settings(
        self, tiny: immacro.Model, tmp_path: Path, parameters: dict[str, float]
    ) -> None:
        import antimony

        text = write(tiny, tmp_path / "out.ant", LEVERS, parameters, to="antimony").read_text(
            "utf-8"
        )
        antimony.clearPreviousLoads()
        assert antimony.loadAntimonyString(text) >= 0, antimony.getLastError()
        (tmp_path / "back.xml").write_text(antimony.getSBMLString("tiny_mouse"))
        course = immacro.load(tmp_path / "back.xml").simulate(observables=["cells_blood"])
        expected = tiny.simulate(LEVERS, parameters, observables=["cells_blood"])
        assert apart(course, expected) < 1e-6

    def test_it_has_no_level(self, tiny: immacro.Model, tmp_path: Path) -> None:
        with pytest.raises(InvalidValueError, match="Antimony has no SBML level"):
            write(tiny, tmp_path / "out.ant", to="antimony", level=(3, 1))


class TestRefusals:
    def test_an_unknown_format(self, tiny: immacro.Model, tmp_path: Path) -> None:
        with pytest.raises(InvalidValueError, match="Choose sbml or antimony"):
            write(tiny, tmp_path / "out", to="matlab")

    def test_an_unknown_level(self, tiny: immacro.Model, tmp_path: Path) -> None:
        with pytest.raises(InvalidValueError, match=r"Choose \(3, 1\) or \(3, 2\)"):
            write(tiny, tmp_path / "out.xml", level=(2, 4))

    def test_bad_settings_leave_no_file(self, tiny: immacro.Model, tmp_path: Path) -> None:
        with pytest.raises(UnknownNameError):
            write(tiny, tmp_path / "out.xml", {"nothing": 1})
        with pytest.raises(SimulationError, match="No stable healthy state"):
            write(tiny, tmp_path / "out.xml", parameters={"growth": 0.2})
        assert list(tmp_path.iterdir()) == []


class TestWriting:
    def test_a_place_that_cannot_be_written_is_said(
        self, tiny: immacro.Model, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("")
        for out in (tmp_path, tmp_path / "no" / "out.xml", tmp_path / "file" / "out.xml"):
            with pytest.raises(OutputError) as caught:
                write(tiny, out)
            assert caught.value.remedy
        assert [p.name for p in tmp_path.iterdir()] == ["file"]

    def test_a_full_disk_keeps_the_old_file_and_leaves_no_half_one(
        self, tiny: immacro.Model, tmp_path: Path
    ) -> None:
        path = tmp_path / "out.xml"
        path.write_text("old")
        code = (
            "import resource, signal, sys\n"
            "from immacro.errors import OutputError\n"
            "from immacro.export import write\n"
            "from immacro import load\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, (1000, {resource.RLIM_INFINITY}))\n"
            "try: write(load(sys.argv[1]), sys.argv[2])\n"
            "except OutputError as error: sys.exit(str(error))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, tiny.sbml_path, path],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 1
        assert re.search(r"cannot be written .*Free some space", done.stderr)
        assert path.read_text("utf-8") == "old"
        assert list(tmp_path.iterdir()) == [path]

    def test_a_link_is_followed(self, tiny: immacro.Model, tmp_path: Path) -> None:
        (tmp_path / "link.xml").symlink_to(tmp_path / "real.xml")
        write(tiny, tmp_path / "link.xml")
        assert (tmp_path / "link.xml").is_symlink()
        assert "<sbml" in (tmp_path / "real.xml").read_text("utf-8")
