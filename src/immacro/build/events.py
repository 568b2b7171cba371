"""Doses, switches, seeds and operations as SBML events.

Of the schemes tried, only unrolled events on a floating species are executed rightly by
roadrunner, COPASI and AMICI at time zero, after a reset and in the middle of a dose: one event per
possible dose, ``time >= onset + start + k*interval && count > k + 0.5``, persistent, initial value
false, assignment values taken when the event runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import libsbml

from immacro.build import notes
from immacro.build.assembly import Bolus, Seed, Surgery, Switch
from immacro.build.formula import number, parse, to_math


def add_bolus(
    model: libsbml.Model, bolus: Bolus, target: str, ids: Mapping[str, str], identifier: str
) -> None:
    """Write one event per possible dose of a lever."""
    lever = bolus.lever
    for k in range(bolus.maximum):
        due = f"time >= onset + {lever}_start + {number(k)} * {lever}_interval"
        event = _event(
            model, f"{identifier}__{k + 1}", f"{due} && {lever}_count > {number(k + 0.5)}",
            {target: _plus(target, bolus.amount, ids)},
        )  # fmt: skip
        notes.add(event, f"Dose {k + 1} of at most {bolus.maximum} of {lever}.")


def add_switch(model: libsbml.Model, switch: Switch, target: str) -> None:
    """Write the two events that put a lever's helper species to one and back to zero."""
    for word, value in (("start", 1), ("stop", 0)):
        trigger = f"time >= onset + {switch.lever}_{word}"
        assignment = parse(number(value, "item"))
        event = _event(model, f"{switch.lever}_{word}s", trigger, {target: assignment})
        notes.add(event, f"{switch.lever} {word}s.")


def add_seed(model: libsbml.Model, seed: Seed, target: str, ids: Mapping[str, str]) -> None:
    """Write the event that adds to a species at the onset."""
    event = _event(model, seed.name, "time >= onset", {target: _plus(target, seed.amount, ids)})
    notes.add(event, f"{seed.name.replace('_', ' ')} when the story starts.")


def add_surgery(
    model: libsbml.Model,
    surgery: Surgery,
    targets: Iterable[str],
    wound: str | None,
    ids: Mapping[str, str],
) -> None:
    """Write the event that takes a share of each target and opens a wound."""
    lever = surgery.lever
    changed = {t: parse(f"{t} * (1 dimensionless - {lever}_extent)") for t in targets}
    said = [f"takes its share of all that is in the {surgery.compartment}"] if changed else []
    if wound:
        changed[wound] = _plus(wound, surgery.opened, ids)
        said.append("opens a wound")
    trigger = f"time >= onset + {lever}_day && {lever}_extent > {number(0)}"
    event = _event(model, f"{lever}_is_done", trigger, changed)
    notes.add(event, f"{lever} {' and '.join(said)}.")


def _plus(target: str, amount: Any, ids: Mapping[str, str]) -> libsbml.ASTNode:
    total = parse(f"{target} + 1 dimensionless")
    total.replaceChild(1, to_math(amount, ids))
    return total


def _event(
    model: libsbml.Model, identifier: str, trigger: str, assignments: Mapping[str, libsbml.ASTNode]
) -> libsbml.Event:
    event = model.createEvent()
    event.setId(identifier)
    event.setMetaId(f"meta_{identifier}")
    event.setName(identifier.replace("_", " "))
    event.setSBOTerm("SBO:0000231")
    event.setUseValuesFromTriggerTime(False)
    condition = event.createTrigger()
    condition.setInitialValue(False)
    condition.setPersistent(True)
    condition.setMath(parse(trigger))
    for target, math in assignments.items():
        assignment = event.createEventAssignment()
        assignment.setVariable(target)
        assignment.setMath(math)
    return event
