"""Bindings: rows of ``bindings.csv``, each a finding as an experiment.

The ``BINDINGS.md`` beside the file says what each column means. A file with a malformed row is
refused with its line and column: what cannot be read must not be guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

from immacro import catalogue
from immacro.errors import ImmacroError
from immacro.findings import arms, conditions, derived
from immacro.findings.arms import ZERO, Arm
from immacro.findings.cohort_text import Cohort, parse_cohort
from immacro.findings.conditions import Order, Threshold, Window
from immacro.ledger import HOSTS

FILE = "bindings.csv"
COLUMNS = (
    "id", "tier", "refs", "observable", "direction", "status", "model", "host", "context",
    "also_contexts", "test", "threshold", "arm_a", "arm_b", "reference", "day", "day_b", "window",
    "observable_b", "also_observable", "cohort", "control", "by_construction", "reason", "note",
)  # fmt: skip
STATUSES = ("bound", "study", "not_represented")
#: Test -> the directions of which it is the test.
TESTS = {
    "ratio": ("up", "down", "unchanged", "not_up"),
    "rank": ("up", "down"),
    "threshold": ("up", "down"),
    "restored": ("restored",),
    "required": ("required",),
    "abrogated": ("abrogated",),
    "association": ("positive_association", "negative_association", "no_association"),
}
DIRECTIONS = tuple(direction for directions in TESTS.values() for direction in directions)
_NEEDS_REFERENCE = ("restored", "required", "abrogated")

T = TypeVar("T")


class BindingsError(ImmacroError):
    """A file of bindings that cannot be read."""


@dataclass(frozen=True)
class Binding:
    """One row; ``texts`` has every column as it stands there, by name."""

    id: str
    tier: str
    observable: str
    direction: str
    status: str
    model: str
    host: str
    context: str
    also_contexts: tuple[str, ...]
    test: str
    threshold: Threshold | None
    arm_a: tuple[Arm, ...]
    arm_b: tuple[Arm, ...]
    reference: tuple[Arm, ...]
    zero: bool
    day: float
    day_b: float | None
    window: Window | None
    observable_b: str
    also_observable: str
    cohort: Cohort | None
    control: tuple[tuple[str, float], ...]
    by_construction: bool
    texts: dict[str, str]

    @property
    def represented(self) -> bool:
        """Whether the row is an experiment at all."""
        return self.status != "not_represented"


def packaged() -> list[Path]:
    """Return the bindings that come with the models, by model."""
    folders = (catalogue.entry(name).folder for name in catalogue.models())
    return [folder / FILE for folder in folders if (folder / FILE).is_file()]


def read(path: Path) -> list[Binding]:
    """Read bindings.

    Raises:
        BindingsError: the file cannot be read, or a row is malformed.
    """
    found: dict[str, Binding] = {}
    for line, record in _records(path):
        row = _Row(path, line, record)
        binding = row.binding()
        if binding.id in found:
            row.refuse("id", "this finding has a row already", "Keep one row per finding")
        found[binding.id] = binding
    return list(found.values())


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = tuple(next(reader, ()))
            if header != COLUMNS:
                odd = [f"'{name}'" for name in [*COLUMNS, *header]
                       if (name in COLUMNS) != (name in header)]  # fmt: skip
                what = f"differs in {', '.join(odd)}" if odd else "has another order"
                raise BindingsError(
                    f"{path}:1: the header {what}", "Start with " + ",".join(COLUMNS)
                )
            for fields in reader:
                if len(fields) != len(COLUMNS):
                    raise BindingsError(
                        f"{path}:{reader.line_num}: the row has {len(fields)} fields instead of "
                        f"{len(COLUMNS)}",
                        "Quote fields that contain a comma",
                    )
                yield reader.line_num, dict(zip(COLUMNS, fields, strict=True))
    except (OSError, UnicodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise BindingsError(f"{path} cannot be read ({reason})", "Repair the file") from None


class _Row:
    """A row while it is being read; every refusal says where."""

    def __init__(self, path: Path, line: int, record: dict[str, str]) -> None:
        self._path = path
        self._line = line
        self._record = record

    def refuse(self, column: str, problem: str, remedy: str) -> NoReturn:
        """Refuse the row for what a column says."""
        name = self._record["id"] or "no id"
        raise BindingsError(
            f"{self._path}:{self._line} ({name}), column {column}: {problem}", remedy
        )

    def binding(self) -> Binding:
        """Return the row, checked."""
        texts = self._record
        for column, text in texts.items():
            if text != text.strip():
                self.refuse(column, "there is space around the text", "Remove it")
        for column in ("id", "tier", "observable"):
            self._given(column)
        self._one_of("direction", DIRECTIONS)
        self._one_of("status", STATUSES)
        represented = texts["status"] != "not_represented"
        if represented:
            self._check_words()
        result = Binding(
            **{name: texts[name] for name in (
                "id", "tier", "observable", "direction", "status", "model", "host", "context",
                "test", "observable_b", "also_observable")},
            also_contexts=tuple(filter(None, texts["also_contexts"].split(";"))),
            threshold=self._read("threshold", conditions.parse_threshold),
            arm_a=self._read("arm_a", arms.parse),
            arm_b=self._read("arm_b", arms.parse),
            reference=() if texts["reference"] == ZERO else self._read("reference", arms.parse),
            zero=texts["reference"] == ZERO,
            day=self._day("day") or 0.0,
            day_b=self._day("day_b"),
            window=self._read("window", conditions.parse_window),
            cohort=self._read("cohort", parse_cohort),
            control=self._read("control", arms.parse_control),
            by_construction=texts["by_construction"] == "yes",
            texts=dict(texts),
        )  # fmt: skip
        if represented:
            self._check_arms(result)
            self._check_test(result)
        elif len(texts["reason"]) == 0:
            self.refuse("reason", "it does not say why", "Say why it is not represented")
        return result

    def _check_words(self) -> None:
        for column in ("model", "context", "arm_a", "day"):
            self._given(column)
        self._one_of("host", HOSTS)
        self._one_of("test", tuple(TESTS))
        self._one_of("by_construction", ("yes", "no"))
        test, direction = self._record["test"], self._record["direction"]
        if direction not in TESTS[test]:
            fitting = " or ".join(name for name in TESTS if direction in TESTS[name])
            self.refuse("test", f"'{test}' is no test of '{direction}'", f"Use {fitting}")

    def _check_arms(self, row: Binding) -> None:
        """Refuse arms that do not pair up."""
        if any(arm.context != row.context for arm in row.arm_a):
            self.refuse("arm_a", f"it is not in the context '{row.context}'", "Use one context")
        if row.context in row.also_contexts or len(set(row.also_contexts)) < len(row.also_contexts):
            self.refuse("also_contexts", "a context is named twice", "Name each once")
        count = len(row.arm_a)
        if len(row.arm_b) not in {0, 1, count}:
            self.refuse("arm_b", f"{len(row.arm_b)} alternatives for {count} of arm_a",
                        "Give one, or one for each")  # fmt: skip
        parts = {0, 1, 2} if count == 1 else {0, 1, count}
        if len(row.reference) not in parts:
            self.refuse("reference", f"{len(row.reference)} parts for {count} of arm_a",
                        "Give one, one for each alternative, or one for each arm")  # fmt: skip

    def _check_test(self, row: Binding) -> None:
        """Refuse a test without what it needs."""
        if row.test == "association":
            if row.cohort is None or row.cohort.kind != "ranks":
                self.refuse("cohort", "an association ranks nothing", "Write x=...; y=...; ...")
            expected = {"positive": "+", "negative": "-", "no": "0"}[row.direction.split("_")[0]]
            if row.cohort.sign != expected:
                self.refuse("cohort", f"its sign is not that of '{row.direction}'",
                            f"Write sign={expected}")  # fmt: skip
        elif not row.arm_b:
            self.refuse("arm_b", "there is nothing to compare with", "Name the comparator")
        if row.test in _NEEDS_REFERENCE and not (row.reference or row.zero):
            self.refuse("reference", f"'{row.test}' needs one", "Name an arm, or zero")
        if row.observable == derived.ICI_RESPONSE and len(row.reference) != 2:
            self.refuse("reference", f"'{row.observable}' needs one for each arm",
                        "Name both arms without the therapy")  # fmt: skip
        if (row.threshold is not None) != (row.test in ("threshold", "rank")):
            needs = "takes none" if row.threshold else "needs one"
            remedy = "State what must hold for threshold and rank, and only for them"
            self.refuse("threshold", f"'{row.test}' {needs}", remedy)
        if row.threshold is not None and row.threshold.uses(Order) != (row.test == "rank"):
            self.refuse("threshold", "an order of half-times belongs to rank",
                        "Use the test rank for it, and only for it")  # fmt: skip
        if row.test == "rank" and (row.window is None or not row.observable_b):
            self.refuse(
                "window", "rank needs a window and observable_b", "Write half_time FIRST-LAST"
            )

    def _given(self, column: str) -> None:
        if not self._record[column]:
            self.refuse(column, "it is empty", "Fill it in")

    def _one_of(self, column: str, known: tuple[str, ...]) -> None:
        if self._record[column] not in known:
            self.refuse(column, f"'{self._record[column]}' is unknown", "Use " + ", ".join(known))

    def _read(self, column: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(self._record[column])
        except ImmacroError as error:
            self.refuse(column, error.problem, error.remedy)

    def _day(self, column: str) -> float | None:
        if not self._record[column]:
            return None
        day = self._read(column, arms.number)
        if day < 0:
            self.refuse(column, f"day {day:g} is before the onset", "Give a day from 0 on")
        return day
