"""Complete designs only: failed and non-finite runs are refused or left out by whole blocks.

An estimate over a design with holes is not slightly worse, it is meaningless (a single NaN turns
all of SALib's Sobol' indices into 0 without a word). So a design with unusable runs is refused,
with the count, the runs and the reasons, unless the caller chooses a completion that the method
allows:

- ``block`` leaves out every block that holds an unusable run. Blocks are independent, so the rest
  is a valid, smaller design;
- ``drop`` leaves out single runs of a random sample.

Either way the study then speaks of the part of the ranges where the model can be simulated. If the
failures sit at one end of a factor, that is said too, for then this part is not what was asked for.
"""

from __future__ import annotations

import warnings
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.sensitivity.design import Design
from immacro.sensitivity.resampling import IntArray

COMPLETIONS = ("block", "drop")


class DesignIncompleteError(InvalidValueError):
    """A design of which some runs have no usable output."""


class SensitivityWarning(UserWarning):
    """Something that limits what an analysis says."""


@dataclass(frozen=True)
class Complete:
    """The blocks that are analysed.

    Args:
        blocks: their numbers, ascending.
        unusable_runs: how many runs had no usable output.
        note: what was left out, or nothing.
    """

    blocks: IntArray
    unusable_runs: int
    note: str


def complete(
    study: Design, unusable: NDArray[np.bool_], reasons: dict[int, str], how: str | None
) -> Complete:
    """Return the blocks to analyse.

    Args:
        study: whose design it is.
        unusable: which runs have no usable output.
        reasons: why, by run.
        how: ``block``, ``drop`` or None.

    Raises:
        DesignIncompleteError: runs are unusable and nothing, or not enough, can be left out.
        UnknownNameError: there is no such completion.
        InvalidValueError: the method does not allow it.
    """
    allowed = study.kind.completion
    if how is not None and how not in COMPLETIONS:
        raise UnknownNameError.of("completion", how, COMPLETIONS)
    if how is not None and how != allowed:
        raise InvalidValueError(
            f"{study.kind.title} cannot be completed by '{how}'",
            f"Use '{allowed}'" if allowed else "Narrow the factors' ranges, or use another method",
        )
    if not unusable.any():
        return Complete(np.arange(study.blocks), 0, "")
    count = int(unusable.sum())
    problem = (
        f"{count} of {study.runs} runs have no usable output: {_runs(unusable)};"
        f" {_reasons(unusable, reasons)}{_where(study, unusable)}"
    )
    if how is None:
        remedy = "Narrow the factors' ranges"
        if allowed:
            remedy += f", or leave out what is incomplete by completing by '{allowed}'"
        raise DesignIncompleteError(problem, remedy)
    broken = unusable.reshape(study.blocks, -1).any(axis=1)
    kept = np.flatnonzero(~broken)
    if len(kept) < study.blocks / 2 or _too_few_curves(study, kept):
        raise DesignIncompleteError(
            f"{problem}; that breaks {int(broken.sum())} of {study.blocks} blocks,"
            " too many to leave out",
            "Narrow the factors' ranges",
        )
    note = f"left out {int(broken.sum())} of {study.blocks} blocks ({problem})"
    warnings.warn(f"The analysis {note}.", SensitivityWarning, stacklevel=4)
    return Complete(kept, count, note)


def _too_few_curves(study: Design, kept: IntArray) -> bool:
    """Whether a factor of an eFAST study has fewer than two curves left."""
    if study.method != "efast":
        return False
    size = len(study.names)
    return bool(np.bincount(kept % size, minlength=size).min() < 2)


def _runs(unusable: NDArray[np.bool_]) -> str:
    runs = np.flatnonzero(unusable)
    shown = ", ".join(str(run) for run in runs[:5])
    more = f" and {len(runs) - 5} more" if len(runs) > 5 else ""
    return f"run{'s' if len(runs) > 1 else ''} {shown}{more}"


def _reasons(unusable: NDArray[np.bool_], reasons: dict[int, str]) -> str:
    found = Counter(reasons.get(int(run)) or "no reason given" for run in np.flatnonzero(unusable))
    shown = [f"{count} x {reason.rstrip('.')}" for reason, count in found.most_common(3)]
    more = len(found) - len(shown)
    return ", ".join(shown) + (f" and {more} other reasons" if more > 0 else "")


def _where(study: Design, unusable: NDArray[np.bool_]) -> str:
    """Say at which end of which factor the failures sit, if they clearly do."""
    count = int(unusable.sum())
    shift = study.unit[unusable].mean(axis=0) - study.unit.mean(axis=0)
    score = np.abs(shift) * np.sqrt(12 * count)
    worst = int(score.argmax())
    if count < 5 or score[worst] < 4:
        return ""
    return f"; they gather at {'high' if shift[worst] > 0 else 'low'} {study.columns[worst].id}"
