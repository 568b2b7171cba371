"""Scripts of ``analyses/`` as modules, and what they read."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ANALYSES = Path(__file__).resolve().parents[1] / "analyses"


@contextmanager
def script(name: str) -> Iterator[Any]:
    """Give a script as a module, which finds the others of its folder while it is in use."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ANALYSES)
        yield importlib.import_module(name)


def read(study: Any, runs: dict, name: str) -> dict[str, dict[str, float]]:
    """Return context -> arm -> an observable on the day on which the script reads the context."""
    return {
        context: {arm: float(run[name].sel(time=study.READ[context], method="nearest"))
                  for arm, run in arms.items()}
        for context, arms in runs.items()
    }  # fmt: skip
