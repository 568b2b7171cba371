"""Errors that a user meets: each says what is wrong and what to do about it.

The command line prints exactly ``str(error)`` and exits with ``error.exit_code``; nothing here is
ever shown with a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ImmacroError(Exception):
    """Base of every error that immacro raises on purpose.

    Args:
        problem: what is wrong, one sentence without a full stop.
        remedy: what the user can do, one sentence without a full stop.
    """

    exit_code = 1

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem}. {self.remedy}." if self.remedy else f"{self.problem}."


class UnknownNameError(ImmacroError):
    """A model, host, context, lever, parameter or observable that does not exist."""

    @classmethod
    def of(cls, kind: str, name: str, known: Iterable[str], listing: str = "") -> UnknownNameError:
        """Name the unknown thing, the nearest known ones, and where to see them all.

        Args:
            kind: what was looked for, as "lever" or "host".
            name: the name that is not known.
            known: all names that would have been accepted.
            listing: how to list them, as "`immacro models`"; short lists are printed instead.
        """
        names = sorted(known)
        near = get_close_matches(name, names, n=3, cutoff=0.6)
        if near:
            remedy = "Did you mean " + " or ".join(f"'{n}'" for n in near) + "?"
            remedy = remedy[:-1] + (f"; {listing} lists all" if listing else "")
        elif len(names) <= 12 or not listing:
            remedy = "Known: " + ", ".join(names) if names else "There is none"
        else:
            remedy = f"{listing} lists all"
        return cls(f"Unknown {kind} '{name}'", remedy)


class InvalidValueError(ImmacroError):
    """A value that is not a number, not finite, or outside what the model allows."""


class LedgerError(ImmacroError):
    """A parameter ledger that cannot be trusted."""


class BuildError(ImmacroError):
    """Rules that cannot be turned into SBML."""


class SbmlError(ImmacroError):
    """A file that is not usable SBML."""


class SimulationError(ImmacroError):
    """A simulation that did not finish or whose result is not finite."""


class OutputError(ImmacroError):
    """A result that could not be written."""
