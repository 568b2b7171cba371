"""What the scripts share that simulate a few mice and draw a figure: files, arguments, errors."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import pandas as pd
import xarray as xr
from matplotlib.figure import Figure
from one_line_errors import exit_code

from immacro import files, plots

Runs = TypeVar("Runs")


def courses(runs: Mapping[str, xr.Dataset], names: Iterable[str]) -> pd.DataFrame:
    """Return observables by arm and time, their units in the heads of the columns."""
    names = list(names)
    table = xr.concat([run[names] for run in runs.values()], dim="arm").assign_coords(
        arm=list(runs)
    )
    units = {name: f"{name} [{table[name].attrs['units']}]" for name in names}
    return table.to_dataframe().rename(columns=units).rename_axis(["arm", "time [day]"])


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
