"""The typer application: one module per command, each imported here, none with heavy imports."""

from __future__ import annotations

from typing import Annotated

import typer

from immacro.cli import build, check, export, findings, models, sensitivity, show, simulate

app = typer.Typer(
    name="immacro",
    help="The immune macroenvironment of cancer: models as SBML, simulated and explored.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"immacro {version('immacro')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app.command("models")(models.models)
app.command("show")(show.show)
app.command("build")(build.build)
app.command("check")(check.check)
app.command("simulate")(simulate.simulate)
app.command("export")(export.export)
app.command("sensitivity")(sensitivity.sensitivity)
app.command("findings")(findings.findings)
