"""What a user of findings calls: choose rows, judge them, get a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.findings import bindings, evaluation, records
from immacro.findings.bindings import Binding
from immacro.findings.evaluation import Finding
from immacro.findings.shelf import Shelf

_LISTING = "`immacro findings` lists all"


@dataclass(frozen=True)
class Judged:
    """Judged findings, as they are and as data, in the order of the file."""

    findings: list[Finding]
    records: list[dict[str, Any]]


def judge(
    ids: str | Iterable[str] | None = None,
    tier: str | None = None,
    workers: int | None = None,
) -> pd.DataFrame:
    """Hold the packaged models against the findings of the literature.

    Each finding is run as its row of ``bindings.csv`` says, and judged by one set of thresholds.

    Args:
        ids: only these findings.
        tier: only findings of this tier, ``core`` or ``text``.
        workers: how many runs at a time, all cores by default; 1 starts no process.

    Returns:
        A row per finding, indexed by id: verdict, values of both arms, what had to hold, what was
        found, the outcome of the control, the reason, and how to run it again.

    Raises:
        UnknownNameError: there is no such finding or tier.
        InvalidValueError: the choice is empty, or ``workers`` is no number of workers.
        BindingsError: the bindings are malformed.
    """
    return records.frame(run(ids, tier, workers).records)


def run(
    ids: str | Iterable[str] | None = None,
    tier: str | None = None,
    workers: int | None = None,
    progress: bool = False,
    rows: list[Binding] | None = None,
    shelf: Shelf | None = None,
) -> Judged:
    """Judge findings, and keep what the report draws.

    Args:
        ids: as for `judge`.
        tier: as for `judge`.
        workers: as for `judge`.
        progress: whether to show progress on standard error.
        rows: other findings than the packaged ones.
        shelf: other models than the packaged ones.
    """
    shelf = shelf or Shelf()
    chosen = choose(packaged() if rows is None else rows, ids, tier)
    findings = evaluation.evaluate(chosen, shelf, workers, progress)
    return Judged(findings, records.records(findings, shelf))


def packaged() -> list[Binding]:
    """Return the findings that come with the models."""
    return [row for path in bindings.packaged() for row in bindings.read(path)]


def choose(rows: list[Binding], ids: str | Iterable[str] | None, tier: str | None) -> list[Binding]:
    """Return the chosen rows, in the order of the file.

    Raises:
        UnknownNameError: there is no such finding or tier.
        InvalidValueError: nothing is chosen.
    """
    tiers = dict.fromkeys(row.tier for row in rows)
    if tier is not None and tier not in tiers:
        raise UnknownNameError.of("tier", str(tier), tiers)
    names = [ids] if isinstance(ids, str) else None if ids is None else list(ids)
    if names is not None:
        known = {row.id for row in rows}
        for name in names:
            if name not in known:
                raise UnknownNameError.of("finding", str(name), known, _LISTING)
        if not names:
            raise InvalidValueError("No finding is chosen", "Name at least one, or leave out ids")
    chosen = [
        row for row in rows if (names is None or row.id in names) and tier in (None, row.tier)
    ]
    if not chosen:
        raise InvalidValueError(
            f"None of the chosen findings is of tier '{tier}'", "Leave out the tier"
        )
    return chosen
