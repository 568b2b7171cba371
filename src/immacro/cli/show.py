"""`immacro show`: levers, observables, contexts and the state of the ledger of one model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from immacro.cli.console import console, table, word
from immacro.cli.options import Host, ModelOrFile

if TYPE_CHECKING:
    from rich.table import Table

    from immacro.ledger import Ledger
    from immacro.simulation import Model


def show(model: ModelOrFile, host: Host = "mouse") -> None:
    """Show what a model offers: levers, observables, contexts, ledger."""
    from immacro.simulation import load

    loaded = load(model, host)
    out = console()
    out.print(f"{loaded.name}{f' ({loaded.host})' if loaded.host else ''}: {loaded.sbml_path}\n")
    if len(loaded.levers):
        out.print(_levers(loaded))
        out.print("Off is a dose, strength or extent of 0 and a fold of 1; all else is regimen.\n")
    elif len(loaded.parameters):
        out.print(_parameters(loaded), "")
    out.print(table(["observable", "name", "unit"], loaded.observables.itertuples()), "")
    if loaded.contexts:
        out.print(_contexts(loaded), "")
    if loaded.ledger is not None:
        out.print("Where the numbers come from (levers and switches not counted)")
        out.print(_ledger(loaded.ledger))


def _levers(model: Model) -> Table:
    rows = [
        (row.Index, row.value, row.unit, f"{word(row.low)} to {word(row.high)}", row.name)
        for row in model.levers.itertuples()
    ]
    columns = ["lever", "default", "unit", "range", "name"]
    return table(columns, rows, right=["default"])


def _parameters(model: Model) -> Table:
    rows = model.parameters[["value", "unit", "name"]].itertuples()
    return table(["parameter", "value", "unit", "name"], rows, right=["value"])


def _contexts(model: Model) -> Table:
    rows = [
        (name, ", ".join(f"{i} = {word(v)}" for i, v in values.items()) or "nothing")
        for name, values in model.contexts.items()
    ]
    return table(["context", "sets"], rows)


def _ledger(ledger: Ledger) -> Table:
    """Count where the numbers come from; levers and switches are settings, not knowledge."""
    from immacro.ledger import STATUSES

    rows = [r for r in ledger.rows.values() if r.role not in ("lever", "switch")]
    counts = {status: sum(r.status == status for r in rows) for status in STATUSES}
    shares = [(s, n, f"{n / max(len(rows), 1):.0%}") for s, n in counts.items()]
    return table(["status", "numbers", "share"], shares, right=["numbers", "share"])
