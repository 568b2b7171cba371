"""`immacro export`: a model's file with host, context and values set in it."""

from __future__ import annotations

from typing import Annotated

import typer

from immacro import files
from immacro.cli.console import console
from immacro.cli.options import Assignments, Context, Host, ModelOrFile, OutputFile

_TO = typer.Option("--to", metavar="FORMAT", help="sbml or antimony.")
_LEVEL = typer.Option("--level", metavar="L.V", help="SBML level: 3.1 (the default) or 3.2.")


def export(
    model: ModelOrFile,
    out: OutputFile,
    host: Host = "mouse",
    context: Context = None,
    assignments: Assignments = None,
    to: Annotated[str, _TO] = "sbml",
    level: Annotated[str | None, _LEVEL] = None,
) -> None:
    """Write a model with settings in it, as SBML or Antimony."""
    from immacro import export as exporting
    from immacro.simulation import load
    from immacro.simulation.settings import parse_assignments

    files.refuse_unwritable(out)
    path = exporting.write(
        load(model, host),
        out,
        parameters=parse_assignments(assignments or []),
        context=context,
        to=to,
        level=None if level is None else _level(level),
    )
    console().print(f"Wrote {path}")


def _level(text: str) -> tuple[int, int]:
    """Read `3.1` or `3.2`."""
    from immacro.errors import InvalidValueError
    from immacro.export import LEVELS

    known = {f"{level}.{version}": (level, version) for level, version in LEVELS}
    if text not in known:
        raise InvalidValueError(
            f"'{text}' is not an SBML level that can be written", "Give " + " or ".join(known)
        )
    return known[text]
