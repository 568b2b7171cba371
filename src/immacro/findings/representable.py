"""What of a row the models lack: whatever is missing is named, and nothing is run in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from immacro.errors import ImmacroError
from immacro.findings import derived
from immacro.findings.arms import Arm, field_of, lever_name
from immacro.findings.cases import Case
from immacro.simulation.model import Model


@dataclass(frozen=True, order=True)
class Missing:
    """Something that a case needs and its model has not.

    Attributes:
        kind: ``model``, ``host``, ``context``, ``lever``, ``lever field``, ``switch``,
            ``observable``, ``cohort factor``, ``setting`` or ``day``.
        name: its name, or for a setting or day what is wrong.
    """

    kind: str
    name: str

    def __str__(self) -> str:
        return self.name if self.kind in ("setting", "day") else f"no {self.kind} {self.name}"


def of_case(case: Case, model: Model | None, models: bool) -> list[Missing]:
    """Return what is missing to run a case, nothing if it can be run.

    Args:
        case: the case.
        model: its model, None if there is none.
        models: whether the model exists for another host.
    """
    if model is None:
        name = case.binding.model
        return [Missing("host", f"{case.host} of {name}") if models else Missing("model", name)]
    missing = [*of_arms(_arms(case), model), *_observables(case, model)]
    if case.unmovable:
        missing.append(Missing("day", case.unmovable))
    return list(dict.fromkeys(missing))


def of_control(case: Case, model: Model) -> list[Missing]:
    """Return what is missing to set the control of a case."""
    return of_arms([Arm(case.context, case.binding.control)], model)


def of_arms(found: Iterable[Arm], model: Model) -> list[Missing]:
    """Return what a model lacks to set arms."""
    missing = []
    for arm in found:
        lacking = [Missing("context", arm.context)] if arm.context not in model.contexts else []
        lacking += [m for name, _ in arm.settings if (m := _of_setting(name, model))]
        if not lacking:
            try:
                model.allowed.resolve(None, dict(arm.settings), arm.context)
            except ImmacroError as error:
                lacking.append(Missing("setting", error.problem))
        missing += lacking
    return list(dict.fromkeys(missing))


def needed_outputs(observables: Iterable[str]) -> list[str]:
    """Return what must be simulated to read observables."""
    return sorted({derived.NEEDS.get(name, name) for name in observables})


def _arms(case: Case) -> list[Arm]:
    arms = [case.arm_a, case.arm_b, case.reference_a, case.reference_b]
    return list(dict.fromkeys(arm for arm in arms if arm is not None))


def _observables(case: Case, model: Model) -> list[Missing]:
    binding = case.binding
    if case.cohort is None:
        names = [binding.observable, *filter(None, [binding.observable_b])]
    else:
        names = [point.name for point in case.cohort.points if point.day is not None]
        names = names or [binding.observable]
    factors = [p.name for p in case.cohort.points if p.day is None] if case.cohort else []
    known = model.allowed.contents.observables
    lacking = [n for n in names if derived.NEEDS.get(n, n) not in known]
    return [
        *(Missing("cohort factor", name) for name in factors),
        *(Missing("observable", name) for name in lacking),
    ]


def _of_setting(name: str, model: Model) -> Missing | None:
    symbols = model.allowed.contents.symbols
    if name in symbols:
        return None
    lever = lever_name(name)
    if not lever:
        return Missing("switch", name)
    if any(lever_name(s.id) == lever for s in symbols.values() if s.is_lever):
        return Missing("lever field", f"{field_of(name)} of {lever}")
    return Missing("lever", lever)
