"""Figures of simulations: small multiples of time courses, readable at print size.

One panel per observable and one line per run, told apart by colour (Okabe and Ito's, which
colour-blind readers can tell apart too) and by dashes. Units come from the data. Large numbers are
shown as multiples of a power of ten, named on the axis. Axes of quantities that are never negative
start at zero, so that a small change looks small.
"""

from __future__ import annotations

import io
import math
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np
import xarray as xr
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from immacro import files
from immacro.errors import InvalidValueError, OutputError, UnknownNameError

#: Okabe and Ito's palette without yellow, which print loses, black first.
OKABE_ITO = ("#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_DASHES = ("-", "-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)))
_COLUMNS = 3
_PANEL_INCHES = (2.4, 1.9)
_STYLE: Any = {
    "font.size": 8,
    "axes.titlesize": 8,
    "axes.labelsize": 8,
    "legend.fontsize": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.7,
    "lines.linewidth": 1.4,
    "svg.hashsalt": "immacro",
    "svg.fonttype": "none",
}
_SHORT = {
    "picogram": "pg",
    "nanogram": "ng",
    "microgram": "µg",
    "milligram": "mg",
    "gram": "g",
    "kilogram": "kg",
    "microlitre": "µL",
    "millilitre": "mL",
    "litre": "L",
}


def time_courses(
    data: xr.Dataset | Mapping[str, xr.Dataset],
    observables: Iterable[str] | None = None,
) -> Figure:
    """Draw one or several runs.

    Args:
        data: a run as ``Model.simulate`` returns it, or label -> run.
        observables: ids to draw, in this order; all of the first run by default.

    Raises:
        InvalidValueError: there is nothing to draw, or runs have different units.
        UnknownNameError: a run has no such observable.
    """
    runs = {"": data} if isinstance(data, xr.Dataset) else dict(data)
    names = _names(runs, observables)
    columns = min(_COLUMNS, len(names))
    rows = math.ceil(len(names) / columns)
    width, height = _PANEL_INCHES
    with rc_context(_STYLE):
        legend = len(runs) > 1
        figure = Figure(
            figsize=(max(columns, 1.5) * width, rows * height + 0.35 * legend), layout="constrained"
        )
        FigureCanvasAgg(figure)
        grid = figure.subplots(rows, columns, squeeze=False)
        for panel, name in zip(grid.flat, names, strict=False):
            _draw(panel, runs, name)
        for panel in grid.flat[len(names) :]:
            panel.remove()
        for panel in grid.flat[max(0, len(names) - columns) : len(names)]:
            panel.set_xlabel(_time_label(next(iter(runs.values()))))
        figure.align_ylabels()
        if legend:
            handles, labels = grid.flat[0].get_legend_handles_labels()
            figure.legend(
                handles, labels, loc="outside upper center", ncols=len(labels), frameon=False
            )
    return figure


def save(figure: Figure, path: str | os.PathLike[str], dpi: float = 200) -> Path:
    """Write a figure; the extension says the format.

    Raises:
        OutputError: the format is unknown or the file cannot be written.
    """
    kind = format_of(path)
    # Without a date, the same figure is the same file.
    metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind)
    content = io.BytesIO()
    with rc_context(_STYLE):
        figure.savefig(content, format=kind, dpi=dpi, metadata=metadata)
    return files.write_bytes(path, content.getvalue())


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the figure format that a path asks for.

    Raises:
        OutputError: it is none that can be written.
    """
    known = sorted(FigureCanvasAgg.get_supported_filetypes())
    extension = Path(path).suffix.lower().removeprefix(".")
    if extension not in known:
        raise OutputError(
            f"{path} has no figure format that can be written",
            "End its name in .png, .svg or .pdf",
        )
    return extension


def short_unit(unit: str) -> str:
    """Return a unit as a figure shows it: ``item/microlitre`` is ``per µL``, ``item`` ``number``.

    An item is a cell or a molecule; which of them, the observable's name says.
    """
    if unit == "item":
        return "number"
    text = re.sub(r"[A-Za-z]+", lambda m: _SHORT.get(m[0], m[0]), unit)
    return "per " + text.removeprefix("item/") if text.startswith("item/") else text


def _names(runs: Mapping[str, xr.Dataset], observables: Iterable[str] | None) -> list[str]:
    if not runs:
        raise InvalidValueError("There is no run to draw", "Give at least one")
    first = next(iter(runs.values()))
    names = list(map(str, first.data_vars)) if observables is None else list(observables)
    if not names:
        raise InvalidValueError("There is no observable to draw", "Name at least one")
    for run in runs.values():
        for name in names:
            if name not in run.data_vars:
                raise UnknownNameError.of("observable", name, map(str, run.data_vars))
            if run[name].dims != ("time",):
                raise InvalidValueError(
                    f"'{name}' is not one time course", "Choose one run, for example .sel(run=0)"
                )
            if run[name].attrs.get("units") != first[name].attrs.get("units"):
                raise InvalidValueError(
                    f"The runs give '{name}' in different units", "Draw them in separate figures"
                )
    return names


def _draw(panel: Axes, runs: Mapping[str, xr.Dataset], name: str) -> None:
    values = {label: np.asarray(run[name], dtype=float) for label, run in runs.items()}
    finite = np.concatenate([v[np.isfinite(v)] for v in values.values()])
    power = _power(float(np.abs(finite).max(initial=0.0)))
    for index, (label, course) in enumerate(values.items()):
        panel.plot(
            runs[label]["time"],
            course / 10.0**power,
            color=OKABE_ITO[index % len(OKABE_ITO)],
            linestyle=_DASHES[index % len(_DASHES)],
            label=label,
        )
    attrs = next(iter(runs.values()))[name].attrs
    panel.set_title(fill(_capital(str(attrs.get("long_name") or name)), 34), loc="left")
    unit = short_unit(str(attrs.get("units", "")))
    scale = f"$10^{{{power}}}$" if power else ""
    panel.set_ylabel(f"{scale} ({unit})" if scale and unit == "number" else f"{scale} {unit}")
    panel.margins(x=0)
    if finite.size and finite.min() >= 0:
        panel.set_ylim(0, 1.08 * finite.max() / 10.0**power or 1)


def _power(largest: float) -> int:
    """Return the power of ten to take out of numbers that would be long on an axis."""
    if 1e-2 <= largest < 1e4 or largest == 0:
        return 0
    return 3 * math.floor(math.log10(largest) / 3)


def _capital(text: str) -> str:
    """Capitalise a sentence but not a name such as pSTAT3 or cDC1."""
    start = text.split(maxsplit=1)[0] if text.strip() else ""
    return text[:1].upper() + text[1:] if start.islower() else text


def _time_label(run: xr.Dataset) -> str:
    unit = str(run["time"].attrs.get("units", ""))
    if unit == "day":
        return "Days from onset"
    return f"Time ({unit})" if unit else "Time"
