"""Read an SBML file that nobody has looked at yet.

Everything that reads SBML from a user goes through ``read_sbml``. A file reaches libsbml only when
it is a regular file of at most ``MAX_BYTES``, uncompressed UTF-8 (SBML allows no other encoding, so
no encoding can hide anything), without document type or entities, and well-formed flat SBML of
Level 2 or 3 (``immacro.check.screening``). Functions that call themselves or that expand to more
than ``MAX_EXPANSION`` terms are refused too, since validators and simulators expand them in full.
Each refusal is one ``SbmlError`` with a remedy.
"""

from __future__ import annotations

import re
import stat
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import libsbml

from immacro.check.screening import document_type, screen
from immacro.errors import SbmlError

MAX_BYTES = 32 * 2**20
MAX_EXPANSION = 20_000

_PACKED = {b"\x1f\x8b": "gzip", b"PK": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
_DECLARED = re.compile(r"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"']*)[\"']")
_WEB_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_ENTITIES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_sbml(path: str | Path, *, valid: bool = True) -> libsbml.SBMLDocument:
    """Read an SBML file, hostile or not.

    Args:
        path: the file.
        valid: refuse a file with an error that libsbml finds while reading, such as a missing
            attribute; without it, such errors stay in the document's log for ``check`` to list.

    Returns:
        A document that has a model. Keep it alive as long as anything that came out of it.

    Raises:
        SbmlError: the file cannot be used; the message says why and what to do.
    """
    text = read_text(path)
    document = libsbml.readSBMLFromString(text)
    errors = [error for error in errors_of(document) if is_error(error)]
    if errors and (valid or document.getModel() is None or any(e.isFatal() for e in errors)):
        first = errors[0]
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise SbmlError(
            f"{path} is not valid SBML: {first.getShortMessage()} in line {first.getLine()}{more}",
            f"Correct it there; libsbml says: {one_line(first.getMessage()).rstrip('.')}",
        )
    if document.getModel() is None:
        raise SbmlError(f"{path} contains no model", "Give an SBML file with a <model> element")
    _refuse_expansion(document.getModel(), str(path))
    return document


def read_text(path: str | Path) -> str:
    """Return the text of an SBML file after all that can be refused without libsbml.

    Raises:
        SbmlError: the file cannot be used; the message says why and what to do.
    """
    name = str(path)
    content = _read_bytes(Path(path), name)
    for magic, kind in _PACKED.items():
        if content.startswith(magic):
            raise SbmlError(f"{name} is compressed ({kind})", "Unpack it and give the .xml file")
    text = _decode(content, name)
    start = text.lstrip()[:1000]
    if not start:
        raise SbmlError(f"{name} is empty", "Give an SBML file")
    if not start.startswith("<"):
        raise SbmlError(f"{name} is not XML", "Give an SBML file, or convert it to SBML first")
    if _WEB_PAGE.search(start):
        raise SbmlError(
            f"{name} is a web page, not SBML", "Download the file itself, not the page about it"
        )
    if _ENTITIES.search(text):
        raise document_type(name)
    screen(text, name)
    return text


def errors_of(document: libsbml.SBMLDocument) -> list[libsbml.SBMLError]:
    """Return what libsbml has logged about a document so far."""
    return [document.getError(index) for index in range(document.getNumErrors())]


def is_error(error: libsbml.SBMLError) -> bool:
    """Whether a logged finding is an error rather than a warning."""
    return bool(error.isError() or error.isFatal())


def one_line(text: str) -> str:
    """Return a text of several lines on one."""
    return " ".join(text.split())


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SbmlError(f"{name} is a directory", "Give one SBML file in it")
        if not stat.S_ISREG(status.st_mode):
            raise SbmlError(f"{name} is not a regular file", "Save it to disk and give that file")
        if status.st_size <= MAX_BYTES:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
            if len(content) <= MAX_BYTES:
                return content
    except FileNotFoundError:
        raise SbmlError(f"{name} does not exist", "Check the path and the spelling") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SbmlError(f"{name!r} cannot be read ({reason})", "Give a readable file") from None
    raise SbmlError(
        f"{name} is larger than {MAX_BYTES / 2**20:g} MB and is not read",
        "Give the model without embedded data, layouts or results",
    )


def _decode(content: bytes, name: str) -> str:
    """Return UTF-8 content as text."""
    remedy = "Save it as UTF-8, which SBML requires"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise SbmlError(f"{name} is encoded in UTF-16, not UTF-8", remedy)
    if b"\0" in content:
        raise SbmlError(f"{name} is a binary file, not SBML", "Give an SBML file (XML text)")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SbmlError(f"{name} is not UTF-8 text (line {line})", remedy) from None
    declared = _DECLARED.match(text.lstrip())
    if declared and declared[1].lower() != "utf-8":
        raise SbmlError(f"{name} declares the encoding {declared[1]!r}, not UTF-8", remedy)
    return text


def _refuse_expansion(model: libsbml.Model, name: str) -> None:
    """Refuse function definitions that are small to write and endless to expand."""
    own: dict[str, int] = {}
    calls: dict[str, Counter[str]] = {}
    for definition in model.getListOfFunctionDefinitions():
        body = definition.getBody()
        pending = [] if body is None else [body]
        counted = Counter[str]()
        size = 0
        while pending:
            node = pending.pop()
            size += 1
            if node.getType() == libsbml.AST_FUNCTION:
                counted[node.getName()] += 1
            pending += map(node.getChild, range(node.getNumChildren()))
        own[definition.getId()], calls[definition.getId()] = size, counted
    try:
        order = list(TopologicalSorter(calls).static_order())
    except CycleError as error:
        raise SbmlError(
            f"{name} defines the function '{error.args[1][0]}' by itself",
            "Write it without recursion, which SBML does not allow",
        ) from None
    sizes: dict[str, int] = {}
    for identifier in order:
        called = calls.get(identifier, Counter())
        sizes[identifier] = own.get(identifier, 0) + sum(sizes[f] * n for f, n in called.items())
        if sizes[identifier] > MAX_EXPANSION:
            raise SbmlError(
                f"{name} has the function '{identifier}', which expands to more than "
                f"{MAX_EXPANSION:,} terms",
                "Write it without calling other functions many times over",
            )
