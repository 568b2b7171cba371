"""MIRIAM identifiers, checked without network: compact https URIs of identifiers.org.

A resource is ``https://identifiers.org/<prefix>:<accession>``. The table holds the collections that
models of this field use, with patterns after the identifiers.org registry and the OBO Foundry, some
stricter. A prefix outside the table is a fault, since it may be a misspelling: add the collection.
"""

from __future__ import annotations

import re

ROOT = "https://identifiers.org/"

_SEVEN = r"\d{7}"
_PATTERNS = {
    "biomodels.db": r"(BIOMD|MODEL)\d{10}|BMID\d{12}",
    "bto": _SEVEN,
    "cellosaurus": r"CVCL_[A-Z0-9]{4}",
    "chebi": r"\d+",
    "chembl.compound": r"CHEMBL\d+",
    "cl": _SEVEN,
    "clo": _SEVEN,
    "complexportal": r"CPX-\d+",
    "doi": r"10\.\d{4,9}/\S+",
    "doid": r"\d+",
    "drugbank": r"DB\d{5}",
    "efo": _SEVEN,
    "ensembl": r"ENS([A-Z]{3})?[EFPTGR]\d{11}(\.\d+)?",
    "fma": r"\d+",
    "go": _SEVEN,
    "hgnc": r"(HGNC:)?\d{1,5}",
    "hp": _SEVEN,
    "interpro": r"IPR\d{6}",
    "kegg.compound": r"C\d+",
    "ma": r"\d+",
    "mesh": r"[CD]\d{6,9}",
    "mgi": r"\d+",
    "mondo": _SEVEN,
    "mp": _SEVEN,
    "ncbigene": r"\d+",
    "ncbitaxon": r"\d+",
    "ncit": r"C\d+",
    "obi": _SEVEN,
    "orphanet": r"\d+",
    "pato": _SEVEN,
    "pfam": r"PF\d{5}",
    "pmc": r"PMC\d+",
    "pr": r"P?\d+|[A-NR-Z]\d([A-Z][A-Z0-9]{2}\d){1,2}|[OPQ]\d[A-Z0-9]{3}\d",
    "pubchem.compound": r"\d+",
    "pubmed": r"\d+",
    "reactome": r"R-[A-Z]{3}-\d+(-\d+)?(\.\d+)?",
    "refseq": r"(AC|AP|NC|NG|NM|NP|NR|NT|NW|WP|XM|XP|XR|YP|ZP)_\d+(\.\d+)?",
    "sbo": _SEVEN,
    "so": _SEVEN,
    "taxonomy": r"\d+",
    "uberon": _SEVEN,
    "unii": r"[A-Z0-9]{10}",
    "uniprot": r"([A-NR-Z]\d([A-Z][A-Z0-9]{2}\d){1,2}|[OPQ]\d[A-Z0-9]{3}\d)(\.\d+)?",
}
_COMPILED = {prefix: re.compile(pattern, re.ASCII) for prefix, pattern in _PATTERNS.items()}


def fault(resource: str) -> str:
    """Return what is wrong with a MIRIAM resource, or nothing.

    Prefixes are told apart by their letters, not their case: ``CL:0000451`` and ``cl:0000451``.
    """
    if not resource.startswith(ROOT):
        return f"'{resource}' is not an identifiers.org address; write {ROOT}<prefix>:<accession>"
    prefix, colon, accession = resource.removeprefix(ROOT).partition(":")
    if not colon or "/" in prefix:
        return f"'{resource}' is not compact; write {ROOT}<prefix>:<accession>"
    if prefix.lower() not in _COMPILED:
        return f"'{resource}' has the unknown prefix '{prefix}'"
    if not _COMPILED[prefix.lower()].fullmatch(accession):
        pattern = _PATTERNS[prefix.lower()]
        return f"'{resource}' is malformed: '{accession}' does not match {pattern}"
    return ""
