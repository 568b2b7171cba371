"""Interactions of pairs of factors as a triangular map."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from immacro.errors import InvalidValueError
from immacro.sensitivity.methods import SYMBOLS
from immacro.sensitivity.plots import style


def second_order(
    indices: xr.Dataset,
    observable: str | None = None,
    *,
    time: float | None = None,
    most: int = 12,
    width: float = 120.0,
) -> Figure:
    """Draw S2 of each pair of factors.

    A cell carries its number where its interval is above zero. Estimates below zero are noise and
    drawn as zero; what the dummy's row shows is noise too.

    Args:
        indices: from `analysis.analyse`, with S2.
        observable: may be left out if there is only one.
        time: of a course; the last time point by default.
        most: how many factors are drawn, those with the largest headline index, and the dummy.
        width: in millimetres.

    Raises:
        InvalidValueError: the study has no second-order indices.
    """
    if "S2" not in indices:
        raise InvalidValueError(
            "The study has no second-order indices",
            "Use sobol with second_order, or hdmr",
        )
    chosen = style.panel(indices, observable, time)
    dummy = style.dummy_position(chosen)
    kept = sorted(style.largest(chosen[style.index_of(chosen, None)].values, most, dummy))
    left_out = style.how_many(len(kept), chosen, dummy)
    kept = [*kept, dummy] if dummy is not None else kept
    pairs = np.ix_(kept, kept)
    value = chosen["S2"].transpose("factor", "factor2").values[pairs]
    low = chosen["S2_conf"].sel(bound="low").transpose("factor", "factor2").values[pairs]
    size = len(value)
    hidden = np.triu(np.ones((size, size), dtype=bool))
    shown = np.ma.masked_array(np.maximum(value, 0), hidden | np.isnan(value))[1:, :-1]
    top = max(float(shown.max()), 1e-12) if shown.count() else 1.0
    names = [str(chosen["factor_name"].values[i]) for i in kept]
    row_names = [style.broken(name, 24) for name in names[1:]]
    cell = style.room(width, row_names) / (size - 1)
    labels, slanted, below = style.column_labels(names[:-1], cell)
    with style.style():
        figure, axes = style.new(width, 16 + below + 7 * size)
        axes.spines[:].set_visible(False)
        image = axes.imshow(shown, cmap=style.MAP, vmin=0, vmax=top, aspect="auto")
        clear = np.argwhere((low > 0) & ~hidden)
        for row, column in clear:
            axes.text(
                column, row - 1, f"{value[row, column]:.2f}", ha="center", va="center",
                color="white" if value[row, column] / top <= 0.55 else "black",
            )  # fmt: skip
        if shown.count() and not len(clear):
            axes.text(
                0.98, 0.98, "no pair's interval\nis above zero", transform=axes.transAxes,
                ha="right", va="top", color=style.DUMMY_COLOUR,
            )  # fmt: skip
        if not shown.count():
            style.say_undefined(axes, chosen)
        style.columns(axes, labels, slanted)
        axes.set_yticks(range(size - 1), row_names)
        axes.tick_params(length=0)
        bar = figure.colorbar(image, ax=axes, pad=0.01)
        bar.set_label(SYMBOLS["S2"])
        bar.outline.set_visible(False)
        heading = [style.title(chosen), *([left_out] if left_out else [])]
        axes.set_title("\n".join(heading))
    return figure
