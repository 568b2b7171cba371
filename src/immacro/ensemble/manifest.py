"""What a stored study is, as ``study.json``, and what differs between two of them.

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
from collections.abc import Callable, Mapping
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

_COMPARED = (
    *("format", "model", "context", "burn_in", "time_unit", "solver", "origin"),
    *("observables", "times", "design"),
)

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
    same = {key: described[key] for key in _COMPARED}
    return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()


def differences(
    old: Manifest, new: Manifest, old_table: pd.DataFrame, new_table: pd.DataFrame
) -> list[str]:
    """Say what has changed from one study to another, old and new values named."""
    found = []
    shown: dict[str, Callable[[Any], str]] = {"observables": _names, "times": _times}
    for key in _COMPARED:
        if old[key] == new[key]:
            continue
        if key == "design":
            found.append(f"design: {_table_change(old_table, new_table)}")
        elif key in shown:
            found.append(f"{key}: {shown[key](old[key])} -> {shown[key](new[key])}")
        else:
            found += _changes(key, old[key], new[key])
    return found


def version_changes(old: Manifest, new: Manifest) -> list[str]:
    """Say which versions differ between two sessions."""
    return _changes("", old.get("versions"), new["versions"])


def _changes(key: str, old: Any, new: Any) -> list[str]:
    if old == new:
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        parts = [_changes(f"{key} {k}".strip(), old.get(k), new.get(k)) for k in {**old, **new}]
        return [change for part in parts for change in part]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return _changes(key, dict(enumerate(old, 1)), dict(enumerate(new, 1)))
    return [f"{key}: {_shown(old)} -> {_shown(new)}"]


def _table_change(old: pd.DataFrame, new: pd.DataFrame) -> str:
    if list(old.columns) != list(map(str, new.columns)):
        return f"columns {', '.join(old.columns)} -> {', '.join(map(str, new.columns))}"
    if len(old) != len(new):
        return f"{len(old)} -> {len(new)} runs"
    labels = [(a, b) for a, b in zip(old.index, new.index, strict=True) if str(a) != str(b)]
    if labels:
        return f"the label of a run, {labels[0][0]} -> {labels[0][1]}"
    before, after = old.to_numpy(dtype="<f8"), new.to_numpy(dtype="<f8")
    cells = np.argwhere(before != after)
    if not len(cells):
        return "the sign of a zero"
    row, column = cells[0]
    more = f" (and {len(cells) - 1} other values)" if len(cells) > 1 else ""
    return (
        f"{old.columns[column]} of run {old.index[row]}, "
        f"{before[row, column]!s} -> {after[row, column]!s}{more}"
    )


def _plain(value: Any) -> Any:
    """Return a value of numpy, a path and the like as data for JSON."""
    return value.item() if hasattr(value, "item") else str(value)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return "nothing" if value is None else text if len(text) <= 80 else f"{text[:79]}…"


def _names(observables: list[dict[str, str]]) -> str:
    return ", ".join(f"{o['id']} [{o['unit']}]" for o in observables)


def _times(times: list[float]) -> str:
    if len(times) <= 5:
        return ", ".join(f"{time:g}" for time in times)
    return f"{len(times)} times from {times[0]:g} to {times[-1]:g}"
