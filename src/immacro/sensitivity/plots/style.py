"""What all figures share: size, type, colours, and how a dataset becomes one panel."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.plots import short_unit
from immacro.sensitivity.methods import SYMBOLS
from immacro.sensitivity.resampling import FloatArray

#: Widths of one and of two columns, in millimetres.
COLUMN, PAGE = 85.0, 180.0
MAP = "cividis"
DUMMY_COLOUR = "#666666"
#: Okabe and Ito's colours without yellow, which is lost on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
LINES = ("-", "--", ":")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

_TYPE: Any = {
    "font.size": 7,
    "axes.titlesize": 8,
    "axes.labelsize": 7,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "legend.fontsize": 7,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "lines.linewidth": 1.2,
    "figure.dpi": 200,
    "text.parse_math": False,  # a dollar in somebody's name is a dollar
}


@contextmanager
def style() -> Iterator[None]:
    """Draw in the project's style."""
    with mpl.rc_context(_TYPE):
        yield


def new(width: float, height: float) -> tuple[Figure, Axes]:
    """Return a figure of a size in millimetres, with one panel; pyplot does not hold it."""
    figure = Figure(figsize=(width / 25.4, height / 25.4), layout="constrained")
    return figure, figure.add_subplot()


def look(position: int) -> dict[str, Any]:
    """Return colour, line and marker of the n-th factor; no two of 21 are the same."""
    lap, colour = divmod(position, len(COLOURS))
    return {
        "color": COLOURS[colour],
        "linestyle": LINES[lap % len(LINES)],
        "marker": MARKERS[(position + lap) % len(MARKERS)],
    }


def panel(
    indices: xr.Dataset, observable: str | None = None, time: float | None = None
) -> xr.Dataset:
    """Return the indices of one observable at one time.

    Args:
        indices: from an analysis.
        observable: may be left out if there is only one.
        time: for courses; the nearest time point is taken, the last one by default.

    Raises:
        UnknownNameError: no such observable.
        InvalidValueError: it is not clear which observable is meant.
    """
    chosen = one_observable(indices, observable)
    if "time" not in chosen.dims:
        return chosen
    if time is None:
        return chosen.isel(time=-1)
    return chosen.sel(time=time, method="nearest")


def one_observable(indices: xr.Dataset, observable: str | None) -> xr.Dataset:
    """Return the indices of one observable."""
    known = [str(name) for name in indices["observable"].values]
    if observable is None:
        if len(known) > 1:
            raise InvalidValueError(
                f"The study has {len(known)} observables", "Name one: " + ", ".join(known)
            )
        observable = known[0]
    if observable not in known:
        raise UnknownNameError.of("observable", observable, known)
    return indices.sel(observable=observable)


def index_of(indices: xr.Dataset, index: str | None) -> str:
    """Return the index that is shown, the method's headline by default."""
    index = index or str(indices.attrs["headline"])
    if index not in indices or f"{index}_conf" not in indices:
        known = [
            n.removesuffix("_conf") for n in map(str, indices.data_vars) if n.endswith("_conf")
        ]
        raise UnknownNameError.of(f"index of {indices.attrs['title']}", index, known)
    return index


def title(chosen: xr.Dataset) -> str:
    """Return the observable's name and, of a course, the time."""
    name = str(chosen["observable_name"].item())
    if "time" in chosen.coords and chosen["time"].ndim == 0:
        units = chosen["time"].attrs.get("units", "day")
        name += f", {units} {chosen['time'].item():g}"
    return broken(name, 48)


def axis_label(chosen: xr.Dataset, index: str) -> str:
    """Return an index's symbol with its unit."""
    label = SYMBOLS.get(index, index)
    if chosen[index].attrs.get("units") == "output":
        one = chosen["observable_units"].ndim == 0
        units = short_unit(str(chosen["observable_units"].values)) if one else ""
        label += f" ({units} per whole range)" if units else " (output's unit per whole range)"
    return label


def factor_names(chosen: xr.Dataset, width: int = 26) -> list[str]:
    """Return display names, broken into lines."""
    return [broken(str(name), width) for name in chosen["factor_name"].values]


def broken(text: str, width: int) -> str:
    """Break a text into lines, at spaces only."""
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))


def room(width: float, labels: list[str]) -> float:
    """Return how wide the columns of a map may be together, beside its row labels and its bar."""
    longest = max(len(line) for label in labels for line in label.split("\n"))
    return width - 1.3 * longest - 20


def column_labels(names: list[str], cell: float) -> tuple[list[str], bool, float]:
    """Fit names below columns of so many millimetres.

    Returns:
        The labels, whether there is room to slant them, and how high they are in millimetres.
    """
    slanted = cell >= 14
    if cell < 7:
        labels = [textwrap.shorten(name, 40, placeholder=" ...") for name in names]
    else:
        labels = [broken(name, 20 if slanted else 24) for name in names]
    longest = max(len(line) for label in labels for line in label.split("\n"))
    return labels, slanted, 1.35 * longest * (0.6 if slanted else 1.0)


def columns(axes: Axes, labels: list[str], slanted: bool) -> None:
    """Write labels below the columns of a map."""
    if slanted:
        axes.set_xticks(range(len(labels)), labels, rotation=35, ha="right", rotation_mode="anchor")
    else:
        axes.set_xticks(range(len(labels)), labels, rotation=90)


def legend(figure: Figure, entries: int, heading: str | None) -> None:
    """Put the legend beside a wide figure and below a narrow one, which grows by it."""
    width, height = figure.get_size_inches()
    if width * 25.4 >= 120:
        figure.legend(loc="outside right center", title=heading)
    else:
        figure.set_size_inches(width, height + 0.19 * entries)
        figure.legend(loc="outside lower center", title=heading)


def largest(peaks: FloatArray, most: int, dummy: int | None) -> list[int]:
    """Return the positions of the largest factors, largest first, without the dummy."""
    order = np.argsort(-np.where(np.isnan(peaks), -np.inf, peaks), kind="stable")
    return [int(i) for i in order if i != dummy][:most]


def how_many(shown: int, chosen: xr.Dataset, dummy: int | None) -> str | None:
    """Say that not all factors are shown, or nothing."""
    total = chosen.sizes["factor"] - (dummy is not None)
    return f"largest {shown} of {total}" if shown < total else None


def dummy_position(chosen: xr.Dataset) -> int | None:
    """Return where the dummy is among the factors."""
    found = np.flatnonzero(chosen["factor"].values == chosen.attrs.get("dummy", ""))
    return int(found[0]) if len(found) else None


def bounds(chosen: xr.Dataset, index: str) -> tuple[Any, Any]:
    """Return the lower and the upper ends of the intervals."""
    interval = chosen[f"{index}_conf"]
    return interval.sel(bound="low").values, interval.sel(bound="high").values


def say_undefined(axes: Axes, chosen: xr.Dataset) -> None:
    """Write why there is nothing to see."""
    note = str(chosen["note"].item()) if chosen["note"].ndim == 0 else ""
    axes.text(
        0.5, 0.5, note or "undefined", transform=axes.transAxes, ha="center", va="center",
        color=DUMMY_COLOUR,
    )  # fmt: skip
