"""Tables in the terminal: as wide as the terminal, or as the content when piped to a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

_PIPED_WIDTH = 10_000


def console() -> Console:
    """Return a console for standard output as it is now."""
    plain = Console(highlight=False, markup=False)
    if not plain.is_terminal:
        plain.width = _PIPED_WIDTH
    return plain


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    right: Sequence[str] = (),
) -> Table:
    """Return a table; columns named in ``right`` are numbers.

    The first column holds ids and is never wrapped.
    """
    result = Table(
        box=SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
    )
    for index, name in enumerate(columns):
        number = name in right
        result.add_column(name, justify="right" if number else "left", no_wrap=number or not index)
    for row in rows:
        result.add_row(*(Text(word(cell)) for cell in row))
    return result


def word(value: object) -> str:
    """Return a cell's text: numbers with at most six significant digits, no word for no unit."""
    if isinstance(value, float):
        return f"{value:.6g}"
    return "-" if value in ("", "dimensionless") else str(value)
