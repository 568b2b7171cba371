"""Print what a script reads in both hosts as a table: what is read, and the values of each host."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Lines = Iterable[tuple[str, list[float]]]


def print_table(lines: Callable[[str], Lines], width: int) -> None:
    """Print a line per reading.

    Args:
        lines: from a host, what is read, and its values.
        width: of the first column.
    """
    print(f"{'':<{width}}{'mouse':<32}human")
    for (words, mouse), (_, human) in zip(lines("mouse"), lines("human"), strict=True):
        columns = (", ".join(f"{value:.3g}" for value in values) for values in (mouse, human))
        print(f"{words:<{width}}" + "".join(f"{column:<32}" for column in columns).rstrip())
