"""An index of one observable over time, one line per factor."""

from __future__ import annotations

import warnings

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from immacro.errors import InvalidValueError
from immacro.sensitivity.plots import style


def over_time(
    indices: xr.Dataset,
    observable: str | None = None,
    index: str | None = None,
    *,
    most: int = 7,
    width: float = style.PAGE,
) -> Figure:
    """Draw an index over time, with its intervals as bands.

    Gaps are times at which the output does not vary over the design.

    Args:
        indices: from `analysis.analyse` of courses.
        observable: may be left out if there is only one.
        index: the method's headline index by default.
        most: how many factors are drawn, the largest ones; the dummy is always drawn.
        width: in millimetres.

    Raises:
        InvalidValueError: the indices are not over time.
    """
    if "time" not in indices.dims:
        raise InvalidValueError(
            "The indices are not over time", "Analyse outputs with a time axis, not chosen days"
        )
    index = style.index_of(indices, index)
    chosen = style.one_observable(indices, observable)
    value = chosen[index].transpose("factor", "time").values
    interval = chosen[f"{index}_conf"].transpose("bound", "factor", "time").values
    time = chosen["time"].values
    dummy = style.dummy_position(chosen)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        order = style.largest(np.nanmax(value, axis=1), most, dummy)
    names = style.factor_names(chosen, 30)
    with style.style():
        figure, axes = style.new(width, 70)
        for position, i in enumerate(order):
            look = style.look(position)
            look.pop("marker")
            axes.fill_between(time, *interval[:, i], color=look["color"], alpha=0.18, linewidth=0)
            axes.plot(time, value[i], label=names[i], **look)
        if dummy is not None:
            axes.fill_between(
                time, *interval[:, dummy], color=style.DUMMY_COLOUR, alpha=0.25, linewidth=0
            )
            axes.plot(
                time, value[dummy], color=style.DUMMY_COLOUR, linestyle=(0, (1, 1)),
                label=names[dummy],
            )  # fmt: skip
        if np.isnan(value).all():
            style.say_undefined(axes, chosen)
        axes.set_xlim(time[0], time[-1])
        axes.set_xlabel(f"time ({chosen['time'].attrs.get('units', 'day')})")
        axes.set_ylabel(style.axis_label(chosen, index))
        axes.set_title(style.title(chosen))
        style.legend(figure, len(order) + 1, style.how_many(len(order), chosen, dummy))
    return figure
