"""Why exhaustion can be undone early and not late: two states at the same antigen.

The steady lock of the exhaustion loci is followed while antigen goes up from none and down again,
with and without the transcription of TOX from locked loci. Then cells are taken out of a B16 tumour
on one day or another, and their lock and IFN-gamma on restimulation are followed to day 90.

Writes a figure and the tables (CSV) into `results/`, or the folder given with `--out`, and prints
where the branches part. Takes some seconds.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr
from figure_script import canvas, main, save
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import immacro
from immacro import plots

LOCK, IFNG = "epigenetic_lock_cd8_tumour", "ifng_cd8_tumour"
#: Antigen over the reference tumour.
ANTIGEN = np.concatenate([[0.0], np.geomspace(0.005, 1.0, 20)])
#: Days at each antigen: the lock has settled, but where the branches end.
SETTLED = 2000.0
#: Days on which cells are taken out of the tumour.
OUT = (4, 8, 12, 16, 20, 30)
#: Days that the last of them are then kept.
KEPT = 60


class Runs(NamedTuple):
    """Steady lock by antigen, one column per branch, and courses by the day of taking out."""

    branches: pd.DataFrame
    courses: dict[str, xr.Dataset]


def simulate() -> Runs:
    """Follow the branches, then take cells out of the tumour."""
    model = immacro.load("tcell_exhaustion", host="mouse")
    columns = {}
    for feedback, words in ((1.0, "TOX keeps itself"), (0.0, "without feedback")):
        up, down = _branches(model, feedback)
        columns |= {f"{words}, antigen rising": up, f"{words}, antigen falling": down}
    branches = pd.DataFrame(columns, index=pd.Index(ANTIGEN, name="antigen"))
    course = {"left in the tumour": _course(model, {})}
    for day in OUT:
        levers = {"antigen_stop": float(day), "metabolic_stress_stop": float(day)}
        course[f"out on day {day}"] = _course(model, levers)
    return Runs(branches, course)


def _course(model: immacro.Model, levers: dict[str, float]) -> xr.Dataset:
    days = max(OUT) + KEPT
    return model.simulate(levers, context="b16", days=days, points=days + 1,
                          observables=[LOCK, IFNG])  # fmt: skip


def _branches(model: immacro.Model, feedback: float) -> tuple[list[float], list[float]]:
    """Steady lock at each antigen, going up from none and down from the most."""
    rr = model.roadrunner()
    rr.timeCourseSelections = [LOCK]
    rr["tox_feedback"] = feedback
    rr["antigen_strength"] = 0.0
    rr.reset()
    found, time = [], 0.0
    for strength in (*ANTIGEN, *ANTIGEN[::-1]):
        rr["antigen_strength"] = strength
        found.append(float(rr.simulate(time, time + SETTLED, 2)[-1, 0]))
        time += SETTLED
    return found[: len(ANTIGEN)], found[: len(ANTIGEN) - 1 : -1]


def report(runs: Runs) -> str:
    """Return the branches as a table, and what is left at the end of each course."""
    lines = [runs.branches.round(3).to_string(), ""]
    health = float(runs.courses["left in the tumour"][IFNG][0])
    for name, course in runs.courses.items():
        lines.append(f"{name:<20} lock {float(course[LOCK][-1]):.2f}, "
                     f"IFN-gamma {float(course[IFNG][-1]) / health:.2f} of health")  # fmt: skip
    return "\n".join(lines)


def draw(runs: Runs) -> Figure:
    """Branches, and the courses of lock and IFN-gamma."""
    with canvas(9.6, 3.2) as figure:
        first, second, third = figure.subplots(1, 3)
        _draw_branches(first, runs.branches)
        for panel, name, title in ((second, LOCK, "Lock, taken out of the tumour"),
                                   (third, IFNG, "IFN-gamma on restimulation")):  # fmt: skip
            _draw_courses(panel, runs.courses, name, title)
        third.legend(frameon=False, fontsize=6, ncols=2, loc="lower left")
    return figure


def _draw_branches(panel: Axes, branches: pd.DataFrame) -> None:
    for name, colour, style in zip(branches, ("#0072B2", "#D55E00", "0.4", "0.7"),
                                   ("-", "-", "-", "--"), strict=True):  # fmt: skip
        panel.plot(branches.index, branches[name], style, marker=".", color=colour, label=name)
    panel.set_xscale("symlog", linthresh=0.005)
    panel.set_xticks([0, 0.01, 0.1, 1], ["0", "0.01", "0.1", "1"])
    panel.set_title("Steady lock", loc="left", fontsize=8)
    panel.set_xlabel("Antigen over the reference tumour")
    panel.set_ylabel("share of loci locked")
    panel.legend(frameon=False, fontsize=6)


def _draw_courses(panel: Axes, courses: dict[str, xr.Dataset], name: str, title: str) -> None:
    health = float(courses["left in the tumour"][name][0]) if name == IFNG else 1.0
    colours = ("black", *plots.OKABE_ITO[1:7])
    for (arm, course), colour in zip(courses.items(), colours, strict=True):
        panel.plot(course["time"], course[name] / health, label=arm, color=colour)
    panel.set_title(title, loc="left", fontsize=8)
    panel.set_xlabel("Days from onset")
    panel.set_ylabel("over health" if name == IFNG else "share of loci locked")
    panel.set_ylim(0, 1.02)
    panel.margins(x=0)


def write(runs: Runs, folder: Path) -> list[Path]:
    """Write figure and CSV; return their paths."""
    courses = pd.concat({arm: course.to_dataframe()[[LOCK, IFNG]]
                         for arm, course in runs.courses.items()}, names=["arm"])  # fmt: skip
    long = runs.branches.rename_axis(columns="arm").stack().rename(LOCK).reset_index()
    table = pd.concat({"courses": courses.reset_index(), "branches": long}, names=["part"])
    return save(draw(runs), table, folder, "tcell_exhaustion_hysteresis")


if __name__ == "__main__":
    sys.exit(main(__doc__.partition("\n")[0], simulate, report, write))
