"""Indices of one observable as bars with intervals, against the level of the dummy."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from immacro.sensitivity.methods import SYMBOLS
from immacro.sensitivity.plots import style


def bars(
    indices: xr.Dataset,
    observable: str | None = None,
    *,
    time: float | None = None,
    most: int = 20,
    width: float = style.COLUMN,
) -> Figure:
    """Draw the indices of one observable, the most influential factor on top.

    First-order and total index stand side by side where the method has both, else its headline
    index alone. The dashed line is the upper end of the dummy's interval: a bar whose interval does
    not clear it cannot be told from no effect.

    Args:
        indices: from `analysis.analyse`.
        observable: may be left out if there is only one.
        time: of a course; the last time point by default.
        most: how many factors are drawn, the largest ones; the dummy is always drawn.
        width: in millimetres.
    """
    chosen = style.panel(indices, observable, time)
    headline = style.index_of(chosen, None)
    shown = [headline, "S1"] if headline == "ST" else [headline]
    dummy = style.dummy_position(chosen)
    order = style.largest(chosen[headline].values, most, dummy)[::-1]
    left_out = style.how_many(len(order), chosen, dummy)
    order = [dummy, *order] if dummy is not None else order
    names = style.factor_names(chosen)
    with style.style():
        lines = max(names[i].count("\n") + 1 for i in order)
        figure, axes = style.new(width, 26 + max(6.0, 3.4 * lines) * len(order))
        thickness = 0.8 / len(shown)
        places = np.arange(len(order))
        for i, index in enumerate(shown):
            value = chosen[index].values[order]
            low, high = (end[order] for end in style.bounds(chosen, index))
            offset = (len(shown) - 1) / 2 - i
            axes.barh(
                places + offset * thickness, value, thickness * 0.92,
                color=style.COLOURS[(0, 5)[i]], label=SYMBOLS[index],
                xerr=np.abs([value - low, high - value]),
                error_kw={"elinewidth": 0.8, "ecolor": "#222222", "capsize": 1.5},
            )  # fmt: skip
        handles: list[Any] = [] if len(shown) == 1 else [*axes.containers[1::2]]
        if dummy is not None and np.isfinite(chosen[headline].values[dummy]):
            level = float(style.bounds(chosen, headline)[1][dummy])
            line = axes.axvline(
                level, color=style.DUMMY_COLOUR, linestyle="--", linewidth=1, zorder=3,
                label=f"level of the dummy ({level:.2g})",
            )  # fmt: skip
            handles = [*handles, line]
        if np.isnan(chosen[headline].values).all():
            style.say_undefined(axes, chosen)
            axes.set_xlim(0, 1)
        axes.set_yticks(places, [names[i] for i in order])
        axes.set_ylim(-0.6, len(order) - 0.4)
        axes.tick_params(axis="y", length=0)
        axes.axvline(0, color="black", linewidth=0.6)
        label = "share of variance" if len(shown) == 2 else style.axis_label(chosen, headline)
        axes.set_xlabel(label)
        heading = [style.title(chosen), *([left_out] if left_out else [])]
        figure.suptitle("\n".join(heading), fontsize=8)
        if handles:
            figure.legend(handles=handles, loc="outside lower center", ncols=1)
    return figure
