"""`immacro check`: consistency, units with scale, and coverage of SBML files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from immacro.cli.console import console, table
from immacro.errors import SbmlError, UnknownNameError

if TYPE_CHECKING:
    from immacro.check import Report

_SHOWN = 20
_MODELS = typer.Argument(metavar="[MODEL|FILE.xml ...]", help="All packaged models by default.")


def check(models: Annotated[list[str] | None, _MODELS] = None) -> None:
    """Check models or SBML files; any message makes the command fail."""
    from immacro import catalogue
    from immacro.check import check as check_file

    packaged = {path.resolve() for path in _packaged(catalogue.models())}
    paths = _paths(models or catalogue.models())
    reports, unreadable = [], []
    for path in paths:
        try:
            reports.append(check_file(path, require_coverage=path.resolve() in packaged))
        except SbmlError as error:
            unreadable.append(error)
    if unreadable and len(paths) == 1:
        raise unreadable[0]
    _print(reports, unreadable)
    bad = len(unreadable) + sum(not report.clean for report in reports)
    if bad:
        raise SbmlError(
            f"{bad} of {len(paths)} files {'is' if bad == 1 else 'are'} not clean",
            "Correct what is listed above",
        )


def _packaged(names: list[str]) -> list[Path]:
    """Return the SBML files of packaged models."""
    from immacro import catalogue

    entries = [catalogue.entry(name) for name in names]
    return [entry.sbml_path(host) for entry in entries for host in entry.hosts]


def _paths(words: list[str]) -> list[Path]:
    """Return the files that the words name: models for all their hosts, or paths."""
    from immacro import catalogue

    paths: list[Path] = []
    for word in words:
        if word in catalogue.models():
            paths += _packaged([word])
        elif Path(word).suffix or "/" in word or Path(word).exists():
            paths.append(Path(word))
        else:
            raise UnknownNameError.of("model", word, catalogue.models(), "`immacro models`")
    if not paths:
        raise SbmlError("There is no SBML file to check", "Run `immacro build` in a checkout first")
    return paths


def _print(reports: list[Report], unreadable: list[SbmlError]) -> None:
    out = console()
    if reports:
        counts, shares = list(reports[0].counts), list(_covered(reports[0]))
        rows = [[_short(r.path), *r.counts.values(), *_covered(r).values()] for r in reports]
        out.print(table(["file", *counts, *shares], rows, right=[*counts, *shares]))
    for report in reports:
        for message in report.messages[:_SHOWN]:
            out.print(f"{_short(report.path)}: {message}")
        if len(report.messages) > _SHOWN:
            out.print(f"{_short(report.path)}: and {len(report.messages) - _SHOWN} more messages")
    for error in unreadable:
        out.print(str(error))


def _covered(report: Report) -> dict[str, str]:
    """Return units, SBO and MIRIAM -> how many of the elements that need one have one."""
    totals: dict[str, tuple[int, int]] = {}
    for row in report.coverage:
        kind = row.what.partition(" of ")[0]
        covered, total = totals.get(kind, (0, 0))
        totals[kind] = covered + row.covered, total + row.total
    return {kind: f"{covered}/{total}" for kind, (covered, total) in totals.items()}


def _short(path: Path) -> str:
    """Return a path relative to where the user is, if it lies below."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
