"""What share of a model has units, SBO terms and MIRIAM identifiers, and what lacks them.

Units are wanted on parameters (local ones too), species and compartments, where the model's own
default counts; SBO terms on species, parameters and reactions. Those of compartments, events and
the model are counted only. MIRIAM is wanted on species and compartments that exist outside of the
model: all but those whose annotation has an element ``technical`` of ``NAMESPACE``. A species or
compartment counts if a term *identifies* it (is, isVersionOf, hasPart ...; a taxon or a paper does
not) by a well-formed identifier (``immacro.check.identifiers``).

libsbml does not flag a species reference of Level 3 without stoichiometry, which has no default:
that is always a message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import libsbml

from immacro.check.identifiers import fault
from immacro.check.messages import Coverage, Message, Severity

NAMESPACE = "https://immacro.readthedocs.io/ns"

_IDENTIFYING = {
    libsbml.BQB_IS,
    libsbml.BQB_HAS_PART,
    libsbml.BQB_IS_PART_OF,
    libsbml.BQB_IS_VERSION_OF,
    libsbml.BQB_HAS_VERSION,
    libsbml.BQB_IS_HOMOLOG_TO,
    libsbml.BQB_ENCODES,
    libsbml.BQB_IS_ENCODED_BY,
}
_Labelled = tuple[str, libsbml.SBase]


def check_coverage(
    document: libsbml.SBMLDocument, *, require: bool = True
) -> tuple[list[Coverage], list[Message]]:
    """Count units, SBO terms and identifiers.

    Args:
        document: a document from ``read_sbml``.
        require: make each gap and each malformed identifier a message.

    Returns:
        The counts, and the messages.
    """
    model = document.getModel()
    kinds = _elements(model)
    real = {k: [(n, e) for n, e in kinds[k] if not _is_technical(e)] for k in
            ("species", "compartments")}  # fmt: skip
    rows: list[tuple[str, str, Sequence[_Labelled], Callable[[libsbml.SBase], bool], bool]] = [
        ("units", "parameters", kinds["parameters"], libsbml.Parameter.isSetUnits, True),
        ("units", "species", kinds["species"], partial(_has_substance, model), True),
        ("units", "compartments", kinds["compartments"], partial(_has_size_unit, model), True),
        *(("SBO", k, kinds[k], libsbml.SBase.isSetSBOTerm, k in _SBO_REQUIRED) for k in kinds),
        *(("MIRIAM", k, real[k], _is_identified, True) for k in ("species", "compartments")),
    ]
    counts: list[Coverage] = []
    messages = list(_missing_stoichiometry(model))
    for topic, kind, elements, has, required in rows:
        gaps = [(name, element) for name, element in elements if not has(element)]
        counts.append(
            Coverage(
                f"{topic} of {kind}",
                len(elements) - len(gaps),
                len(elements),
                tuple(element.getId() for _, element in gaps),
                required,
            )
        )
        if require and required:
            messages += [
                _message(topic.lower(), name, element, _LACKING[topic]) for name, element in gaps
            ]
    if require:
        messages += _malformed(element for group in kinds.values() for element in group)
    return counts, messages


_SBO_REQUIRED = ("species", "parameters", "reactions")
_LACKING = {
    "units": "has no unit",
    "SBO": "has no SBO term",
    "MIRIAM": "has no well-formed identifier of what it is, nor the annotation 'technical'",
}


def _elements(model: libsbml.Model) -> dict[str, list[_Labelled]]:
    """Return the elements of each kind, each with how to call it."""
    laws = [r.getKineticLaw() for r in model.getListOfReactions() if r.isSetKineticLaw()]
    local = [
        (f"local parameter '{p.getId()}' of '{law.getParentSBMLObject().getId()}'", p)
        for law in laws
        for p in (
            law.getListOfLocalParameters() if law.getLevel() > 2 else law.getListOfParameters()
        )
    ]
    return {
        "parameters": [*_labelled("parameter", model.getListOfParameters()), *local],
        "species": _labelled("species", model.getListOfSpecies()),
        "reactions": _labelled("reaction", model.getListOfReactions()),
        "compartments": _labelled("compartment", model.getListOfCompartments()),
        "events": _labelled("event", model.getListOfEvents()),
        "model": _labelled("model", [model]),
    }


def _labelled(kind: str, elements: Iterable[libsbml.SBase]) -> list[_Labelled]:
    return [(f"{kind} '{element.getId()}'", element) for element in elements]


def _has_substance(model: libsbml.Model, species: libsbml.Species) -> bool:
    if species.isSetSubstanceUnits():
        return True
    return model.isSetSubstanceUnits() if model.getLevel() > 2 else False


def _has_size_unit(model: libsbml.Model, compartment: libsbml.Compartment) -> bool:
    if compartment.isSetUnits():
        return True
    if model.getLevel() < 3:
        return False
    dimensions = compartment.getSpatialDimensions() if compartment.isSetSpatialDimensions() else 3
    return bool({3: model.isSetVolumeUnits, 2: model.isSetAreaUnits, 1: model.isSetLengthUnits}.get(
        dimensions, lambda: True)())  # fmt: skip


def _is_technical(element: libsbml.SBase) -> bool:
    annotation = element.getAnnotation()
    children = (
        [] if annotation is None else map(annotation.getChild, range(annotation.getNumChildren()))
    )
    return any(c.getName() == "technical" and c.getURI() == NAMESPACE for c in children)


def _terms(element: libsbml.SBase) -> Iterator[tuple[libsbml.CVTerm, str]]:
    """Yield each term of an element with each of its resources."""
    for index in range(element.getNumCVTerms()):
        term = element.getCVTerm(index)
        for number in range(term.getNumResources()):
            yield term, term.getResourceURI(number)


def _is_identified(element: libsbml.SBase) -> bool:
    return any(
        term.getQualifierType() == libsbml.BIOLOGICAL_QUALIFIER
        and term.getBiologicalQualifierType() in _IDENTIFYING
        and not fault(resource)
        for term, resource in _terms(element)
    )


def _malformed(elements: Iterable[_Labelled]) -> Iterator[Message]:
    for name, element in elements:
        for _, resource in _terms(element):
            if problem := fault(resource):
                yield _message("identifier", name, element, f"has an identifier: {problem}")


def _missing_stoichiometry(model: libsbml.Model) -> Iterator[Message]:
    if model.getLevel() < 3:
        return
    computed = {a.getSymbol() for a in model.getListOfInitialAssignments()}
    computed |= {r.getVariable() for r in model.getListOfRules()}
    for reaction in model.getListOfReactions():
        for reference in (*reaction.getListOfReactants(), *reaction.getListOfProducts()):
            given = reference.isSetStoichiometry() or reference.getId() in computed - {""}
            if not given:
                name = f"reaction '{reaction.getId()}'"
                text = f"has no stoichiometry for '{reference.getSpecies()}'"
                yield _message("stoichiometry", name, reference, text)


def _message(code: str, name: str, element: libsbml.SBase, text: str) -> Message:
    severity: Severity = "error" if code in ("identifier", "stoichiometry") else "warning"
    return Message("coverage", severity, code, name, element.getLine(), f"the {name} {text}")
