"""Findings: what the literature says, each row of it an experiment with a verdict.

``judge`` runs the experiments and returns a table; ``immacro findings`` prints it. What is run
stands in a model's ``bindings.csv``, and what its columns mean in the ``BINDINGS.md`` beside it.

- `bindings`: the rows, read and refused when malformed; `arms`, `conditions`, `cohort_text`: what
  stands in their columns;
- `cases`: the experiments of a row, one for each alternative in each context; `shelf`: the models;
  `representable`: what a model lacks for a case;
- `jobs`: runs, each described once and carried out once;
- `readings`: values on days and over windows; `judging`: the one set of thresholds; `controls`:
  does the effect go when its mechanism is off;
- `cohort`: hosts drawn from the ledger's ranges; `correlation`: ranks over them;
- `evaluation`: all of it together; `records`: data for JSON and tables; `page`, `drawing`: HTML.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from immacro.findings.api import judge
    from immacro.findings.bindings import BindingsError

__all__ = ["BindingsError", "judge"]

_WHERE = {"judge": "api", "BindingsError": "bindings"}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"immacro.findings.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'immacro.findings' has no attribute '{name}'")
