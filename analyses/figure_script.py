"""What the scripts share that simulate a few mice and draw a figure: files, arguments, errors."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from one_line_errors import exit_code

import immacro
from immacro import files, plots

Runs = TypeVar("Runs")
#: Colours of arms, the untreated or unchanged one first.
COLOURS = ("black", *plots.OKABE_ITO[1:])


def simulated(
    arms: Mapping[str, Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]]],
    days: int,
    names: Sequence[str],
) -> dict[str, dict[str, xr.Dataset]]:
    """Simulate mice and return context -> arm -> run, ten points a day.

    Args:
        arms: context -> arm -> levers and numbers.
        days: how long.
        names: the observables.
    """
    model = immacro.load("macroenvironment", host="mouse")
    return {
        context: {
            arm: model.simulate(levers, numbers, context=context, days=days, points=10 * days + 1,
                                observables=names)
            for arm, (levers, numbers) in each.items()
        }
        for context, each in arms.items()
    }  # fmt: skip


def courses(runs: Mapping[str, xr.Dataset], names: Iterable[str]) -> pd.DataFrame:
    """Return observables by arm and time, their units in the heads of the columns."""
    names = list(names)
    table = xr.concat([run[names] for run in runs.values()], dim="arm").assign_coords(
        arm=list(runs)
    )
    units = {name: f"{name} [{table[name].attrs['units']}]" for name in names}
    return table.to_dataframe().rename(columns=units).rename_axis(["arm", "time [day]"])


def table_on_day(
    runs: Mapping[str, Mapping[str, xr.Dataset]],
    read: Mapping[str, float],
    names: Sequence[str],
    note: str = "",
    form: str = ".3g",
) -> str:
    """Return the arms of each context on the day on which it is read, a table per context.

    Args:
        runs: context -> arm -> run.
        read: context -> day.
        names: the observables.
        note: what the head of a table says besides context and day.
        form: how numbers are written.
    """
    width, lines = max(map(len, names)) + 3, []
    for context, day in read.items():
        heading = f"{context.upper()}, day {day}{note}"
        lines += ["", f"{heading:<28}" + "".join(f"{name:>{width}}" for name in names)]
        for arm, run in runs[context].items():
            values = run.sel(time=day, method="nearest")
            cells = (f"{float(values[name]):>{width}{form}}" for name in names)
            lines.append(f"{arm:<28}" + "".join(cells))
    return "\n".join(lines[1:])


@contextmanager
def canvas(width: float, height: float) -> Iterator[Figure]:
    """Give an empty figure of so many inches, in the style of these scripts."""
    with rc_context({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(figure)
        yield figure


def grid(
    contexts: Collection[str], columns: Collection[tuple], panel: Callable[..., None]
) -> tuple[Figure, np.ndarray]:
    """Return a figure with a row per context and a column per question, and its axes.

    Args:
        contexts: the contexts.
        columns: what ``panel`` is told of each column.
        panel: draws one, from its axes, its context and its column.
    """
    with canvas(2.4 * len(columns), 2.3 * len(contexts)) as figure:
        axes = figure.subplots(len(contexts), len(columns), sharex=True)
        for row, context in zip(axes, contexts, strict=True):
            for place, column in zip(row, columns, strict=True):
                panel(place, context, *column)
            row[0].annotate(context.upper(), (0, 0.5), (-38, 0), xycoords="axes fraction",
                            textcoords="offset points", rotation=90, va="center", ha="center",
                            fontsize=9, fontweight="bold")  # fmt: skip
        for place in axes[-1]:
            place.set_xlabel("Days from onset")
    return figure, axes


def courses_in(
    panel: Axes,
    runs: Mapping[str, xr.Dataset],
    name: str,
    arms: Iterable[str],
    title: str,
    label: str,
    log: bool,
) -> None:
    """Draw an observable of some arms, a line each."""
    for arm, colour in zip(arms, COLOURS, strict=False):
        panel.plot(runs[arm]["time"], runs[arm][name], label=arm, color=colour)
    panel.set_title(title, loc="left", fontsize=8)
    panel.set_ylabel(label)
    panel.margins(x=0)
    if log:
        panel.set_yscale("log")
    else:
        panel.set_ylim(bottom=0)


def grid_of_courses(
    runs: Mapping[str, Mapping[str, xr.Dataset]],
    columns: Collection[tuple[str, str, str, bool]],
    least: float | None = None,
) -> tuple[Figure, np.ndarray]:
    """Return ``grid`` with a line per arm: a row per context, a column per observable.

    Args:
        runs: context -> arm -> run.
        columns: observable, its title, its label, logarithmic or not.
        least: where logarithmic axes begin, if it matters.
    """

    def panel(place: Axes, context: str, name: str, title: str, label: str, log: bool) -> None:
        courses_in(place, runs[context], name, runs[context], title, label, log)
        if log and least is not None:
            place.set_ylim(bottom=least)

    return grid(runs, columns, panel)


def save_by_context(
    figure: Figure,
    runs: Mapping[str, Mapping[str, xr.Dataset]],
    names: Sequence[str],
    folder: Path,
    stem: str,
) -> list[Path]:
    """Write a figure and the courses of all contexts and arms as ``save`` does."""
    tables = {context: courses(arms, names) for context, arms in runs.items()}
    return save(figure, pd.concat(tables, names=["context"]), folder, stem)


def save(figure: Figure, table: pd.DataFrame, folder: Path, stem: str) -> list[Path]:
    """Write ``<stem>.png`` and ``<stem>.csv``; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    text = table.to_csv(float_format="%.6g", lineterminator="\n")
    return [plots.save(figure, folder / f"{stem}.png"),
            files.write_text(folder / f"{stem}.csv", text)]  # fmt: skip


def main(
    title: str,
    simulate: Callable[[], Runs],
    report: Callable[[Runs], str],
    write: Callable[[Runs, Path], list[Path]],
) -> int:
    """Simulate, print a report, write figure and table where ``--out`` says.

    Args:
        title: what the script is for.
        simulate: returns the runs.
        report: returns the text to print of them.
        write: writes the figure and the table into a folder, and returns their paths.

    Returns:
        The exit code; an error is one line.
    """
    parser = argparse.ArgumentParser(description=title)
    default = Path(__file__).resolve().parents[1] / "results"
    parser.add_argument("--out", type=Path, default=default, help="folder for figure and table")
    folder = parser.parse_args().out

    def script() -> None:
        runs = simulate()
        print(report(runs))
        figure, table = write(runs, folder)
        print(f"Figure: {_from_here(figure)}\nTable:  {_from_here(table)}")

    return exit_code(script)


def _from_here(path: Path) -> Path:
    """Return a path as short as the reader can use it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
