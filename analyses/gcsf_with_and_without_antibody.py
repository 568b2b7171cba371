"""Tumour G-CSF with and without a neutralising antibody, in the mouse.

Three mice: healthy; with a tumour that secretes G-CSF (context `at3`) from day 0; the same with an
antibody to G-CSF, 1 mg/kg every three days from day 15. The question is whether the antibody gives
back the cDC1 that the tumour takes, and by which steps.

Writes a figure and the time courses (CSV) into `results/`, or the folder given with `--out`, and
prints the levels at the end. Takes some seconds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import xarray as xr
from figure_script import courses, main, save

import immacro
from immacro import plots

DAYS = 60
FIRST_DOSE = 15
ANTIBODY = {
    "anti_gcsf_dose": 1.0,  # mg/kg
    "anti_gcsf_start": float(FIRST_DOSE),
    "anti_gcsf_interval": 3.0,
    "anti_gcsf_count": 15.0,
}
SHOWN = [
    "anti_gcsf_blood",
    "gcsf_blood",
    "pstat3_pre_dc",
    "irf8_pre_dc",
    "cdc1_blood",
    "neutrophil_blood",
]


def simulate() -> dict[str, xr.Dataset]:
    """Return label -> run for the three mice."""
    model = immacro.load("gcsf_irf8", host="mouse")
    return {
        "healthy": model.simulate(context="healthy", days=DAYS),
        "tumour": model.simulate(context="at3", days=DAYS),
        "tumour + anti-G-CSF": model.simulate(context="at3", levers=ANTIBODY, days=DAYS),
    }


def report(runs: dict[str, xr.Dataset]) -> str:
    """Return a table of the levels at the end, and what becomes of cDC1."""
    lines = [f"{f'day {DAYS}':<34}" + "".join(f"{label:>21}" for label in runs)]
    for name in SHOWN:
        ends = [float(run[name][-1]) for run in runs.values()]
        attrs = runs["tumour"][name].attrs
        what = f"{name} ({plots.short_unit(attrs['units'])})"
        lines.append(f"{what:<34}" + "".join(f"{_rounded(end):>21}" for end in ends))
    healthy, tumour, treated = (run["cdc1_blood"][-1].item() for run in runs.values())
    lines.append("")
    lines.append(
        f"The tumour brings cDC1 in blood to {tumour / healthy:.0%} of health, "
        f"the antibody back to {treated / healthy:.0%}."
    )
    return "\n".join(lines)


def _rounded(value: float) -> str:
    """Return three significant digits, without an exponent."""
    return f"{float(f'{value:.3g}'):,.10g}"


def write(runs: dict[str, xr.Dataset], folder: Path) -> list[Path]:
    """Write figure and CSV; return their paths."""
    figure = plots.time_courses(runs, SHOWN)
    for panel in figure.axes:
        panel.axvline(FIRST_DOSE, color="0.6", linewidth=0.8, linestyle=":")
    figure.axes[0].annotate(
        "first dose", (FIRST_DOSE, 0.96), (3, 0), xycoords=("data", "axes fraction"),
        textcoords="offset points", fontsize=7, color="0.35",
    )  # fmt: skip
    return save(figure, courses(runs, SHOWN), folder, "gcsf_antibody")


if __name__ == "__main__":
    sys.exit(main(__doc__.partition("\n")[0], simulate, report, write))
