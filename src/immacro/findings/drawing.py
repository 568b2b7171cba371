"""Small figures as inline SVG: the arms of a case along time, or the hosts of a cohort.

Arms differ in colour (Okabe and Ito's), in dashes and in the mark at the day that was read, so that
neither colour nor print is needed. Text and axes take the colours of the page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

import numpy as np
from matplotlib.ticker import MaxNLocator
from scipy.stats import rankdata

from immacro.findings.derived import Array
from immacro.findings.experiments import Curve
from immacro.findings.readings import Reading
from immacro.plots import short_unit

WIDTH, HEIGHT = 300, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 10, 18, 30
#: Points of a curve that are drawn.
_POINTS = 80
_MOST_HOSTS = 400
#: Role -> class of its line and mark.
CLASSES = {"a": "a", "b": "b", "reference": "r", "reference_a": "r", "reference_b": "s"}


def courses(curves: Sequence[Curve], readings: Sequence[Reading], unit: str, title: str) -> str:
    """Draw arms along time; the days that were read are marked."""
    length = max(float(curve.times[-1]) for curve in curves)
    window = readings[0].window
    values = np.concatenate([c.values for c in curves])
    power = _power(float(np.abs(values).max(initial=0.0)))
    axes = _Axes((0.0, length), _span(values / 10.0**power))
    parts = [axes.frame(_axis_label(unit, power), "days from onset")]
    if window is not None:
        parts.append(axes.band(window.first, window.last))
    for day in sorted({curve.day for curve in curves}):
        parts.append(axes.day(day))
    # The perturbed arm is drawn last, on top of what it is compared with.
    for curve in sorted(curves, key=lambda c: CLASSES[c.role], reverse=True):
        kind = CLASSES[curve.role]
        times, course = _thinned(curve.times, curve.values / 10.0**power)
        parts.append(f'<polyline class="line {kind}" points="{axes.path(times, course)}"/>')
    for curve in sorted(curves, key=lambda c: CLASSES[c.role], reverse=True):
        at = curve.values[int(np.searchsorted(curve.times, curve.day))] / 10.0**power
        parts.append(_mark(CLASSES[curve.role], *axes.at(curve.day, float(at))))
    return _svg(parts, title)


def ranks(x: Array, y: Array, names: tuple[str, str], title: str) -> str:
    """Draw hosts by their ranks."""
    kept = slice(0, _MOST_HOSTS)
    across, up = (rankdata(values) for values in (x, y))
    axes = _Axes((0.0, float(len(x))), (0.0, float(len(x))))
    parts = [axes.frame(f"rank of {names[1]}", f"rank of {names[0]}")]
    for one, other in zip(across[kept], up[kept], strict=True):
        left, top = axes.at(float(one), float(other))
        parts.append(f'<circle class="host" cx="{left:.1f}" cy="{top:.1f}" r="1.6"/>')
    return _svg(parts, title)


def unit_name(unit: str) -> str:
    """Return a unit as it stands after a number; of what items are, the observable tells."""
    return "" if unit in ("dimensionless", "item") else short_unit(unit)


def key() -> str:
    """Return the legend of all figures."""
    entries = []
    for label, kind in (("arm a", "a"), ("arm b", "b"), ("reference", "r"),
                        ("reference of arm b", "s")):  # fmt: skip
        line = f'<polyline class="line {kind}" points="2,8 34,8"/>{_mark(kind, 18, 8)}'
        entries.append(
            f'<span class="entry"><svg viewBox="0 0 36 16" width="36" height="16" role="img" '
            f'aria-label="{label}">{line}</svg> {label}</span>'
        )
    return f'<p class="key">{"".join(entries)}</p>'


class _Axes:
    """From data to places in the drawing."""

    def __init__(self, across: tuple[float, float], up: tuple[float, float]) -> None:
        self._across, self._up = across, up

    def at(self, x: float, y: float) -> tuple[float, float]:
        (left, right), (low, high) = self._across, self._up
        width, height = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
        return (
            _LEFT + width * (x - left) / (right - left),
            _TOP + height * (1 - (y - low) / (high - low)),
        )

    def path(self, times: Array, values: Array) -> str:
        places = (self.at(float(t), float(v)) for t, v in zip(times, values, strict=True))
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)

    def frame(self, label: str, below: str) -> str:
        left, bottom = self.at(self._across[0], self._up[0])
        right, top = self.at(self._across[1], self._up[1])
        parts = [f'<path class="axis" d="M{left:.1f},{top:.1f}V{bottom:.1f}H{right:.1f}"/>']
        for tick in _ticks(*self._up):
            _, y = self.at(self._across[0], tick)
            parts.append(f'<path class="axis" d="M{left - 3:.1f},{y:.1f}h3"/>')
            parts.append(f'<text class="end" x="{left - 5:.1f}" y="{y + 3:.1f}">{tick:g}</text>')
        for tick in _ticks(*self._across):
            x, _ = self.at(tick, self._up[0])
            parts.append(f'<path class="axis" d="M{x:.1f},{bottom:.1f}v3"/>')
            parts.append(f'<text class="mid" x="{x:.1f}" y="{bottom + 12:.1f}">{tick:g}</text>')
        parts.append(f'<text x="2" y="10">{escape(label)}</text>')
        parts.append(f'<text class="end" x="{right:.1f}" y="{HEIGHT - 4}">{escape(below)}</text>')
        return "".join(parts)

    def day(self, day: float) -> str:
        x, bottom = self.at(day, self._up[0])
        _, top = self.at(day, self._up[1])
        return f'<path class="day" d="M{x:.1f},{top:.1f}V{bottom:.1f}"/>'

    def band(self, first: float, last: float) -> str:
        left, bottom = self.at(first, self._up[0])
        right, top = self.at(last, self._up[1])
        width = max(right - left, 1.0)
        return (
            f'<rect class="window" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" '
            f'height="{bottom - top:.1f}"/>'
        )


def _svg(parts: list[str], title: str) -> str:
    return (
        f'<svg class="figure" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _mark(kind: str, x: float, y: float) -> str:
    """Return a mark: circle for arm a, square for arm b, diamonds for references."""
    if kind == "a":
        return f'<circle class="mark a" cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>'
    if kind == "b":
        return (
            f'<rect class="mark b" x="{x - 2.8:.1f}" y="{y - 2.8:.1f}" width="5.6" height="5.6"/>'
        )
    return f'<path class="mark {kind}" d="M{x:.1f},{y - 3.6:.1f}l3.6,3.6l-3.6,3.6l-3.6,-3.6z"/>'


def _thinned(times: Array, values: Array) -> tuple[Array, Array]:
    """Keep evenly spaced points and, between them, the extremes, so that no peak is lost."""
    if len(times) <= _POINTS:
        return times, values
    kept = {0, len(times) - 1}
    for part in np.array_split(np.arange(len(times)), _POINTS // 2):
        kept |= {int(part[np.argmin(values[part])]), int(part[np.argmax(values[part])])}
    chosen = sorted(kept)
    return times[chosen], values[chosen]


def _span(values: Array) -> tuple[float, float]:
    """Return the ends of the axis: from zero, unless values are negative."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    return (low, high + 0.06 * (high - low)) if high > low else (0.0, 1.0)


def _ticks(low: float, high: float) -> list[float]:
    slack = 1e-9 * (high - low)
    found = MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return [float(t) + 0.0 for t in found if low - slack <= t <= high + slack]


def _power(largest: float) -> int:
    """Return the power of ten that the axis takes out of long numbers."""
    if largest == 0 or 1e-2 <= largest < 1e4:
        return 0
    return 3 * math.floor(math.log10(largest) / 3)


def _axis_label(unit: str, power: int) -> str:
    name = {"item": "number", "dimensionless": unit}.get(unit) or unit_name(unit)
    scale = f"10{str(power).translate(_SUPERSCRIPT)}" if power else ""
    return " ".join(filter(None, [scale, name]))


_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
