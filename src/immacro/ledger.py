"""The ledger: every number of a model with its unit, range and source.

A ledger is ``parameters.csv`` in a model's folder, one row per parameter and host:

========== ==============================================================================
id         the SBML id that the value gets
role       ``rate`` ``initial`` ``physical`` ``compartment`` ``switch`` or ``lever``
value      the number, in ``unit``
unit       a pint expression, as the literature gives it (``1/(nM*s)``, ``pg/mL``)
model_unit the unit inside the model, if not the canonical one (item, litre, day, picogram)
low, high  the range that a sensitivity study or a cohort may use, in ``unit``
distribution ``loguniform`` ``uniform`` or ``fixed`` (not sampled)
host       ``mouse``, ``human`` or ``any``
status     ``measured`` ``derived`` ``fitted`` or ``assumed``
source     ``PMID:...`` or ``doi:...``, several separated by ``; ``
derivation how the value and its range came about: the rationale of an assumed row
name       the display name
========== ==============================================================================

``contexts.csv`` beside it names tumours: rows of context, host, parameter, value in the parameter's
ledger unit, status, source and derivation.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path

import pandas as pd

from immacro import units
from immacro.errors import LedgerError, UnknownNameError

ROLES = ("rate", "initial", "physical", "compartment", "switch", "lever")
STATUSES = ("measured", "derived", "fitted", "assumed")
DISTRIBUTIONS = ("loguniform", "uniform", "fixed")
HOSTS = ("mouse", "human")
#: The last word of a lever parameter's id says what it sets.
LEVER_FIELDS = ("dose", "start", "stop", "interval", "count", "strength", "fold", "day", "extent")

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_SOURCE = re.compile(r"(PMID:\d{4,9}|doi:10\.\d{4,9}/\S+)")


@dataclass(frozen=True)
class Row:
    """One parameter of one host; ``value``, ``low`` and ``high`` are in ``model_unit``."""

    id: str
    role: str
    value: float
    unit: str
    model_unit: str
    low: float
    high: float
    distribution: str
    host: str
    status: str
    source: str
    derivation: str
    name: str
    literature_value: float

    @property
    def sampled(self) -> bool:
        """Whether a study may vary this parameter."""
        return self.distribution != "fixed"


@dataclass(frozen=True)
class Ledger:
    """The rows of one model for one host, in file order, and its tumour contexts."""

    host: str
    rows: dict[str, Row]
    contexts: dict[str, dict[str, float]] = field(default_factory=dict)
    path: Path = Path()

    def __getitem__(self, identifier: str) -> Row:
        """Return a row.

        Raises:
            LedgerError: no such row.
        """
        try:
            return self.rows[identifier]
        except KeyError:
            raise LedgerError(
                f"The rules use '{identifier}', which has no row for {self.host} in {self.path}",
                "Add a row with value, unit, range, status and source or rationale",
            ) from None

    def frame(self) -> pd.DataFrame:
        """Return the ledger as a table indexed by id, values in model units."""
        names = [f.name for f in fields(Row)]
        table = pd.DataFrame(
            [[getattr(row, n) for n in names] for row in self.rows.values()], columns=names
        )
        return table.set_index("id")

    def refuse_unused(self, used: Iterable[str]) -> None:
        """Refuse rows that no rule, dose or observable uses.

        Raises:
            LedgerError: names them.
        """
        unused = sorted(set(self.rows) - set(used))
        if unused:
            raise LedgerError(
                f"Nothing uses {', '.join(unused)} in {self.path}",
                "Use each row in a rule or delete it",
            )


def read(folder: Path, host: str) -> Ledger:
    """Read ``parameters.csv`` and ``contexts.csv`` of a model folder for one host.

    Args:
        folder: the model's folder.
        host: ``mouse`` or ``human``.

    Raises:
        UnknownNameError: the host does not exist.
        LedgerError: a row is malformed, unsourced, out of its range or given twice.
    """
    if host not in HOSTS:
        raise UnknownNameError.of("host", host, HOSTS)
    path = folder / "parameters.csv"
    rows: dict[str, Row] = {}
    for line, record in _records(path, {f.name for f in fields(Row)} - {"literature_value"}):
        row = _row(record, f"{path}:{line}")
        if row.host not in (host, "any"):
            continue
        if row.id in rows:
            raise LedgerError(
                f"{path}:{line}: '{row.id}' has two rows for {host}", "Keep one row per host"
            )
        rows[row.id] = row
    _refuse_missing_host(path, set(rows), host)
    return Ledger(host, rows, _contexts(folder / "contexts.csv", host, rows), path)


def _records(path: Path, columns: set[str]) -> list[tuple[int, dict[str, str]]]:
    """Return (line number, record) of a CSV file, checking its header."""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            missing = columns - set(reader.fieldnames or ())
            if missing:
                raise LedgerError(
                    f"{path} lacks the column {', '.join(sorted(missing))}",
                    "Start the file with the header that the ledger's documentation gives",
                )
            records = []
            for record in reader:
                if None in record or None in record.values():
                    raise LedgerError(
                        f"{path}:{reader.line_num}: the row has too many or too few fields",
                        "Quote fields that contain a comma",
                    )
                records.append((reader.line_num, {k: v.strip() for k, v in record.items()}))
            return records
    except OSError as error:
        raise LedgerError(f"{path} cannot be read ({error.strerror})", "") from None


def _number(text: str, what: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise LedgerError(f"{where}: {what} is '{text}'", "Give a finite number")
    return value


def _choice(text: str, known: tuple[str, ...], what: str, where: str) -> str:
    if text not in known:
        raise LedgerError(f"{where}: unknown {what} '{text}'", "Use " + ", ".join(known))
    return text


def _row(record: dict[str, str], where: str) -> Row:
    """Check one record and convert it to model units."""
    identifier = record["id"]
    where = f"{where} ({identifier})"
    if not _IDENTIFIER.fullmatch(identifier):
        raise LedgerError(f"{where}: '{identifier}' is not an SBML id", "Use letters, digits and _")
    role = _choice(record["role"], ROLES, "role", where)
    status = _choice(record["status"], STATUSES, "status", where)
    distribution = _choice(record["distribution"], DISTRIBUTIONS, "distribution", where)
    host = _choice(record["host"], (*HOSTS, "any"), "host", where)
    for word in filter(None, record["source"].split("; ")):
        if not _SOURCE.fullmatch(word):
            raise LedgerError(
                f"{where}: '{word}' is not a source", "Write PMID:12345678 or doi:10.1000/xyz"
            )
    if status == "measured" and not record["source"]:
        raise LedgerError(f"{where}: measured without a source", "Give a PMID or DOI, or 'assumed'")
    if status != "measured" and not record["derivation"]:
        raise LedgerError(f"{where}: {status} without a rationale", "Say how the value came about")
    if not record["name"]:
        raise LedgerError(f"{where}: no display name", "Fill in the column name")

    unit = record["unit"]
    try:
        model_unit = record["model_unit"] or units.canonical(unit)
        factor = units.convert(1.0, unit, model_unit)
    except LedgerError as error:
        raise LedgerError(f"{where}: {error.problem}", error.remedy) from None
    value = _number(record["value"], "value", where)
    if distribution == "fixed" and not record["low"] and not record["high"]:
        low = high = value
    else:
        low = _number(record["low"], "low", where)
        high = _number(record["high"], "high", where)
    if not low <= value <= high:
        raise LedgerError(
            f"{where}: the value {value:g} is outside its range {low:g} to {high:g}",
            "Correct the value or justify a wider range",
        )
    if distribution == "loguniform" and low <= 0:
        raise LedgerError(f"{where}: loguniform needs a positive lower bound", "Use uniform")
    in_model = [float(f"{number * factor:.12g}") for number in (value, low, high)]
    return Row(
        identifier, role, in_model[0], unit, model_unit, in_model[1], in_model[2],
        distribution, host, status, record["source"], record["derivation"], record["name"], value,
    )  # fmt: skip


def _refuse_missing_host(path: Path, present: set[str], host: str) -> None:
    """Refuse a ledger in which another host has a row that this host lacks."""
    elsewhere = {r["id"] for _, r in _records(path, {"id"})}
    missing = sorted(elsewhere - present)
    if missing:
        raise LedgerError(
            f"{path} has no row for {host}: {', '.join(missing)}",
            "Give each parameter one row per host, or one row with host 'any'",
        )


def _contexts(path: Path, host: str, rows: dict[str, Row]) -> dict[str, dict[str, float]]:
    """Return context -> parameter -> value in model units; no file means no contexts."""
    if not path.exists():
        return {}
    contexts: dict[str, dict[str, float]] = {}
    columns = {"context", "host", "parameter", "value", "status", "source", "derivation"}
    for line, record in _records(path, columns):
        where = f"{path}:{line} ({record['context']})"
        _choice(record["status"], STATUSES, "status", where)
        if record["status"] == "measured" and not record["source"]:
            raise LedgerError(f"{where}: measured without a source", "Give a PMID or DOI")
        if record["host"] not in (host, "any"):
            continue
        settings = contexts.setdefault(record["context"], {})
        if not record["parameter"]:
            continue
        row = rows.get(record["parameter"])
        if row is None:
            raise LedgerError(
                f"{where}: '{record['parameter']}' is not in the ledger", "Name a ledger row"
            )
        value = _number(record["value"], "value", where)
        settings[row.id] = value * units.convert(1.0, row.unit, row.model_unit)
    return contexts


def lever_of(identifier: str) -> tuple[str, str]:
    """Split a lever parameter's id into the lever and what it sets.

    ``lever_of("anti_gcsf_dose")`` is ``("anti_gcsf", "dose")``.
    """
    lever, _, word = identifier.rpartition("_")
    if not lever or word not in LEVER_FIELDS:
        raise LedgerError(
            f"'{identifier}' is not the id of a lever parameter",
            "End it in one of " + ", ".join(f"_{w}" for w in LEVER_FIELDS),
        )
    return lever, word
