"""Morris' µ* against σ: how strong a factor is, and how far its effect depends on others."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from immacro.errors import InvalidValueError
from immacro.sensitivity.methods import SYMBOLS
from immacro.sensitivity.plots import style
from immacro.sensitivity.resampling import FloatArray

#: σ/µ* below these: almost linear, monotonic, almost monotonic (Garcia Sanchez et al. 2014).
_RATIOS = (0.1, 0.5, 1.0)


def scatter(
    indices: xr.Dataset,
    observable: str | None = None,
    *,
    time: float | None = None,
    width: float = style.PAGE,
) -> Figure:
    """Draw Morris' µ* and σ of each factor of one observable.

    A factor without effect is at the origin. Below the lines σ is less than 0.1, 0.5 and 1 times
    µ*: the effect is almost linear, monotonic, almost monotonic; above, it turns or interacts.

    Args:
        indices: from `analysis.analyse` of a morris study.
        observable: may be left out if there is only one.
        time: of a course; the last time point by default.
        width: in millimetres.

    Raises:
        InvalidValueError: the indices are not of a morris study.
    """
    if indices.attrs.get("method") != "morris":
        raise InvalidValueError("This is not a morris study", "Use bars for other methods")
    chosen = style.panel(indices, observable, time)
    mu_star, sigma = chosen["mu_star"].values, chosen["sigma"].values
    order = np.argsort(-np.nan_to_num(mu_star, nan=-1.0), kind="stable")
    dummy = style.dummy_position(chosen)
    names = style.factor_names(chosen, 30)
    with style.style():
        figure, axes = style.new(width, 75)
        across = _reach(chosen, "mu_star")
        up = _reach(chosen, "sigma")
        for position, i in enumerate(order):
            look = style.look(position)
            look["linestyle"] = "none"
            if i == dummy:
                look |= {"color": style.DUMMY_COLOUR, "marker": "x"}
            axes.errorbar(
                mu_star[i], sigma[i],
                xerr=across[:, [i]], yerr=up[:, [i]],
                label=names[i], markersize=4, elinewidth=0.6, **look,
            )  # fmt: skip
        if np.isnan(mu_star).all():
            style.say_undefined(axes, chosen)
        right, top = axes.get_xlim()[1], axes.get_ylim()[1]
        for ratio in _RATIOS:
            reach = min(right, top / ratio)
            axes.plot([0, reach], [0, ratio * reach], color="#bbbbbb", linewidth=0.7, zorder=0)
            above = ratio * right > top
            axes.annotate(
                f"{SYMBOLS['sigma']} = {ratio:g} {SYMBOLS['mu_star']}", (reach, ratio * reach),
                xytext=(0, 2) if above else (3, 0), textcoords="offset points", color="#777777",
                ha="center" if above else "left", va="bottom" if above else "center",
            )  # fmt: skip
        axes.set_xlim(-0.025 * right, right)
        axes.set_ylim(-0.025 * top, top)
        axes.set_xlabel(style.axis_label(chosen, "mu_star"))
        axes.set_ylabel(style.axis_label(chosen, "sigma"))
        axes.set_title(style.title(chosen), pad=14)
        style.legend(figure, len(order), None)
    return figure


def _reach(chosen: xr.Dataset, index: str) -> FloatArray:
    """Return how far the interval reaches below and above, (2, factor)."""
    value = chosen[index].values
    low, high = style.bounds(chosen, index)
    return np.asarray(np.abs([value - low, high - value]))
