"""Where the dendritic cells of a mouse with a tumour go, and what gives them back.

Three signals of a tumour take dendritic cells: G-CSF represses IRF8 in their precursors, VEGF takes
NF-κB from those that are made, and IL-6 has the living die. Each is switched off in turn, then all
of them, in mice with an AT3 and with a KPC tumour. Then FLT3 ligand or a CD40 agonist is given.

Writes a figure and the time courses (CSV) into `results/`, or the folder given with `--out`, and
prints each arm on the day on which the tumour is read. Takes some seconds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import xarray as xr
from figure_script import courses_in, grid, main, save_by_context, table_on_day
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import immacro

#: Context -> the day on which its findings are read.
READ = {"at3": 28, "kpc": 30}
DAYS = 35
SWITCHES = {
    "as it is": (),
    "IRF8 not repressed": ("irf8_repression",),
    "NF-κB not blocked": ("vegf_nfkb_block",),
    "no death by IL-6": ("il6_dc_death",),
    "none of the three": ("irf8_repression", "vegf_nfkb_block", "il6_dc_death"),
}
THERAPIES = {
    "untreated": {},
    "FLT3L from day 14": {"flt3l_dose": 1000.0, "flt3l_start": 14.0},
    "CD40 agonist on day 23": {"cd40_agonist_dose": 5.0, "cd40_agonist_start": 23.0},
}
#: Observable, its arms, its title, logarithmic or not: a column of the figure each.
COLUMNS = [
    ("dc_systemic", SWITCHES, "Dendritic cells", False),
    ("semi_mature_dc_spleen", SWITCHES, "Semi-mature, of spleen", False),
    ("dc_systemic", THERAPIES, "Dendritic cells", True),
    ("dc_activation_spleen", THERAPIES, "Activation, of spleen", False),
]
NAMES = sorted({name for name, *_ in COLUMNS})


def simulate() -> dict[str, dict[str, xr.Dataset]]:
    """Return context -> arm -> run, each observable over health."""
    model = immacro.load("macroenvironment", host="mouse")
    health = model.simulate(days=1, points=2, observables=NAMES).isel(time=0, drop=True)

    def run(context: str, levers=None, off=()) -> xr.Dataset:
        course = model.simulate(levers, dict.fromkeys(off, 0.0), context, days=DAYS,
                                points=10 * DAYS + 1, observables=NAMES)  # fmt: skip
        for name in NAMES:
            course[name] = (course[name] / health[name]).assign_attrs(units="over health")
        return course

    runs = {}
    for context in READ:
        arms = {arm: run(context, off=off) for arm, off in SWITCHES.items()}
        treated = {arm: run(context, doses) for arm, doses in THERAPIES.items() if doses}
        runs[context] = {**arms, "untreated": arms["as it is"], **treated}
    return runs


def report(runs: dict[str, dict[str, xr.Dataset]]) -> str:
    """Return a table of the arms on the day on which a context is read, over health."""
    return table_on_day(runs, READ, NAMES, note=", over health", form=".2f")


def draw(runs: dict[str, dict[str, xr.Dataset]]) -> Figure:
    """One row per tumour, one column per question, one line per arm."""

    def panel(place: Axes, context: str, name: str, arms, title: str, log: bool) -> None:
        courses_in(place, runs[context], name, arms, title, "over health", log)
        place.axhline(1, color="0.7", linewidth=0.8, zorder=0)

    figure, axes = grid(READ, COLUMNS, panel)
    for place in (axes[0, 0], axes[0, 2]):
        place.legend(frameon=False, fontsize=6, loc="best")
    return figure


def write(runs: dict[str, dict[str, xr.Dataset]], folder: Path) -> list[Path]:
    """Write figure and CSV; return their paths."""
    return save_by_context(draw(runs), runs, NAMES, folder, "dendritic_cell_losses")


if __name__ == "__main__":
    sys.exit(main(__doc__.partition("\n")[0], simulate, report, write))
