"""What a check has to say: one finding, and how much of a file is covered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Source = Literal["libsbml", "scale", "coverage"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Message:
    """One finding in an SBML file.

    Attributes:
        source: who found it: libsbml's validator, the scale check or the coverage check.
        severity: ``error`` where the file is wrong, ``warning`` where it is incomplete or unwise.
        code: libsbml's error number, or one word such as ``factor`` or ``identifier``.
        element: the element concerned, as ``parameter 'cdc1_blood'``; empty if libsbml names none.
        line: its line in the file, 0 if unknown.
        text: the finding in words.
    """

    source: Source
    severity: Severity
    code: str
    element: str
    line: int
    text: str

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.severity} [{self.source} {self.code}] {self.text}"


@dataclass(frozen=True)
class Coverage:
    """How many elements of one kind have something.

    Attributes:
        what: as ``units of parameters``.
        covered: how many have it.
        total: how many there are.
        missing: ids of those without.
        required: whether a gap is a message, for the project's own files.
    """

    what: str
    covered: int
    total: int
    missing: tuple[str, ...] = ()
    required: bool = True

    @property
    def share(self) -> float:
        """The covered share, from 0 to 1; 1 where there is nothing to cover."""
        return self.covered / self.total if self.total else 1.0

    def __str__(self) -> str:
        # Floor, so that one gap in a thousand never reads as 100 %.
        return f"{self.what}: {self.covered}/{self.total} ({int(100 * self.share)} %)"
