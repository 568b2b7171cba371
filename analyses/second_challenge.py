"""What a tumour does to an infection or a vaccine that shares no antigen with it.

Mice without a tumour, with one, and with one that is treated are challenged: with Listeria on day
21 of an AT3 tumour, with ovalbumin and CpG on day 23 of a KPC tumour, and with a protein and a
weaker adjuvant on day 21 of a 4T1 tumour.

Writes a figure and the time courses (CSV) into `results/`, or the folder given with `--out`, and
prints each arm a week after the challenge. Takes some seconds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import xarray as xr
from figure_script import grid_of_courses, main, save_by_context, simulated, table_on_day
from matplotlib.figure import Figure

#: Context -> the day that is printed, a week after the challenge.
READ = {"at3": 28, "kpc": 30, "4t1": 28}
DAYS, FROM = 42, 14
CHALLENGE = {
    "at3": {"listeria_dose": 5e4, "listeria_start": 21.0},
    "kpc": {"ova_cpg_vaccine_dose": 100.0, "ova_cpg_vaccine_start": 23.0},
    "4t1": {"immunisation_dose": 100.0, "immunisation_start": 21.0},
}
NONE = {"tumour_dose": 0.0}
RESECTED = {"surgery_day": 10.0, "surgery_extent": 1.0}
CD40 = {"cd40_agonist_dose": 5.0}
FLT3L = {"flt3l_dose": 1000.0, "flt3l_start": 14.0}
TREATED = {
    "at3": {"no tumour": NONE, "tumour": {}, "resected on day 10": RESECTED,
            "CD40 agonist": CD40 | {"cd40_agonist_start": 21.0}},
    "kpc": {"no tumour": NONE, "tumour": {}, "FLT3L before": FLT3L,
            "FLT3L, CD40 agonist": FLT3L | CD40 | {"cd40_agonist_start": 23.0}},
    "4t1": {"no tumour": NONE, "tumour": {}, "resected on day 10": RESECTED},
}  # fmt: skip
#: Observable, its title, its label, logarithmic or not: a column of the figure each.
COLUMNS = [
    ("dc_cd86_spleen", "CD86, average dendritic cell", "over a mature cell", False),
    ("dc_spleen", "Dendritic cells of the spleen", "cells", True),
    ("challenge_cd8_spleen", "Specific CD8 of the spleen", "cells", False),
    ("cd8_effector_differentiation_spleen", "Effectors among them", "share", False),
    ("antibody_titre", "Antibody", "µg/mL", False),
]
NAMES = [name for name, *_ in COLUMNS] + ["bacterial_load_spleen"]


def simulate() -> dict[str, dict[str, xr.Dataset]]:
    """Return context -> arm -> run."""
    arms = {context: {arm: (CHALLENGE[context] | levers, {}) for arm, levers in each.items()}
            for context, each in TREATED.items()}  # fmt: skip
    return simulated(arms, DAYS, NAMES)


def report(runs: dict[str, dict[str, xr.Dataset]]) -> str:
    """Return a table of the arms a week after the challenge."""
    return table_on_day(runs, READ, NAMES)


def draw(runs: dict[str, dict[str, xr.Dataset]]) -> Figure:
    """One row per tumour, one column per observable, one line per arm."""
    figure, axes = grid_of_courses(runs, COLUMNS)
    for row in axes:
        row[0].set_xlim(FROM, DAYS)
        row[1].legend(frameon=False, fontsize=6, loc="lower left")
    return figure


def write(runs: dict[str, dict[str, xr.Dataset]], folder: Path) -> list[Path]:
    """Write figure and CSV; return their paths."""
    return save_by_context(draw(runs), runs, NAMES, folder, "second_challenge")


if __name__ == "__main__":
    sys.exit(main(__doc__.partition("\n")[0], simulate, report, write))
