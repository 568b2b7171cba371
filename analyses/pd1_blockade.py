"""What PD1 blockade does in an immunogenic and in a cold tumour, and what it needs.

Anti-PD1 is given from day 10 to mice with an MC38 tumour, alone or the day after exit from lymphoid
organs is blocked, the draining node is taken out, or CD28 is blocked; and to mice with a KPC
tumour, alone or with a CD40 agonist on day 16.

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
READ = {"mc38": 24, "kpc": 30}
DAYS = 30
PD1 = {"anti_pd1_dose": 10.0, "anti_pd1_start": 10.0}
CD40 = {"cd40_agonist_dose": 5.0, "cd40_agonist_start": 16.0}
EGRESS, NODE, CD28 = (
    {f"{lever}_strength": 1.0, f"{lever}_start": 9.0}
    for lever in ("egress_block", "dln_resection", "cd28_block")
)
ARMS = {
    "mc38": {"untreated": {}, "anti-PD1": PD1, "anti-PD1, exit blocked": PD1 | EGRESS,
             "anti-PD1, node taken out": PD1 | NODE, "anti-PD1, CD28 blocked": PD1 | CD28},
    "kpc": {"untreated": {}, "anti-PD1": PD1, "CD40 agonist": CD40,
            "anti-PD1, CD40 agonist": PD1 | CD40},
}  # fmt: skip
#: Observable, its title, its label, logarithmic or not: a column of the figure each.
COLUMNS = [
    ("tumour_burden", "Tumour", "cells", True),
    ("primed_cd8_dln", "Primed CD8 of the node", "cells", False),
    ("effector_cd8_tumour", "Effector CD8 of the tumour", "cells", False),
    ("exhausted_cd8_tumour", "Exhausted, of tumour CD8", "share", False),
    ("new_clone_fraction_tumour", "New clones, of tumour CD8", "share", False),
]
NAMES = [name for name, *_ in COLUMNS]


def simulate() -> dict[str, dict[str, xr.Dataset]]:
    """Return context -> arm -> run."""
    arms = {context: {arm: (levers, {}) for arm, levers in each.items()}
            for context, each in ARMS.items()}  # fmt: skip
    return simulated(arms, DAYS, NAMES)


def report(runs: dict[str, dict[str, xr.Dataset]]) -> str:
    """Return a table of the arms on the day on which a context is read."""
    return table_on_day(runs, READ, NAMES)


def draw(runs: dict[str, dict[str, xr.Dataset]]) -> Figure:
    """One row per tumour, one column per observable, one line per arm."""
    figure, axes = grid_of_courses(runs, COLUMNS)
    for row in axes:
        row[-1].legend(frameon=False, fontsize=6, loc="lower right")
    return figure


def write(runs: dict[str, dict[str, xr.Dataset]], folder: Path) -> list[Path]:
    """Write figure and CSV; return their paths."""
    return save_by_context(draw(runs), runs, NAMES, folder, "pd1_blockade")


if __name__ == "__main__":
    sys.exit(main(__doc__.partition("\n")[0], simulate, report, write))
