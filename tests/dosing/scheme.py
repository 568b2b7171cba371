"""Read a file's events and say where they leave our scheme.

Our scheme: every event is persistent, has initialValue false, useValuesFromTriggerTime false, no
delay and no priority, moves floating species only, and is triggered by constants and time alone
(what an event changes triggers none); a count is compared with k + 0.5; time stands in triggers
only.
"""

from __future__ import annotations

from collections.abc import Iterator

import libsbml


def faults(sbml: str) -> list[str]:
    """Return what each event, and each use of time, does that our scheme does not."""
    document = libsbml.readSBMLFromString(sbml)
    model = document.getModel()
    found = [
        f"{event.getId()}: {fault}"
        for event in model.getListOfEvents()
        for fault in _of_event(model, event)
    ]
    rules = ((rule.getVariable(), rule.getMath()) for rule in model.getListOfRules())
    laws = ((r.getId(), r.getKineticLaw().getMath()) for r in model.getListOfReactions())
    for where, formula in (*rules, *laws):
        if any(node.getType() == libsbml.AST_NAME_TIME for node in _nodes(formula)):
            found.append(f"{where}: time outside a trigger")
    return found


def _of_event(model: libsbml.Model, event: libsbml.Event) -> Iterator[str]:
    trigger = event.getTrigger()
    if not trigger.getPersistent():
        yield "not persistent"
    if trigger.getInitialValue():
        yield "initially true"
    if event.getUseValuesFromTriggerTime():
        yield "values from trigger time"
    if event.isSetDelay():
        yield "delay"
    if event.isSetPriority():
        yield "priority"
    for assignment in event.getListOfEventAssignments():
        species = model.getSpecies(assignment.getVariable())
        if species is None or species.getBoundaryCondition() or species.getConstant():
            yield "target is not a floating species"
    for node in _nodes(trigger.getMath()):
        if node.getType() == libsbml.AST_NAME:
            parameter = model.getParameter(node.getName())
            if parameter is None or not parameter.getConstant():
                yield "trigger depends on what is not constant"
        elif node.getType() == libsbml.AST_RELATIONAL_GT:
            counted, threshold = node.getChild(0), node.getChild(1)
            whole = threshold.isNumber() and threshold.getValue() % 1 != 0.5
            if (counted.getName() or "").endswith("_count") and whole:
                yield "count compared with a whole number"


def _nodes(formula: libsbml.ASTNode | None) -> Iterator[libsbml.ASTNode]:
    if formula is not None:
        yield formula
        for index in range(formula.getNumChildren()):
            yield from _nodes(formula.getChild(index))
