"""`immacro simulate`: one run, as a table, a CSV file and a figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from immacro import files
from immacro.cli.console import console, table
from immacro.cli.options import Assignments, Context, Host, ModelOrFile

if TYPE_CHECKING:
    import xarray as xr
    from rich.table import Table

    from immacro.simulation import Model

_DAYS = typer.Option(metavar="DAYS", help="Length from the onset; a foreign file's time units.")
_POINTS = typer.Option(metavar="N", help="Number of time points, both ends included.")
_OBSERVABLE = typer.Option(
    "--observable", metavar="ID", help="Report only this; may be given many times."
)
_CSV = typer.Option("--csv", metavar="FILE", help="Write the time courses as CSV.")
_PLOT = typer.Option("--plot", metavar="FILE", help="Draw the time courses: .png, .svg, .pdf.")


def simulate(
    model: ModelOrFile,
    host: Host = "mouse",
    context: Context = None,
    assignments: Assignments = None,
    days: Annotated[float, _DAYS] = 60.0,
    points: Annotated[int, _POINTS] = 601,
    observable: Annotated[list[str] | None, _OBSERVABLE] = None,
    csv: Annotated[Path | None, _CSV] = None,
    plot: Annotated[Path | None, _PLOT] = None,
) -> None:
    """Simulate a model and report its observables."""
    from immacro.simulation import load
    from immacro.simulation.settings import parse_assignments

    _refuse_outputs(csv, plot)
    loaded = load(model, host)
    data = loaded.simulate(
        parameters=parse_assignments(assignments or []),
        context=context,
        days=days,
        points=points,
        observables=observable or None,
    )
    written = []
    if csv is not None:
        written.append(files.write_text(csv, csv_text(data)))
    if plot is not None:
        from immacro import plots

        written.append(plots.save(plots.time_courses(data), plot))
    out = console()
    out.print(_title(loaded, data, days), "")
    out.print(_summary(data))
    for path in written:
        out.print(f"Wrote {path}")


def csv_text(data: xr.Dataset) -> str:
    """Return a run as CSV: a row per time, the unit of each column in its header."""
    units = {name: data[name].attrs["units"] for name in ("time", *data.data_vars)}
    frame = data.to_dataframe().reset_index()
    frame = frame[list(units)].rename(columns={n: f"{n} [{u or '?'}]" for n, u in units.items()})
    return str(frame.to_csv(index=False, float_format="%.10g", lineterminator="\n"))


def _refuse_outputs(csv: Path | None, plot: Path | None) -> None:
    """Refuse files that cannot be written before anything is computed."""
    for path in (csv, plot):
        if path is not None:
            files.refuse_unwritable(path)
    if plot is not None:
        from immacro import plots

        plots.format_of(plot)


def _title(model: Model, data: xr.Dataset, days: float) -> str:
    where = ", ".join(filter(None, [model.host, data.attrs["context"]]))
    unit = data["time"].attrs["units"] or "units of time"
    length = f"{days:g} {unit}{'s' if unit == 'day' and days != 1 else ''}"
    return f"{model.name}{f' ({where})' if where else ''}, {length}"


def _summary(data: xr.Dataset) -> Table:
    rows = [
        (name, *(f"{float(v):.4g}" for v in (c[0], c[-1], c.min(), c.max())), c.attrs["units"])
        for name, c in data.data_vars.items()
    ]
    numbers = ["start", "end", "min", "max"]
    return table(["observable", *numbers, "unit"], rows, right=numbers)
