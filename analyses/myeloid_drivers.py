"""Which driver makes which tumour's immature myeloid cells, and what a GM-CSF drug does in man.

In every tumour but `bcc`, which is melanoma under another name, each driver is left alone, then
taken away alone. A dose of GM-CSF a day for two weeks is set beside what volunteers showed.

Writes a figure and a table (CSV) into `results/`, or the folder given with `--out`, and prints the
table. Takes a minute.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr
from figure_script import COLOURS, canvas, main, save
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import immacro

#: Host -> context -> the day on which its findings are read.
READ = {
    "mouse": {"at3": 28, "4t1": 28, "mmtv_pymt": 35, "kpc": 30, "pan02": 30, "b16": 21,
              "mc38": 24, "ct26": 24},
    "human": dict.fromkeys(("breast", "pancreatic", "melanoma", "nsclc", "rcc"), 360),
}  # fmt: skip
#: How tumours are written, where not as their context.
_CAPITALS = ("at3", "4t1", "kpc", "pan02", "b16", "mc38", "ct26", "nsclc", "rcc")
TUMOURS = {name: name.upper() for name in _CAPITALS} | {"mmtv_pymt": "MMTV-PyMT"}
DRIVERS = {
    "gcsf": "G-CSF", "gmcsf": "GM-CSF", "il8": "IL-8", "oxysterol": "oxysterol", "tnf": "TNF",
    "il1b": "IL-1β", "il17": "IL-17", "exosomes": "exosomes", "ccl2": "CCL2", "il6": "IL-6",
    "vegf": "VEGF",
}  # fmt: skip
CELLS = "immature_myeloid_blood"
#: Day, fold of neutrophils and of monocytes in volunteers. The first is at 5 ug/kg a day
#: (Ann Hematol 1999), the second at 250 ug/m2 (Am J Hematol 1998 57:7).
VOLUNTEERS = {"neutrophil_blood": {5: 3.0, 14: 3.5}, "monocyte_blood": {5: 4.4}}
#: 250 ug/m2 for 1.8 m2 and 70 kg.
DRUG = {"sargramostim_dose": 6.5}


class Study(NamedTuple):
    """Folds of immature cells by context and driver, and the course under the drug."""

    alone: pd.DataFrame
    removed: pd.DataFrame
    drug: xr.Dataset


def simulate() -> Study:
    """Run every tumour with each driver alone and without each."""
    alone, removed = {}, {}
    for host, contexts in READ.items():
        model = immacro.load("macroenvironment", host=host)
        for context, day in contexts.items():
            alone[context], removed[context] = _folds(model, context, day)
    human = immacro.load("macroenvironment", host="human")
    drug = human.simulate(DRUG, days=21, points=211, observables=list(VOLUNTEERS))
    return Study(pd.DataFrame(alone), pd.DataFrame(removed), drug)


def _folds(model: immacro.Model, context: str, day: float) -> tuple[pd.Series, pd.Series]:
    """Return cells with a driver alone over those with none, and without it over those with all."""
    names = list(DRIVERS)
    only = np.eye(len(names))
    arms = np.vstack([only, 1 - only, np.zeros(len(names)), np.ones(len(names))])
    table = pd.DataFrame(arms, columns=[f"{name}_strength" for name in names])
    runs = immacro.run_many(model, table, context, days=day, points=2, observables=[CELLS],
                            workers=1, progress=False)  # fmt: skip
    cells = runs[CELLS].isel(time=-1).to_numpy()
    one, without, (none, everything) = np.split(cells, [len(names), 2 * len(names)])
    return pd.Series(one / none, names), pd.Series(without / everything, names)


def report(study: Study) -> str:
    """Return both tables."""
    return "\n\n".join(
        f"{title}\n{table.rename(index=DRIVERS).round(2).to_string()}"
        for title, table in (
            ("Immature myeloid cells of blood, a driver alone over none:", study.alone),
            ("The same, without a driver over all of them:", study.removed),
        )
    )


def draw(study: Study) -> Figure:
    """Two maps of drivers by tumours, and the drug beside volunteers."""
    with canvas(13, 3.9) as figure:
        first, second, third = figure.subplots(1, 3, width_ratios=[1, 1, 0.75])
        _map(first, study.alone, "a driver alone over none", "OrRd", 4)
        _map(second, study.removed, "without a driver over all of them", "PuBu_r", 0.4)
        _drug(third, study.drug)
    return figure


def _map(axes: Axes, table: pd.DataFrame, title: str, colours: str, darkest: float) -> None:
    low, high = sorted((1, darkest))
    axes.imshow(table, cmap=colours, vmin=low, vmax=high, aspect="auto")
    axes.set_xticks(range(table.shape[1]), [TUMOURS.get(c, c) for c in table], rotation=45,
                    ha="right")  # fmt: skip
    axes.set_yticks(range(len(table)), [DRIVERS[name] for name in table.index])
    axes.tick_params(length=0)
    dark = (table - 1) / (darkest - 1)
    digits = 1 if darkest > 1 else 2
    for (row, column), value in np.ndenumerate(table.to_numpy()):
        axes.text(column, row, f"{value:.{digits}f}", ha="center", va="center", fontsize=6.5,
                  color="white" if dark.iloc[row, column] > 0.7 else "black")  # fmt: skip
    axes.set_title(f"Ratio of immature myeloid cells per µL of blood:\n{title}", loc="left",
                   fontsize=9)  # fmt: skip


def _drug(axes: Axes, course: xr.Dataset) -> None:
    for name, colour in zip(VOLUNTEERS, COLOURS[1:], strict=False):
        words = name.removesuffix("_blood") + "s"
        axes.plot(course.time, course[name] / float(course[name][0]), color=colour, label=words)
        axes.plot(*zip(*VOLUNTEERS[name].items(), strict=True), "o", color=colour,
                  label=f"{words} of volunteers")  # fmt: skip
    axes.axhline(1, color="0.7", linewidth=0.8, zorder=0)
    axes.set(xlabel="Days", ylabel="over health", ylim=(0, 5))
    axes.set_title("GM-CSF each day for two weeks, man", loc="left", fontsize=9)
    axes.legend(frameon=False, fontsize=7, loc="upper right")


def write(study: Study, folder: Path) -> list[Path]:
    """Write figure and CSV; return their paths."""
    table = pd.concat({"alone": study.alone, "removed": study.removed}, names=["arm", "driver"])
    return save(draw(study), table, folder, "myeloid_drivers")


if __name__ == "__main__":
    sys.exit(main(__doc__.partition("\n")[0], simulate, report, write))
