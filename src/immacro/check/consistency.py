"""libsbml's own verdict: every category of its consistency test, nothing switched off.

Identifiers, MathML, units, SBO terms, overdetermination and modelling practice are asked for one by
one, since some are off by default. What was logged while reading (schema errors, and faults in the
RDF of MIRIAM annotations) is returned too. After an error, no further test is run: libsbml crashes
on formulas that it could not read and on those that an earlier test has found at fault.
"""

from __future__ import annotations

import libsbml

from immacro.check.messages import Message
from immacro.check.reading import errors_of, is_error, one_line

CATEGORIES = (
    libsbml.LIBSBML_CAT_GENERAL_CONSISTENCY,
    libsbml.LIBSBML_CAT_IDENTIFIER_CONSISTENCY,
    libsbml.LIBSBML_CAT_UNITS_CONSISTENCY,
    libsbml.LIBSBML_CAT_MATHML_CONSISTENCY,
    libsbml.LIBSBML_CAT_SBO_CONSISTENCY,
    libsbml.LIBSBML_CAT_OVERDETERMINED_MODEL,
    libsbml.LIBSBML_CAT_MODELING_PRACTICE,
)


def check_consistency(document: libsbml.SBMLDocument) -> list[Message]:
    """Return everything that libsbml has to say about a document, in file order."""
    for category in CATEGORIES:
        document.setConsistencyChecks(category, True)
    for test in (document.checkConsistency, document.checkInternalConsistency):
        if not any(map(is_error, errors_of(document))):
            test()
    found = [_message(error) for error in errors_of(document)]
    # libsbml repeats some findings word for word.
    return sorted(dict.fromkeys(found), key=lambda m: (m.line, m.code))


def _message(error: libsbml.SBMLError) -> Message:
    return Message(
        source="libsbml",
        severity="error" if is_error(error) else "warning",
        code=str(error.getErrorId()),
        element="",
        line=error.getLine(),
        text=one_line(error.getMessage()) or error.getShortMessage(),
    )
