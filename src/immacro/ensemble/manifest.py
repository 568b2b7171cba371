"""What a stored study is, as ``study.json``.

Two studies are the same when their model, design, context, observables, times, tolerances and
origin are: only then may runs of one complete the other. Where and when they were run, and by which
versions, is recorded too and need not agree.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shlex
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from immacro.ensemble.plan import Plan
from immacro.simulation import engine
from immacro.simulation.model import Model

FORMAT = "immacro ensemble 1"
_PACKAGES = ("immacro", "libroadrunner", "numpy", "SALib")

#: What two studies have in common if they are the same.
COMPARED = (
    *("format", "model", "context", "burn_in", "time_unit", "solver", "origin"),
    *("observables", "times", "design"),
)

#: What a description holds: of which kind, and of some with which entries.
_KINDS: dict[str, type] = {
    **dict.fromkeys(("model", "design", "context", "burn_in", "solver", "origin"), dict),
    **dict.fromkeys(("observables", "times", "sessions"), list),
    "time_unit": str,
}
_ENTRIES = {
    "model": {"name", "host", "sbml_sha256"},
    "design": {"runs", "columns", "integer_labels", "sha256"},
    "context": {"name", "values"},
}

Manifest = dict[str, Any]


def describe(
    plan: Plan,
    model: Model,
    table: pd.DataFrame,
    context: str | None,
    origin: Mapping[str, Any] | None,
) -> Manifest:
    """Describe a study.

    Args:
        plan: its runs.
        model: its model.
        table: its design.
        context: the tumour for all runs.
        origin: where the table comes from (method, seed and the like), as data for JSON.
    """
    described: Manifest = {
        "format": FORMAT,
        "model": {"name": model.name, "host": model.host, "sbml_sha256": plan.sha256},
        "design": {
            "runs": len(table),
            "columns": [str(column) for column in table.columns],
            "integer_labels": bool(pd.api.types.is_integer_dtype(table.index)),
            "sha256": design_hash(table),
        },
        "context": {"name": context or "", "values": model.contexts[context] if context else {}},
        "burn_in": {"days": float(plan.burn_in.max()), "runs": int((plan.burn_in > 0).sum())},
        "observables": [{"id": o.id, "unit": o.unit, "name": o.name} for o in plan.outputs],
        "times": plan.times.tolist(),
        "time_unit": model.source.contents.time_unit,
        "solver": {
            "relative_tolerance": engine.RELATIVE_TOLERANCE,
            "absolute_tolerance": engine.ABSOLUTE_TOLERANCE,
            "maximum_steps": engine.MAXIMUM_STEPS,
        },
        "origin": dict(origin or {}),
    }
    comparable: Manifest = json.loads(json.dumps(described, default=_plain))
    return comparable


def session() -> Manifest:
    """Describe when, how and by what the study is run now."""
    return {
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": shlex.join(sys.argv),
        "platform": f"{platform.system()} {platform.machine()}",
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in _PACKAGES},
        },
    }


def design_hash(table: pd.DataFrame) -> str:
    """Return the SHA-256 hash of a table: its columns, labels and values, bit for bit."""
    names = [[str(column) for column in table.columns], [str(label) for label in table.index]]
    values = np.ascontiguousarray(table.to_numpy(dtype="<f8"))
    return hashlib.sha256(json.dumps(names).encode() + values.tobytes()).hexdigest()


def identity(described: Manifest) -> str:
    """Return what tells a study from others."""
    same = {key: described[key] for key in COMPARED}
    return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()


def is_complete(described: Manifest) -> bool:
    """Tell whether a description that was read from a file has all its parts."""
    return (
        all(isinstance(described.get(key), kind) for key, kind in _KINDS.items())
        and all(entries <= set(described[key]) for key, entries in _ENTRIES.items())
        and all(isinstance(part, dict) for part in described["sessions"])
        and all({"id", "unit", "name"} <= set(one) for one in described["observables"])
    )


def _plain(value: Any) -> Any:
    """Return a value of numpy, a path and the like as data for JSON."""
    return value.item() if hasattr(value, "item") else str(value)
