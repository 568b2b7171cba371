"""What a model can do, as tables: levers, parameters and observables, indexed by id."""

from __future__ import annotations

import pandas as pd

from immacro.ledger import Ledger, lever_of
from immacro.simulation.contents import Contents

_PARAMETER = ["role", "value", "unit", "low", "high"]
_LEDGER = ["distribution", "status", "source", "derivation"]


def levers(contents: Contents) -> pd.DataFrame:
    """Return the settable parameters of therapies, drivers and challenges."""
    rows = [
        (s.id, *lever_of(s.id), s.value, s.unit, s.low, s.high, s.name)
        for s in contents.symbols.values()
        if s.is_lever
    ]
    columns = ["id", "lever", "field", "value", "unit", "low", "high", "name"]
    return pd.DataFrame(rows, columns=columns).set_index("id")


def observables(contents: Contents) -> pd.DataFrame:
    """Return what a run reports unless told otherwise."""
    rows = [(o.id, o.name, o.unit) for o in contents.observables.values()]
    return pd.DataFrame(rows, columns=["id", "name", "unit"]).set_index("id")


def parameters(contents: Contents, ledger: Ledger | None) -> pd.DataFrame:
    """Return all that can be set; without a ledger, range and source are empty."""
    rows = []
    for s in contents.symbols.values():
        row = ledger.rows[s.id] if ledger else None
        bounds = (row.low, row.high) if row else (float("nan"), float("nan"))
        extra = [getattr(row, name) for name in _LEDGER] if row else [""] * len(_LEDGER)
        rows.append([s.id, s.role, s.value, s.unit, *bounds, *extra, s.name])
    return pd.DataFrame(rows, columns=["id", *_PARAMETER, *_LEDGER, "name"]).set_index("id")
