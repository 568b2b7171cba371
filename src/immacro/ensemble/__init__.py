"""Ensembles: many runs of one model, spread over workers, never losing one.

``immacro.run_many`` is the way in; ``load_store`` reads what a study has written so far.

- `run`: ``run_many``; `plan`: a study's runs, checked; `chunks`: the unit of work and how a worker
  carries it out;
- `backends`, `workers`, `executors`: where chunks are carried out: in this process, in worker
  processes of our own, or by any executor and Dask scheduler;
- `dispatch`: which chunk next, and what to do when a worker dies or a run does not end;
- `store`, `stored`, `chunk_files`, `manifest`, `changes`: a study on disk, written and read, and
  what differs between two studies;
- `progress`: what the user sees meanwhile.

The result of a run depends on its settings alone: neither on the chunk in which it travels, nor on
the number or kind of workers, nor on what was interrupted and resumed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from immacro.ensemble.run import run_many
    from immacro.ensemble.stored import StoreError, StoreWarning, load_store

__all__ = ["StoreError", "StoreWarning", "load_store", "run_many"]


def __getattr__(name: str) -> Any:
    if name in __all__:  # not imported before use, since workers need none of it
        module = "run" if name == "run_many" else "stored"
        return getattr(import_module(f"immacro.ensemble.{module}"), name)
    raise AttributeError(f"module 'immacro.ensemble' has no attribute '{name}'")
