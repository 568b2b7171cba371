"""The result of checking one file, ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from immacro.check.messages import Coverage, Message


@dataclass(frozen=True)
class Report:
    """What a check found in one SBML file.

    Attributes:
        path: the file.
        messages: all findings: libsbml's, then scale, then coverage, each in file order.
        coverage: the share of elements with units, SBO terms and identifiers.
    """

    path: Path
    messages: tuple[Message, ...]
    coverage: tuple[Coverage, ...]

    @property
    def clean(self) -> bool:
        """Whether there is nothing to report."""
        return not self.messages

    @property
    def counts(self) -> dict[str, int]:
        """Messages per kind: libsbml's ``errors`` and ``warnings``, ``scale`` and ``coverage``."""
        kinds = {"errors": 0, "warnings": 0, "scale": 0, "coverage": 0}
        for message in self.messages:
            own = message.source != "libsbml"
            kinds[message.source if own else f"{message.severity}s"] += 1
        return kinds

    def rows(self) -> list[tuple[str, str]]:
        """Return (what, value) pairs for a table: the counts, then the coverage."""
        rows = [
            ("libsbml errors", str(self.counts["errors"])),
            ("libsbml warnings", str(self.counts["warnings"])),
            ("scale messages", str(self.counts["scale"])),
            ("coverage messages", str(self.counts["coverage"])),
        ]
        for row in self.coverage:
            if row.total:
                rows.append((row.what, str(row).removeprefix(f"{row.what}: ")))
        return rows

    def summary(self) -> str:
        """Return one line: the file, its verdict and the counts."""
        counts = ", ".join(f"{number} {kind}" for kind, number in self.counts.items())
        return f"{self.path}: {'clean' if self.clean else 'not clean'} ({counts})"
