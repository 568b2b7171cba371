"""Every notebook runs from top to bottom, is quick, and is committed without outputs."""

from __future__ import annotations

import time
from pathlib import Path

import nbclient
import nbformat
import pytest

FOLDER = Path(__file__).parents[1] / "analyses" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
#: Seconds for one cell, on a machine that is busy with other things.
LONGEST_CELL = 120


def read(path: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    for cell in read(path).cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_tables_and_figures(path: Path, tmp_path: Path) -> None:
    notebook = read(path)
    begun = time.monotonic()
    nbclient.NotebookClient(
        notebook, timeout=LONGEST_CELL, resources={"metadata": {"path": tmp_path}}
    ).execute()
    assert time.monotonic() - begun < 2 * LONGEST_CELL
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [kind for output in outputs for kind in output.get("data", {})]
    assert shown.count("image/png") >= 3
    assert shown.count("text/html") >= 2
    said = [output.text for output in outputs if output.output_type == "stream"]
    assert not [text for text in said if "Warning" in text or "Error" in text]
    assert list(tmp_path.iterdir()) == []
