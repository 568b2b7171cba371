"""A study as files: tables in CSV, indices in NetCDF, figures, and a short text.

DIR/indices.csv       one row per observable, factor and index, with its interval
DIR/indices.nc        the same with all attributes; over time as indices_over_time.nc
DIR/convergence.csv   the indices of growing designs
DIR/figures/          bars, heat map, over time, second order, scatter, convergence
DIR/summary.txt       what was run, the leading factors, and whether the indices have settled
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from immacro import files
from immacro.sensitivity import plots
from immacro.sensitivity.factors import DUMMY_ID
from immacro.sensitivity.running import Outcome

FIGURES = "figures"


def table(indices: xr.Dataset) -> pd.DataFrame:
    """Return indices as a tidy table.

    Returns:
        One row per observable, factor (and second factor, ``n`` or time) and index, with columns
        ``value``, ``low`` and ``high``; NaN where an index is undefined.
    """
    parts = []
    for name in _names(indices):
        frame = indices[name].to_dataframe(name="value").reset_index()
        if f"{name}_conf" in indices:
            interval = indices[f"{name}_conf"]
            for bound in ("low", "high"):
                frame[bound] = interval.sel(bound=bound).values.ravel()
        else:
            frame["low"] = frame["high"] = float("nan")
        frame.insert(2, "index", name)
        parts.append(frame)
    return pd.concat(parts, ignore_index=True)


def leading(outcome: Outcome, observable: str) -> pd.DataFrame:
    """Return the headline index of one observable, largest first, the dummy included."""
    name = outcome.study.kind.headline
    rows = table(outcome.indices)
    chosen = rows[(rows["index"] == name) & (rows["observable"] == observable)]
    return chosen.sort_values("value", ascending=False, ignore_index=True)


def summary(outcome: Outcome) -> str:
    """Return what was run and what came out, as text."""
    study, attributes = outcome.study, outcome.courses.attrs
    lines = [
        f"{study.kind.title} study of {attributes['model']}"
        + (f", {attributes['host']}" if attributes.get("host") else "")
        + (f", {attributes['context']}" if attributes.get("context") else "")
        + f": {len(study.factors)} factors, N = {study.samples}, {study.runs} runs, "
        f"seed {study.seed}, {attributes['failed_runs']} failed",
        "",
    ]
    for observable in map(str, outcome.indices["observable"].values):
        rows = leading(outcome, observable)
        lines.append(f"{observable}: {study.kind.headline}")
        for row in rows.itertuples():
            note = "  (no effect at all: the noise floor)" if row.factor == DUMMY_ID else ""
            lines.append(f"  {row.factor:<32s} {row.value:8.3g}  "
                         f"[{row.low:.3g}, {row.high:.3g}]{note}")  # fmt: skip
        lines.append("")
    return "\n".join([*lines, outcome.verdict.rstrip(".") + "."]) + "\n"


def write(outcome: Outcome, folder: str | Path) -> list[Path]:
    """Write everything and return the paths, tables first.

    Raises:
        OutputError: a file cannot be written.
    """
    where = Path(folder)
    try:
        (where / FIGURES).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.unwritable(where, error) from None
    written = [
        files.write_text(where / "summary.txt", summary(outcome)),
        files.write_text(where / "indices.csv", _csv(outcome.indices)),
        files.write_bytes(where / "indices.nc", _netcdf(outcome.indices)),
    ]
    if outcome.over_time is not None:
        content = _netcdf(outcome.over_time)
        written.append(files.write_bytes(where / "indices_over_time.nc", content))
    if outcome.grown is not None:
        written.append(files.write_text(where / "convergence.csv", _csv(outcome.grown)))
    from immacro.plots import save

    for name, figure in figures(outcome):
        written.append(save(figure, where / FIGURES / f"{name}.png"))
    return written


def figures(outcome: Outcome) -> Iterator[tuple[str, Figure]]:
    """Yield (name, figure) of everything that can be drawn of a study."""
    for observable in map(str, outcome.indices["observable"].values):
        name = re.sub(r"[^A-Za-z0-9_.]+", "_day", observable)
        yield f"bars_{name}", plots.bars(outcome.indices, observable)
        if outcome.study.method == "morris":
            yield f"scatter_{name}", plots.scatter(outcome.indices, observable)
        if "S2" in outcome.indices:
            yield f"second_order_{name}", plots.second_order(outcome.indices, observable)
        if outcome.grown is not None:
            yield f"convergence_{name}", plots.convergence(outcome.grown, observable)
    yield "heatmap", plots.heatmap(outcome.indices)
    if outcome.over_time is not None:
        for observable in map(str, outcome.over_time["observable"].values):
            yield f"over_time_{observable}", plots.over_time(outcome.over_time, observable)


def _names(indices: xr.Dataset) -> list[str]:
    """Return the indices that a dataset has per factor."""
    return [str(n) for n, array in indices.data_vars.items()
            if "factor" in array.dims and "bound" not in array.dims]  # fmt: skip


def _csv(indices: xr.Dataset) -> str:
    return str(table(indices).to_csv(index=False, float_format="%.10g", lineterminator="\n"))


def _netcdf(indices: xr.Dataset) -> bytes:
    """Return a dataset as NetCDF 3, whose attributes are text and numbers only."""
    plain = indices.copy()
    plain.attrs = {k: v if isinstance(v, str | int | float) else str(v)
                   for k, v in indices.attrs.items()}  # fmt: skip
    return bytes(plain.to_netcdf(engine="scipy"))
