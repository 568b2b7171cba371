"""Simulation: load a model or any SBML file, set levers and parameters, get labelled courses."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from immacro.ensemble import run_many
    from immacro.simulation.model import Model, load

__all__ = ["Model", "load", "run_many"]


def __getattr__(name: str) -> Any:
    if name in __all__:  # imported when first used: a worker process needs only the engine
        module = "immacro.ensemble" if name == "run_many" else "immacro.simulation.model"
        return getattr(import_module(module), name)
    raise AttributeError(f"module 'immacro.simulation' has no attribute '{name}'")
