"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ModelOrFile = Annotated[
    str, typer.Argument(metavar="MODEL|FILE.xml", help="A packaged model or an SBML file.")
]
Host = Annotated[str, typer.Option("--host", metavar="HOST", help="mouse or human.")]
Context = Annotated[
    str | None,
    typer.Option("--context", metavar="CONTEXT", help="A tumour; `immacro show MODEL` lists them."),
]
Assignments = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="ID=VALUE",
        help="Set a lever or another parameter, in its unit; may be given many times.",
    ),
]
OutputFile = Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")]
