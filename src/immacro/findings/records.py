"""Findings as data: a list of objects for JSON, and a table for pandas.

Each object says what was run well enough to run it again: ``settings`` has for every arm what
``immacro.load(model, host).simulate(levers, parameters, context, days=...)`` needs, ``simulate``
the same as commands, and ``rerun`` the command that judges this finding alone. Where a finding has
several cases, the values are those of the deciding one (the first with the verdict of the row) and
``cases`` has them all. What is not defined is null.
"""

from __future__ import annotations

import json
import math
import shlex
from collections.abc import Iterable
from typing import Any

import pandas as pd

from immacro.findings import cohort, derived, judging
from immacro.findings.arms import Arm, field_of
from immacro.findings.correlation import Correlation
from immacro.findings.evaluation import CaseResult, Finding
from immacro.findings.readings import Reading
from immacro.findings.shelf import Shelf

#: The columns of the table, in its order.
COLUMNS = (
    "tier", "verdict", "test", "direction", "observable", "context", "value_a", "value_b",
    "value_reference", "unit", "threshold", "effect", "measure", "control", "control_reason",
    "by_construction", "reason", "arm_a", "arm_b", "reference", "model", "host", "rerun",
)  # fmt: skip


def record(finding: Finding, shelf: Shelf) -> dict[str, Any]:
    """Return a finding as data."""
    row, shown, control = finding.binding, finding.deciding, finding.control
    texts = row.texts
    case = shown.case if shown else None
    return {
        "id": row.id,
        "tier": row.tier,
        "refs": [ref for ref in texts["refs"].split(";") if ref],
        "verdict": finding.verdict,
        "reason": finding.reason,
        "test": row.test,
        "direction": row.direction,
        "observable": row.observable,
        "unit": _unit(shown, shelf) if shown else "",
        "model": row.model,
        "host": case.host if case else row.host,
        "context": case.context if case else row.context,
        "arm_a": texts["arm_a"],
        "arm_b": texts["arm_b"],
        "reference": texts["reference"],
        **_values(shown),
        "threshold": judging.rule(case) if case else "",
        "control": control.outcome,
        "control_settings": texts["control"],
        "control_reason": control.reason,
        "control_left": _clean(control.left),
        "by_construction": row.by_construction,
        "reading": texts["reason"] if row.represented else "",
        "note": texts["note"],
        "missing": [{"kind": m.kind, "name": m.name} for m in finding.missing],
        "contexts_not_covered": list(finding.absent),
        "settings": _settings(shown) if shown else {},
        "cases": [_case(result) for result in finding.cases],
        "simulate": _commands(shown) if shown else [],
        "rerun": rerun(row.id),
    }


def records(findings: Iterable[Finding], shelf: Shelf) -> list[dict[str, Any]]:
    """Return findings as data."""
    return [record(finding, shelf) for finding in findings]


def to_json(told: list[dict[str, Any]]) -> str:
    """Return findings as JSON."""
    return json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def frame(told: list[dict[str, Any]]) -> pd.DataFrame:
    """Return findings as a table with a row for each, indexed by id."""
    table = pd.DataFrame(
        [[one[name] for name in COLUMNS] for one in told],
        index=pd.Index([one["id"] for one in told], name="id"),
        columns=list(COLUMNS),
    )
    numbers = ["value_a", "value_b", "value_reference", "effect"]
    return table.astype(dict.fromkeys(numbers, "float64"))


def rerun(identifier: str) -> str:
    """Return the command that judges one finding."""
    return shlex.join(["immacro", "findings", "--id", identifier])


