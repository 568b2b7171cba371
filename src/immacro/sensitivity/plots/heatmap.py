"""One index of many observables and factors as a map."""

from __future__ import annotations

import warnings

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from immacro.sensitivity.methods import SHARES, SYMBOLS
from immacro.sensitivity.plots import style

#: Columns are at least so many millimetres wide, and carry numbers from so many on.
_NARROWEST, _NUMBERED = 3.2, 6.5


def heatmap(
    indices: xr.Dataset,
    index: str | None = None,
    *,
    time: float | None = None,
    most: int = 20,
    width: float = style.PAGE,
) -> Figure:
    """Draw an index over observables (rows) and factors (columns).

    A cell carries its number where its interval clears the upper end of the dummy's. Indices with a
    unit are shown relative to the largest of their row. Grey is undefined.

    Args:
        indices: from `analysis.analyse`.
        index: the method's headline index by default.
        time: of a course; the last time point by default.
        most: how many factors are drawn, the largest of any row; the dummy is always drawn.
        width: in millimetres.
    """
    index = style.index_of(indices, index)
    chosen = indices
    if "time" in chosen.dims:
        chosen = chosen.isel(time=-1) if time is None else chosen.sel(time=time, method="nearest")
    value = chosen[index].transpose("observable", "factor").values
    low = chosen[f"{index}_conf"].sel(bound="low").transpose("observable", "factor").values
    high = chosen[f"{index}_conf"].sel(bound="high").transpose("observable", "factor").values
    label = SYMBOLS[index]
    top = 1.0
    if index not in SHARES:
        with np.errstate(invalid="ignore", divide="ignore"):
            largest = np.nanmax(np.where(np.isnan(value), -np.inf, value), axis=1, keepdims=True)
            value, low, high = (part / largest for part in (value, low, high))
        label += ", relative to the largest of its row"
    elif np.isfinite(value).any():
        top = float(np.nanmax(value))
    dummy = style.dummy_position(chosen)
    floor = high[:, [dummy]] if dummy is not None else np.zeros((len(value), 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        peaks = np.nanmax(value, axis=0)
    row_names = [
        style.broken(str(n), 20 if width < 120 else 32) for n in chosen["observable_name"].values
    ]
    room = style.room(width, row_names)
    most = min(most, max(int(room / _NARROWEST) - 1, 1))
    kept = sorted(style.largest(peaks, most, dummy))
    left_out = style.how_many(len(kept), chosen, dummy)
    kept = [*kept, dummy] if dummy is not None else kept
    value, low = value[:, kept], low[:, kept]
    names = [str(chosen["factor_name"].values[i]) for i in kept]
    rows, columns = value.shape
    cell = room / columns
    labels, slanted, below = style.column_labels(names, cell)
    with style.style():
        figure, axes = style.new(width, 14 + below + 8 * rows)
        axes.spines[:].set_visible(False)
        axes.set_facecolor("#d9d9d9")
        image = axes.imshow(
            np.ma.masked_invalid(value), cmap=style.MAP, vmin=0, vmax=max(top, 1e-12), aspect="auto"
        )
        for row, column in np.argwhere(low > floor):
            shade = value[row, column] / top
            if kept[column] != dummy and cell >= _NUMBERED:
                axes.text(
                    column, row, f"{value[row, column]:.2f}", ha="center", va="center",
                    color="black" if shade > 0.55 else "white",
                )  # fmt: skip
        style.columns(axes, labels, slanted)
        axes.set_yticks(range(rows), row_names)
        axes.tick_params(length=0)
        axes.set_xticks(np.arange(columns + 1) - 0.5, minor=True)
        axes.set_yticks(np.arange(rows + 1) - 0.5, minor=True)
        axes.grid(which="minor", color="white", linewidth=1)
        axes.tick_params(which="minor", length=0)
        bar = figure.colorbar(image, ax=axes, pad=0.01)
        bar.set_label(style.broken(label, max(12, 6 * rows)))
        bar.outline.set_visible(False)
        heading = [] if left_out is None else [left_out]
        if "time" in chosen.coords:
            units = chosen["time"].attrs.get("units", "day")
            heading.append(f"{units} {chosen['time'].item():g}")
        axes.set_title(", ".join(heading))
    return figure
