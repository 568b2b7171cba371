"""Packaged models in roadrunner, loaded once per process: loading takes longer than any run."""

from __future__ import annotations

from functools import cache
from typing import Any

import immacro


@cache
def runner(name: str, host: str = "mouse") -> Any:
    """Return the one instance of a model; whoever takes it calls ``resetAll`` first."""
    return immacro.load(name, host=host).roadrunner()
