"""What differs between two studies, in words: ``what: old -> new``.

Said is what a user has changed. What follows from it is not: the design that follows from another
seed, the days of equilibration that follow from another factor. Hashes are shown, shortened, for
the SBML file only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from immacro.ensemble.manifest import COMPARED, Manifest

_HASH = re.compile(r"[0-9a-f]{64}")
#: Times that are named one by one.
_FEW = 8


def differences(
    old: Manifest, new: Manifest, old_table: pd.DataFrame, new_table: pd.DataFrame
) -> list[str]:
    """Say what has changed from one study to another; empty if they are the same.

    Args:
        old: the description of one.
        new: the description of the other.
        old_table: the design of the one.
        new_table: the design of the other.
    """
    if all(old[key] == new[key] for key in COMPARED):
        return []
    asked = [
        *_model(old["model"], new["model"]),
        *_context(old["context"], new["context"]),
        *_values("", old["origin"], new["origin"]),
        *_observables(old["observables"], new["observables"]),
        *_times(old, new),
        *_values("solver's", old["solver"], new["solver"]),
    ]
    if asked:
        return asked
    if old["design"] != new["design"]:
        return [f"design: {_table_change(old_table, new_table)}"]
    found = _values("equilibration,", old["burn_in"], new["burn_in"])
    return found or ["design: the same settings draw other coordinates"]


def versions(old: Manifest, new: Manifest) -> list[str]:
    """Say which versions differ between two sessions."""
    return _values("", old["versions"], new["versions"]) if old.get("versions") else []


def _model(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    found = [
        f"{word}: {old[key] or 'none'} -> {new[key] or 'none'}"
        for word, key in (("model", "name"), ("host", "host"))
        if old[key] != new[key]
    ]
    before, after = old["sbml_sha256"], new["sbml_sha256"]
    if before != after:
        found.append(f"content of the SBML file: SHA-256 {before[:8]}… -> {after[:8]}…")
    return found


def _context(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    if old["name"] != new["name"]:
        return [f"context: {old['name'] or 'none'} -> {new['name'] or 'none'}"]
    return _values(f"context {old['name']},", old["values"], new["values"])


def _observables(old: list[dict[str, str]], new: list[dict[str, str]]) -> list[str]:
    before, after = (", ".join(o["id"] for o in some) for some in (old, new))
    if before != after:
        return [f"observables: {before} -> {after}"]
    return _members("observable", old, new)


def _times(old: Manifest, new: Manifest) -> list[str]:
    if old["time_unit"] != new["time_unit"]:
        return [f"unit of time: {old['time_unit'] or 'none'} -> {new['time_unit'] or 'none'}"]
    word = "days" if new["time_unit"] == "day" else "times"
    before, after = old["times"], new["times"]
    if before == after:
        return []
    old_words, new_words = (_all_times(times) for times in (before, after))
    if old_words == new_words:
        first, second = next((a, b) for a, b in zip(before, after, strict=True) if a != b)
        old_words, new_words = f"{first!r} and others", f"{second!r} and others"
    return [f"{word}: {old_words} -> {new_words}"]


def _values(name: str, old: Any, new: Any) -> list[str]:
    """Compare values of any kind that JSON has; hashes say nothing to anybody."""
    if old == new or _is_hash(old) or _is_hash(new):
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        one = name.removesuffix("s") if name.isalpha() else name
        parts = [_values(f"{one} {k}".strip(), old.get(k), new.get(k)) for k in {**old, **new}]
        return [change for part in parts for change in part]
    if _are_members(old or []) and _are_members(new or []):
        return _members(name.removesuffix("s"), old or [], new or [])
    return [f"{name}: {_shown(old)} -> {_shown(new)}"]


def _members(
    name: str, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Compare things that have ids, as factors."""
    before, after = ({str(m["id"]): _with_range(m) for m in some} for some in (old, new))
    found = []
    for identifier in {**before, **after}:
        label = f"{name} {identifier}"
        if identifier in before and identifier in after:
            found += _values(label, before[identifier], after[identifier])
        else:
            ends = (some.get(identifier) for some in (before, after))
            found.append(f"{label}: " + " -> ".join(_whole(member) for member in ends))
    if not found and list(before) != list(after):
        found.append(f"order of {name}s: {', '.join(before)} -> {', '.join(after)}")
    return found


def _with_range(member: Mapping[str, Any]) -> dict[str, Any]:
    """Return a member whose bounds, if it has two, are one range in words."""
    if not {"low", "high"} <= set(member):
        return dict(member)
    rest = {key: value for key, value in member.items() if key not in ("low", "high")}
    return {"range": " to ".join(_shown(member[end]) for end in ("low", "high")), **rest}


def _whole(member: Mapping[str, Any] | None) -> str:
    return "none" if member is None else str(member.get("range", "there"))


def _are_members(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(m, dict) and "id" in m for m in value)


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


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


def _all_times(times: Sequence[float]) -> str:
    if len(times) <= _FEW:
        return ", ".join(f"{time:.10g}" for time in times)
    return f"{len(times)} from {times[0]:.10g} to {times[-1]:.10g}"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "none"
    if isinstance(value, float):
        return f"{value:.10g}" if float(f"{value:.10g}") == value else repr(value)
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
