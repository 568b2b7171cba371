"""MIRIAM and SBO: ``annotations.csv`` of a model folder, written into the SBML by libsbml.

Columns: ``element`` (``model``, a compartment, a monomer, an observable), ``qualifier`` (``is``,
``isVersionOf``, ``hasPart``, ``hasTaxon``, ``occursIn``, ``isDescribedBy``), ``resource`` (compact
identifier such as ``hgnc:2439``), ``host`` (``mouse``, ``human``, ``any``), ``sbo`` (of a monomer,
once) and ``name`` (the term's name, so that a reader can check it). A monomer whose only resource
is ``technical`` exists in no cell and is exempt from annotation.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import libsbml

from immacro.errors import BuildError

TECHNICAL = '<immacro:technical xmlns:immacro="https://immacro.readthedocs.io/ns"/>'
_TERM = re.compile(r"[A-Za-z][\w.]*:\S+")
_QUALIFIER = {
    "is": libsbml.BQB_IS,
    "isVersionOf": libsbml.BQB_IS_VERSION_OF,
    "hasPart": libsbml.BQB_HAS_PART,
    "hasTaxon": libsbml.BQB_HAS_TAXON,
    "occursIn": libsbml.BQB_OCCURS_IN,
    "isDescribedBy": libsbml.BQB_IS_DESCRIBED_BY,
    "hasProperty": libsbml.BQB_HAS_PROPERTY,
}


@dataclass(frozen=True)
class Terms:
    """The annotation table of one model and host."""

    terms: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    sbo: dict[str, str] = field(default_factory=dict)
    path: Path = Path()

    def of(self, element: str) -> list[tuple[str, str]]:
        """Return (qualifier, resource) of an element.

        Raises:
            BuildError: it has no row.
        """
        if element not in self.terms:
            raise BuildError(
                f"'{element}' has no row in {self.path}", "Add its term or 'technical'"
            )
        return self.terms[element]

    def technical(self, element: str) -> bool:
        """Whether an element exists only in the model."""
        return self.of(element) == [("", "technical")]


def read(folder: Path, host: str) -> Terms:
    """Read ``annotations.csv``."""
    path = folder / "annotations.csv"
    terms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    sbo: dict[str, str] = {}
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["host"] not in (host, "any"):
                continue
            resource, qualifier = row["resource"], row["qualifier"]
            if resource != "technical":
                if not _TERM.fullmatch(resource):
                    raise BuildError(f"{path}: '{resource}' is not a compact identifier", "")
                if qualifier not in _QUALIFIER:
                    raise BuildError(f"{path}: unknown qualifier '{qualifier}'", "")
            terms[row["element"]].append((qualifier, resource))
            if row["sbo"]:
                sbo[row["element"]] = row["sbo"]
    return Terms(dict(terms), sbo, path)


def add(element: libsbml.SBase, qualifier: str, resource: str) -> None:
    """Add one controlled-vocabulary term to an element that has a metaid."""
    term = libsbml.CVTerm(libsbml.BIOLOGICAL_QUALIFIER)
    term.setBiologicalQualifierType(_QUALIFIER[qualifier])
    term.addResource(uri(resource))
    element.addCVTerm(term)


def describe_model(model: libsbml.Model, resource: str) -> None:
    """Add a publication that describes the model."""
    term = libsbml.CVTerm(libsbml.MODEL_QUALIFIER)
    term.setModelQualifierType(libsbml.BQM_IS_DESCRIBED_BY)
    term.addResource(uri(resource))
    model.addCVTerm(term)


def uri(resource: str) -> str:
    """Return the identifiers.org address of a compact identifier or a ledger source."""
    prefix, _, accession = resource.partition(":")
    prefix = {"PMID": "pubmed"}.get(prefix, prefix)
    return f"https://identifiers.org/{prefix}:{accession}"
