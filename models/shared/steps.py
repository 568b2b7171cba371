"""Steps of first order, each with a rate of its own: a table in place of as many pairs of calls."""

from collections.abc import Iterable
from typing import Any

from immacro.build import Assembly


def steps(
    a: Assembly, stem: str, words: str, table: Iterable[tuple[str, Any, Any, str, str]]
) -> None:
    """Write reactions whose rates are expressions (1/day).

    Args:
        a: the assembly.
        stem: the reaction of ``name`` is ``<stem>_<name>``, its rate ``<stem>_<name>_rate``.
        words: whose steps they are.
        table: name, reaction, rate, kind of reaction and note of each.
    """
    for name, reaction, rate, kind, note in table:
        constant = a.define(f"{stem}_{name}_rate", rate, "1/day", f"{words}: {note}")
        a.rule(f"{stem}_{name}", reaction, constant, kind=kind, note=note)
