"""The immune macroenvironment of cancer: rule-based models shipped as complete SBML.

``load`` opens a model or any SBML file, ``run_many`` simulates a table of settings,
``list_models`` names the packaged models, ``check`` and ``errors`` are modules. All of it is
imported when first used, so that ``import immacro`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from immacro import check, errors
    from immacro.catalogue import models as list_models
    from immacro.ensemble import run_many
    from immacro.simulation import Model, load

    __version__: str

__all__ = ["Model", "__version__", "check", "errors", "list_models", "load", "run_many"]

_WHERE = {
    "Model": ("immacro.simulation", "Model"),
    "list_models": ("immacro.catalogue", "models"),
    "load": ("immacro.simulation", "load"),
    "run_many": ("immacro.ensemble", "run_many"),
}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        module, attribute = _WHERE[name]
        return getattr(import_module(module), attribute)
    if name in ("check", "errors"):
        return import_module(f"immacro.{name}")
    if name == "__version__":
        from importlib.metadata import version

        return version("immacro")
    raise AttributeError(f"module 'immacro' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
