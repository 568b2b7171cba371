"""Five compartments over time: a healthy mouse, and mice with an AT3 tumour.

Four mice: healthy; with an AT3 tumour from day 0; the same with a tumour that secretes no G-CSF;
the same with the tumour taken out on day 21. Each row of the figure is a compartment. The question
is what a tumour changes far from itself, how much of it is due to its G-CSF, and how soon surgery
undoes it.

Writes a figure and the time courses (CSV) into `results/`, or the folder given with `--out`, and
prints each population at day 28 relative to health. Takes some seconds.
"""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import fill

import xarray as xr
from figure_script import canvas, courses, main, save
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import immacro
from immacro import plots

DAYS = 42
READ = 28
SURGERY = 21
#: Compartment -> observables, one row of the figure each.
SHOWN = {
    "bone marrow": ["hsc_bone_marrow", "gmp_bone_marrow", "neutrophil_bone_marrow",
                    "pre_dc_bone_marrow", "t_cell_bone_marrow"],
    "blood": ["gcsf_blood", "hspc_blood", "pmn_mdsc_blood", "cdc1_blood", "cd8_blood"],
    "spleen": ["pmn_mdsc_spleen", "m_mdsc_spleen", "cdc1_spleen", "cdc2_spleen", "t_cell_spleen"],
    "draining node": ["monocyte_dln", "resident_dc_dln", "antigen_dc_dln", "primed_cd8_dln",
                      "cd8_dln"],
    "tumour": ["tumour_burden", "neutrophil_tumour", "m_mdsc_tumour", "dc_tumour",
               "effector_cd8_tumour"],
}  # fmt: skip
LINES = {
    "healthy": {"color": "0.55", "linewidth": 2.2},
    "AT3": {"color": plots.OKABE_ITO[1]},
    "AT3 without G-CSF": {"color": plots.OKABE_ITO[2], "linestyle": "--"},
    f"AT3, resected on day {SURGERY}": {"color": plots.OKABE_ITO[3], "linestyle": ":"},
}


def simulate() -> dict[str, xr.Dataset]:
    """Return label -> run for the four mice."""
    model = immacro.load("macroenvironment", host="mouse")
    arms = [
        ("healthy", {}),
        ("at3", {}),
        ("at3", {"gcsf_strength": 0.0}),
        ("at3", {"surgery_extent": 1.0, "surgery_day": float(SURGERY)}),
    ]
    runs = [model.simulate(levers, context=context, days=DAYS) for context, levers in arms]
    return dict(zip(LINES, runs, strict=True))


def report(runs: dict[str, xr.Dataset]) -> str:
    """Return a table of the populations at one day relative to health."""
    lines = [f"{f'day {READ}, fold of health':<28}" + "".join(f"{label:>26}" for label in runs)]
    for place, names in SHOWN.items():
        for name in names:
            health = float(runs["healthy"][name][0])
            if health < 1e-6:
                continue
            folds = [float(run[name].sel(time=READ, method="nearest")) / health
                     for run in runs.values()]  # fmt: skip
            lines.append(f"{name:<28}" + "".join(f"{fold:>26.2f}" for fold in folds))
        if place != "tumour":
            lines.append("")
    return "\n".join(lines).rstrip()


def draw(runs: dict[str, xr.Dataset]) -> Figure:
    """One row per compartment, one panel per population, one line per mouse."""
    columns = max(map(len, SHOWN.values()))
    with canvas(2.1 * columns, 1.65 * len(SHOWN) + 0.4) as figure:
        grid = figure.subplots(len(SHOWN), columns, sharex=True)
        for row, (place, names) in zip(grid, SHOWN.items(), strict=True):
            for panel, name in zip(row, names, strict=True):
                _panel(panel, runs, name, place)
            row[0].annotate(
                place.capitalize(), (0, 0.5), (-44, 0), xycoords="axes fraction",
                textcoords="offset points", rotation=90, va="center", ha="center", fontsize=9,
                fontweight="bold",
            )  # fmt: skip
        for panel in grid[-1]:
            panel.set_xlabel("Days from onset")
        handles, labels = grid[0, 0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=len(labels),
                      frameon=False)  # fmt: skip
    return figure


def _panel(panel: Axes, runs: dict[str, xr.Dataset], name: str, place: str) -> None:
    for (label, run), style in zip(runs.items(), LINES.values(), strict=True):
        panel.plot(run["time"], run[name], label=label, **style)
    attrs = runs["healthy"][name].attrs
    what = attrs["long_name"]
    for tail in (f" in {place}", " in dln", " in tumour", ", classical and immature",
                 ", mature and immature", " in plasma"):  # fmt: skip
        what = what.replace(tail, "")
    name_of_cells = not (what.islower() or " " in what)
    title = what if name_of_cells else what[:1].upper() + what[1:]
    panel.set_title(fill(title, 24), fontsize=7, loc="left")
    unit = plots.short_unit(attrs["units"])
    panel.set_ylabel("cells" if unit == "number" else unit, fontsize=7)
    panel.ticklabel_format(axis="y", scilimits=(-2, 4), useMathText=True)
    panel.yaxis.get_offset_text().set_fontsize(7)
    panel.yaxis.get_offset_text().set_horizontalalignment("right")
    panel.tick_params(labelsize=7)
    panel.margins(x=0)
    panel.set_ylim(bottom=0)


def write(runs: dict[str, xr.Dataset], folder: Path) -> list[Path]:
    """Write figure and CSV; return their paths."""
    names = [name for row in SHOWN.values() for name in row]
    return save(draw(runs), courses(runs, names), folder, "macroenvironment_overview")


if __name__ == "__main__":
    sys.exit(main(__doc__.partition("\n")[0], simulate, report, write))
