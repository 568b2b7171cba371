"""libsbml's own verdict: every category of its consistency test, nothing switched off.

What was logged while reading (schema errors, and faults in the RDF of MIRIAM annotations) is
returned too. libsbml crashes when it works out the units of formulas that are themselves at fault,
so after an error while reading nothing more is tested, and after any other error, or beside a
kinetic law without formula (which Level 3 Version 2 allows), the units are not. Its "internal"
consistency test is left out: it is meant for documents put together by a program, looks for what a
file is searched for while it is read, and crashes on some.
"""

from __future__ import annotations

import libsbml

from immacro.check.messages import Message
from immacro.check.reading import errors_of, is_error, one_line

#: In two rounds, the second only after a first without errors.
_ROUNDS = (
    {
        libsbml.LIBSBML_CAT_GENERAL_CONSISTENCY,
        libsbml.LIBSBML_CAT_IDENTIFIER_CONSISTENCY,
        libsbml.LIBSBML_CAT_MATHML_CONSISTENCY,
        libsbml.LIBSBML_CAT_SBO_CONSISTENCY,
        libsbml.LIBSBML_CAT_OVERDETERMINED_MODEL,
    },
    {libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, libsbml.LIBSBML_CAT_MODELING_PRACTICE},
)


def check_consistency(document: libsbml.SBMLDocument) -> list[Message]:
    """Return everything that libsbml has to say about a document, in file order."""
    empty = [_left_out(r) for r in document.getModel().getListOfReactions() if _has_empty_law(r)]
    for categories in _ROUNDS:
        if any(map(is_error, errors_of(document))) or (empty and categories is _ROUNDS[-1]):
            break
        for category in set.union(*_ROUNDS):
            document.setConsistencyChecks(category, category in categories)
        document.checkConsistency()
    found = empty + [_message(error) for error in errors_of(document)]
    # libsbml repeats some findings word for word.
    return sorted(dict.fromkeys(found), key=lambda m: (m.line, m.code))


def _has_empty_law(reaction: libsbml.Reaction) -> bool:
    return reaction.isSetKineticLaw() and not reaction.getKineticLaw().isSetMath()


def _left_out(reaction: libsbml.Reaction) -> Message:
    name = f"kinetic law of '{reaction.getId()}'"
    text = f"the {name} has no formula, so libsbml's unit check is left out"
    return Message("libsbml", "warning", "formula", name, reaction.getLine(), text)


def _message(error: libsbml.SBMLError) -> Message:
    return Message(
        source="libsbml",
        severity="error" if is_error(error) else "warning",
        code=str(error.getErrorId()),
        element="",
        line=error.getLine(),
        text=one_line(error.getMessage()) or error.getShortMessage(),
    )
