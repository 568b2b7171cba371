"""Refuse XML that must not reach libsbml: one pass with expat, before anything is built from it.

libsbml crashes on deeply nested elements and on hierarchical models, and reads what the simulators
cannot run. So these are refused here: XML that is malformed or cut off, that is not SBML, that is
SBML Level 1, nested deeper than ``MAX_DEPTH``, or that needs a package which changes the meaning of
the model. Document types and entities are refused by text before this pass, and once more in it.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from immacro.errors import SbmlError

#: libsbml's recursive readers overflow the stack somewhere above 5,000 levels.
MAX_DEPTH = 500

_SBML = re.compile(r"http://www\.sbml\.org/sbml/level(\d)(?:/version\d+(?:/core)?)?")
_PACKAGE = re.compile(r"http://www\.sbml\.org/sbml/level3/version\d+/(\w+)/version\d+")
_FLATTEN = {
    "comp": (
        "is composed of submodels (SBML package comp)",
        "Flatten it first, for example by opening it in COPASI and exporting it again",
    ),
    "multi": (
        "is rule-based (SBML package multi)",
        "Flatten it first: export the generated reaction network",
    ),
}
#: Packages that may be required although the core model stays complete without them.
_HARMLESS = {"distrib", "l3v2extendedmath"}
_CUT_OFF = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}


def screen(text: str, name: str) -> None:
    """Refuse XML text that is not plain, flat, well-formed SBML of Level 2 or 3.

    Args:
        text: the whole file.
        name: how to call it in the message.

    Raises:
        SbmlError: it is not; the message says what to do.
    """
    screening = _Screening(name)
    parser = expat.ParserCreate("utf-8", " ")
    parser.StartDoctypeDeclHandler = screening.doctype
    parser.StartNamespaceDeclHandler = screening.namespace
    parser.StartElementHandler = screening.start
    parser.EndElementHandler = screening.end
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        if error.code in _CUT_OFF:
            raise SbmlError(
                f"{name} is cut off: it ends in line {error.lineno} before its last element does",
                "Download or export it again",
            ) from None
        raise SbmlError(
            f"{name} is not well-formed XML: {expat.ErrorString(error.code)} "
            f"in line {error.lineno}, column {error.offset + 1}",
            "Correct it there, or export it again",
        ) from None


class _Screening:
    """The expat handlers; each raises at the first thing that it must not let pass."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.seen_root = False

    def doctype(self, *_: object) -> None:
        raise document_type(self.name)

    def namespace(self, _prefix: str | None, uri: str | None) -> None:
        package = _PACKAGE.fullmatch(uri or "")
        if package and package[1] in _FLATTEN:
            problem, remedy = _FLATTEN[package[1]]
            raise SbmlError(f"{self.name} {problem}", remedy)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SbmlError(
                f"{self.name} nests its elements more than {MAX_DEPTH} deep",
                "Flatten its formulas, or give a file from a source that you trust",
            )
        if not self.seen_root:
            self.seen_root = True
            self._root(tag, attributes)

    def end(self, _tag: str) -> None:
        self.depth -= 1

    def _root(self, tag: str, attributes: dict[str, str]) -> None:
        uri, _, word = tag.rpartition(" ")
        sbml = _SBML.fullmatch(uri)
        if word != "sbml" or not sbml:
            where = f" of {uri[:100]}" if uri else ""
            raise SbmlError(
                f"{self.name} is not SBML: its root element is <{word[:100]}>{where}",
                "Give an SBML file of Level 2 or 3, or convert it to one",
            )
        if sbml[1] not in ("2", "3"):
            raise SbmlError(
                f"{self.name} is SBML Level {sbml[1]}, which has no exact reading here",
                "Convert it to Level 3, for example with COPASI",
            )
        for attribute, value in attributes.items():
            package, _, word = attribute.rpartition(" ")
            if word != "required" or value not in ("true", "1"):
                continue
            match = _PACKAGE.fullmatch(package)
            if not match or match[1] not in _HARMLESS:
                raise SbmlError(
                    f"{self.name} requires the SBML package {match[1] if match else package}, "
                    "which changes what the model means",
                    "Flatten it first: export it without SBML packages",
                )


def document_type(name: str) -> SbmlError:
    """Return the refusal of a file with a document type or entity."""
    return SbmlError(
        f"{name} declares a document type or entities, which SBML never needs and which can read "
        "other files or fill the memory",
        "Remove <!DOCTYPE …> and <!ENTITY …>, or give a file from a source that you trust",
    )
