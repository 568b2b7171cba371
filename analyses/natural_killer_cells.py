"""What a tumour takes from natural killer cells, by which way, and what they take from it.

Mice with an AT3 and a KPC tumour: untreated; without contact; without TGF-beta of the tumour;
and operated on day 21.

Writes a figure and the time courses (CSV) into `results/`, or the folder given with `--out`, and
prints each arm on the day on which the tumour is read. Takes some seconds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import xarray as xr
from figure_script import grid_of_courses, main, save_by_context, simulated, table_on_day
from matplotlib.figure import Figure

#: Context -> the day on which its findings are read.
READ = {"at3": 28, "kpc": 30}
DAYS = 42
#: Arm -> levers and numbers.
ARMS: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "untreated": ({}, {}),
    "no contact": ({}, {"tumour_nk_contact": 0.0}),
    "no TGF-β of the tumour": ({"tgfb_strength": 0.0}, {}),
    "operated on day 21": ({"surgery_day": 21.0, "surgery_extent": 1.0}, {}),
}
#: Observable, its title, its label, logarithmic or not: a column of the figure each.
COLUMNS = [
    ("nk_tumour", "NK cells of the tumour", "cells", True),
    ("nkp30_nk", "NKp46 (as NKp30)", "over health", False),
    ("nkg2a_nk", "NKG2A", "over health", False),
    ("nk_cytotoxicity", "Lysis per NK cell", "over health", False),
    ("nk_killing_tumour", "Killed by NK cells", "share of tumour cells per day", False),
]
NAMES = [name for name, *_ in COLUMNS]


def simulate() -> dict[str, dict[str, xr.Dataset]]:
    """Return context -> arm -> run."""
    return simulated(dict.fromkeys(READ, ARMS), DAYS, NAMES)


def report(runs: dict[str, dict[str, xr.Dataset]]) -> str:
    """Return a table of the arms on the day on which a context is read."""
    return table_on_day(runs, READ, NAMES)


def draw(runs: dict[str, dict[str, xr.Dataset]]) -> Figure:
    """One row per tumour, one column per observable, one line per arm."""
    figure, axes = grid_of_courses(runs, COLUMNS, least=1e3)
    axes[0][2].legend(frameon=False, fontsize=6, loc="lower left")
    return figure


def write(runs: dict[str, dict[str, xr.Dataset]], folder: Path) -> list[Path]:
    """Write figure and CSV; return their paths."""
    return save_by_context(draw(runs), runs, NAMES, folder, "natural_killer_cells")


if __name__ == "__main__":
    sys.exit(main(__doc__.partition("\n")[0], simulate, report, write))
