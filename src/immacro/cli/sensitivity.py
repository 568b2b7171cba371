"""`immacro sensitivity`: a global sensitivity study, kept on disk run by run."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from immacro.cli.console import console, table
from immacro.cli.options import Context, Host, ModelOrFile

if TYPE_CHECKING:
    from rich.table import Table

    from immacro.sensitivity.running import Outcome

_METHOD = typer.Option(
    metavar="M", help="sobol, morris, efast, rbd_fast, dgsm, delta, pawn, hdmr or rsa."
)
_FACTOR = typer.Option(
    "--factor",
    metavar="ID[=LOW:HIGH]",
    help="What to vary, in the ledger's range or another; `levers` is every dose and strength.",
)
_GROUP = typer.Option("--group", metavar="NAME=ID,ID", help="Factors that move together.")
_OBSERVABLE = typer.Option(
    "--observable", metavar="ID[@DAY]", help="What to explain, on a day or over time."
)
_SAMPLES = typer.Option(metavar="N", help="Size of the design; the method's default if left out.")
_OPTION = typer.Option("--option", metavar="NAME=VALUE", help="An option of the method.")
_DAYS = typer.Option(metavar="DAYS", help="Length of the courses of observables without a day.")
_POINTS = typer.Option(metavar="N", help="Number of their time points.")
_COMPLETE = typer.Option(
    "--complete", metavar="HOW", help="block or drop: leave out what failed runs make incomplete."
)
_WORKERS = typer.Option(metavar="W", help="Runs at a time; all cores by default.")
_SCHEDULER = typer.Option(metavar="ADDRESS", help="A Dask scheduler, as tcp://host:8786.")
_LIMIT = typer.Option("--time-limit", metavar="SECONDS", help="Longest time for one run.")
_OUT = typer.Option(metavar="DIR", help="The folder for runs, tables and figures.")
_RESUME = typer.Option(help="Continue the study that the folder holds.")


def sensitivity(
    model: ModelOrFile,
    factor: Annotated[list[str], _FACTOR],
    observable: Annotated[list[str], _OBSERVABLE],
    out: Annotated[str, _OUT],
    method: Annotated[str, _METHOD] = "sobol",
    samples: Annotated[int | None, _SAMPLES] = None,
    seed: Annotated[int, typer.Option(metavar="S", help="Of design and intervals.")] = 0,
    group: Annotated[list[str] | None, _GROUP] = None,
    option: Annotated[list[str] | None, _OPTION] = None,
    host: Host = "mouse",
    context: Context = None,
    days: Annotated[float, _DAYS] = 60.0,
    points: Annotated[int, _POINTS] = 61,
    complete: Annotated[str | None, _COMPLETE] = None,
    workers: Annotated[int | None, _WORKERS] = None,
    scheduler: Annotated[str | None, _SCHEDULER] = None,
    time_limit: Annotated[float | None, _LIMIT] = None,
    resume: Annotated[bool, _RESUME] = False,
) -> None:
    """Rank factors by their influence on observables."""
    from immacro.sensitivity import report, running
    from immacro.simulation import load

    with warnings.catch_warnings(record=True) as noticed, _resumable():
        warnings.simplefilter("always", UserWarning)
        outcome = running.run(
            load(model, host), factor, observable, method=method, samples=samples, seed=seed,
            groups=group or (), options=_options(option or []), context=context, days=days,
            points=points, completion=complete, out=out, resume=resume, executor=scheduler,
            workers=workers, time_limit=time_limit,
        )  # fmt: skip
        written = report.write(outcome, out)
    show = console()
    for name in map(str, outcome.indices["observable"].values):
        show.print(_table(outcome, name))
    for text in dict.fromkeys(str(w.message) for w in noticed if w.category is not
                              DeprecationWarning):  # fmt: skip
        show.print(f"Note: {text}")
    show.print(outcome.verdict.rstrip(".") + ".")
    show.print(f"Wrote {len(written)} files to {out}: {', '.join(p.name for p in written[:3])}, "
               f"{report.FIGURES}/ and more")  # fmt: skip


@contextlib.contextmanager
def _resumable() -> Iterator[None]:
    """Say after Ctrl-C how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(
            "immacro: Interrupted. Finished runs are kept; give the same command with --resume "
            "to continue.",
            err=True,
        )
        raise SystemExit(130) from None


def _table(outcome: Outcome, observable: str) -> Table:
    from immacro.sensitivity import report

    headline = outcome.study.kind.headline
    rows = report.leading(outcome, observable)
    cells = [(r.factor, f"{r.value:.3g}", f"{r.low:.3g}", f"{r.high:.3g}")
             for r in rows.itertuples()]  # fmt: skip
    numbers = [headline, "low", "high"]
    return table([observable, *numbers], cells, right=numbers)


def _options(assignments: list[str]) -> dict[str, Any]:
    """Read NAME=VALUE; values are whole numbers, numbers, true or false."""
    from immacro.errors import InvalidValueError

    options: dict[str, Any] = {}
    for text in assignments:
        name, equals, word = text.partition("=")
        value: Any = {"true": True, "false": False}.get(word.lower())
        for kind in (int, float):
            if value is None:
                try:
                    value = kind(word)
                except ValueError:
                    continue
        if not equals or not name or value is None:
            raise InvalidValueError(
                f"'{text}' is not an option of a method", "Write NAME=VALUE, as levels=6"
            )
        if name in options:
            raise InvalidValueError(f"The option {name} is given twice", "Give it once")
        options[name] = value
    return options
