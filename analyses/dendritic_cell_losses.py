"""Where the dendritic cells of a mouse with a tumour go, and what gives them back.

Three signals of a tumour take dendritic cells: G-CSF represses IRF8 in their precursors, VEGF takes
NF-κB from those that are made, and IL-6 has the living die. Each is switched off in turn, then all
of them, in mice with an AT3 and with a KPC tumour. Then FLT3 ligand or a CD40 agonist is given.

Writes a figure and the time courses (CSV) into `results/`, or the folder given with `--out`, and
prints each arm on the day on which the tumour is read. Takes some seconds.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import xarray as xr
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import immacro
from immacro import files, plots
from immacro.errors import ImmacroError

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
COLOURS = ("black", *plots.OKABE_ITO[1:])


def simulate() -> dict[str, dict[str, xr.Dataset]]:
    """Return context -> arm -> run, each observable over health."""
    model = immacro.load("macroenvironment", host="mouse")
    names = sorted({name for name, *_ in COLUMNS})
    health = model.simulate(days=1, points=2, observables=names).isel(time=0, drop=True)
    runs: dict[str, dict[str, xr.Dataset]] = {}
    for context in READ:
        asked = {"context": context, "days": DAYS, "points": 10 * DAYS + 1, "observables": names}
        runs[context] = {
            **{arm: model.simulate(parameters=dict.fromkeys(off, 0.0), **asked) / health
               for arm, off in SWITCHES.items()},
            **{arm: model.simulate(levers, **asked) / health for arm, levers in THERAPIES.items()},
        }  # fmt: skip
    return runs


def report(runs: dict[str, dict[str, xr.Dataset]]) -> str:
    """Return a table of the arms on the day on which a context is read, over health."""
    names = sorted({name for name, *_ in COLUMNS})
    lines = []
    for context, day in READ.items():
        heading = f"{context.upper()}, day {day}, over health"
        lines += ["", f"{heading:<28}" + "".join(f"{name:>24}" for name in names)]
        for arm, run in runs[context].items():
            values = run.sel(time=day, method="nearest")
            lines.append(f"{arm:<28}" + "".join(f"{float(values[n]):>24.2f}" for n in names))
    return "\n".join(lines[1:])


def draw(runs: dict[str, dict[str, xr.Dataset]]) -> Figure:
    """One row per tumour, one column per question, one line per arm."""
    with rc_context({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=(2.4 * len(COLUMNS), 4.6), layout="constrained")
        FigureCanvasAgg(figure)
        grid = figure.subplots(len(READ), len(COLUMNS), sharex=True)
        for row, context in zip(grid, READ, strict=True):
            for panel, column in zip(row, COLUMNS, strict=True):
                _panel(panel, runs[context], *column)
            row[0].set_ylabel(f"{context.upper()}\nover health")
        for panel in grid[-1]:
            panel.set_xlabel("Days from onset")
        for panel in (grid[0, 0], grid[0, 2]):
            panel.legend(frameon=False, fontsize=6, loc="best")
    return figure


def _panel(panel: Axes, runs: dict[str, xr.Dataset], name: str, arms, title: str, log: bool):
    for arm, colour in zip(arms, COLOURS, strict=False):
        panel.plot(runs[arm]["time"], runs[arm][name], label=arm, color=colour)
    panel.axhline(1, color="0.7", linewidth=0.8, zorder=0)
    panel.set_title(title, loc="left", fontsize=8)
    panel.margins(x=0)
    if log:
        panel.set_yscale("log")
    else:
        panel.set_ylim(bottom=0)


def write(runs: dict[str, dict[str, xr.Dataset]], folder: Path) -> list[Path]:
    """Write figure and CSV; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    table = xr.concat(
        [xr.concat(arms.values(), dim="arm").assign_coords(arm=list(arms))
         for arms in runs.values()], dim="context",
    ).assign_coords(context=list(runs))  # fmt: skip
    frame = table.to_dataframe().rename_axis(["context", "arm", "time [day]"])
    return [
        plots.save(draw(runs), folder / "dendritic_cell_losses.png"),
        files.write_text(folder / "dendritic_cell_losses.csv",
                         frame.to_csv(float_format="%.6g", lineterminator="\n")),
    ]  # fmt: skip


def main() -> int:
    """Run the study."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    default = Path(__file__).resolve().parents[1] / "results"
    parser.add_argument("--out", type=Path, default=default, help="folder for figure and table")
    folder = parser.parse_args().out
    try:
        runs = simulate()
        print(report(runs))
        figure, table = write(runs, folder)
    except (ImmacroError, OSError) as error:
        print(f"immacro: {error}", file=sys.stderr)
        return 1
    print(f"Figure: {figure}\nTable:  {table}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