def _values(result: CaseResult | None) -> dict[str, Any]:
    seen = result.seen if result else None
    references = seen.references if seen else ()
    also = seen.also if seen else None
    observable = result.case.binding.also_observable if result else ""
    return {
        "value_a": _clean(seen.value_a) if seen else None,
        "value_b": _clean(seen.value_b) if seen else None,
        "value_reference": _clean(references[0]) if references else None,
        "effect": _clean(seen.judgement.effect) if seen else None,
        "measure": seen.judgement.measure if seen else "",
        "also": {"observable": observable, "value_a": _clean(also[0]), "value_b": _clean(also[1])}
        if also
        else None,
        "cohort": _cohort(result) if seen else None,
    }


def _cohort(result: CaseResult | None) -> dict[str, Any] | None:
    ranked = result.seen.ranked if result and result.seen else None
    if result is None or ranked is None or result.case.cohort is None:
        return None
    asked = result.case.cohort
    rows: list[tuple[str, Correlation | None]] = [
        ("correlation", ranked.correlation), ("at_fixed_burden", ranked.at_fixed_burden)
    ]  # fmt: skip
    return {
        "x": str(asked.x),
        "y": str(asked.y),
        "sign": asked.sign,
        "hosts": ranked.hosts,
        "complete": len(ranked.x),
        "failed": ranked.failed,
        "seed": cohort.SEED,
        **{
            name: c and {"rho": _clean(c.rho), "low": _clean(c.low), "high": _clean(c.high)}
            for name, c in rows
        },
    }


def _case(result: CaseResult) -> dict[str, Any]:
    values = _values(result)
    return {
        "host": result.case.host,
        "context": result.case.context,
        "alternative": result.case.alternative,
        "verdict": result.verdict,
        "reason": result.reason,
        **{name: values[name] for name in ("value_a", "value_b", "value_reference", "effect")},
        "cohort": values["cohort"],
        "control": result.control.outcome,
        "control_reason": result.control.reason,
        "settings": _settings(result),
    }


def _settings(result: CaseResult) -> dict[str, Any]:
    case = result.case
    read = result.seen.read if result.seen else ()
    if read:
        return {
            reading.role: {
                **_arm(result, reading.arm),
                "observable": reading.observable,
                "day": reading.day,
                "window": str(reading.window) if reading.window else "",
                "value": _clean(value),
            }
            for reading, value in read
        }
    arms = {"a": case.arm_a, "b": case.arm_b}
    return {
        role: {**_arm(result, arm), "observable": case.binding.observable, "day": day}
        for (role, arm), day in zip(arms.items(), (case.day, case.day_b), strict=True)
        if arm is not None
    }


def _arm(result: CaseResult, arm: Arm) -> dict[str, Any]:
    """Return what ``simulate`` takes; a lever is known by the ending of its id."""
    case = result.case
    return {
        "model": case.binding.model,
        "host": case.host,
        "context": arm.context,
        "levers": {name: value for name, value in arm.settings if field_of(name)},
        "parameters": {name: value for name, value in arm.settings if not field_of(name)},
    }


def _commands(result: CaseResult) -> list[str]:
    return [_command(result, r) for r, _ in result.seen.read] if result.seen else []


def _command(result: CaseResult, reading: Reading) -> str:
    case = result.case
    words = ["immacro", "simulate", case.binding.model, "--host", case.host]
    words += ["--context", reading.arm.context]
    for name, value in reading.arm.settings:
        words += ["--set", f"{name}={value:.10g}"]
    output = derived.NEEDS.get(reading.observable, reading.observable)
    length = max(reading.day, reading.window.last if reading.window else 0.0, 1.0)
    return shlex.join([*words, "--days", f"{length:.10g}", "--observable", output])


def _unit(result: CaseResult, shelf: Shelf) -> str:
    case = result.case
    if case.cohort is not None and case.cohort.kind == "ranks":
        return "rho"
    name = case.binding.observable
    if name in derived.NEEDS:
        return derived.UNITS.get(name, "dimensionless")
    model = shelf.model(case.binding.model, case.host)
    known = model.allowed.contents.observables if model else {}
    return known[name].unit if name in known else ""


def _clean(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
