"""An index over growing designs."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from immacro.sensitivity.plots import style


def convergence(
    grown: xr.Dataset,
    observable: str | None = None,
    index: str | None = None,
    *,
    time: float | None = None,
    most: int = 7,
    width: float = style.PAGE,
) -> Figure:
    """Draw an index against the size of the design, with its intervals.

    Args:
        grown: from `convergence.growth` or `convergence.join`.
        observable: may be left out if there is only one.
        index: the method's headline index by default.
        time: of a course; the last time point by default.
        most: how many factors are drawn, the largest ones; the dummy is always drawn.
        width: in millimetres.
    """
    index = style.index_of(grown, index)
    chosen = style.panel(grown, observable, time)
    value = chosen[index].transpose("factor", "n").values
    low, high = chosen[f"{index}_conf"].transpose("bound", "factor", "n").values
    sizes = chosen["n"].values
    dummy = style.dummy_position(chosen)
    order = style.largest(value[:, -1], most, dummy)
    drawn = [*order, dummy] if dummy is not None else order
    names = style.factor_names(chosen, 30)
    with style.style():
        figure, axes = style.new(width, 70)
        for position, i in enumerate(drawn):
            look = style.look(position)
            if i == dummy:
                look |= {"color": style.DUMMY_COLOUR, "linestyle": ":", "marker": "."}
            shift = 1 + 0.02 * (position - (len(drawn) - 1) / 2)
            axes.errorbar(
                sizes * shift, value[i], np.abs([value[i] - low[i], high[i] - value[i]]),
                label=names[i], markersize=3, elinewidth=0.8, capsize=1.5, **look,
            )  # fmt: skip
        axes.set_xscale("log", base=2)
        axes.set_xticks(sizes, [f"{n:d}" for n in sizes])
        axes.xaxis.set_minor_locator(NullLocator())
        designs = "parts of one design" if grown.attrs["designs"] == "nested" else "own designs"
        axes.set_xlabel(f"samples N ({designs})")
        axes.set_ylabel(style.axis_label(chosen, index))
        axes.set_title(style.title(chosen))
        style.legend(figure, len(drawn), style.how_many(len(order), chosen, dummy))
    return figure
