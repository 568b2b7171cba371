"""The experiments of a row: one case for each alternative in each context where it is asked.

In a further context every day moves by the difference of the two standard days, and the row's own
context is replaced in all arms. Day 0, the onset, stays. Where a further context belongs to the
other host, that host's model is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from immacro.errors import InvalidValueError
from immacro.findings.arms import Arm, moved_day
from immacro.findings.bindings import Binding
from immacro.findings.cohort_text import Cohort
from immacro.findings.conditions import Threshold, Window
from immacro.findings.shelf import Shelf

#: The day on which a mouse tumour is usually read.
MOUSE_DAYS = {
    "at3": 28, "4t1": 28, "os": 28, "mmtv_pymt": 35, "kpc": 30, "pan02": 30,
    "b16": 21, "mc38": 24, "ct26": 24,
}  # fmt: skip
#: The day on which a human tumour presents.
HUMAN_DAY = 360


@dataclass(frozen=True)
class Case:
    """One experiment.

    Attributes:
        binding: its row.
        host: the host of its model.
        context: the tumour.
        alternative: which alternative of the row's arms, from 0.
        arm_a: the perturbed arm.
        arm_b: the comparator, None in a cohort without one.
        reference_a: from which the effect in ``arm_a`` is counted, None for nothing.
        reference_b: the same for ``arm_b``.
        paired: whether each arm has a reference of its own.
        day: of ``arm_a`` and of the references, unless these are the second of two.
        day_b: of ``arm_b`` and of its own reference.
        window: instead of ``day``.
        threshold: in this context.
        cohort: in this context.
        standard_day: of this context, None for one that has none.
        unmovable: why the row cannot be asked in this context, ``""`` if it can.
    """

    binding: Binding
    host: str
    context: str
    alternative: int
    arm_a: Arm
    arm_b: Arm | None
    reference_a: Arm | None
    reference_b: Arm | None
    paired: bool
    day: float
    day_b: float
    window: Window | None
    threshold: Threshold | None
    cohort: Cohort | None
    standard_day: float | None
    unmovable: str = ""

    @property
    def own(self) -> bool:
        """Whether this is in the row's own context."""
        return self.context == self.binding.context

    @property
    def window_b(self) -> Window | None:
        """The window of ``arm_b``: that of ``arm_a``, unless it is read on a day of its own."""
        return self.window if self.binding.day_b is None else None

    @property
    def label(self) -> str:
        """The context, and the alternative where there are several."""
        several = len(self.binding.arm_a) > 1
        return f"{self.context} ({self.alternative + 1})" if several else self.context


def standard_day(context: str, host: str) -> float | None:
    """Return the day on which a tumour is usually read, None if it has none."""
    if host == "human":
        return HUMAN_DAY
    return MOUSE_DAYS.get(context)


def cases_of(binding: Binding, shelf: Shelf) -> tuple[list[Case], list[str]]:
    """Return the cases of a row, and the further contexts that do not exist."""
    if not binding.represented:
        return [], []
    found = [_case(binding, binding.host, binding.context, i) for i in range(len(binding.arm_a))]
    missing = []
    for context in binding.also_contexts:
        host = shelf.host_with(binding.model, context, binding.host)
        if host:
            found += [_case(binding, host, context, i) for i in range(len(binding.arm_a))]
        else:
            missing.append(context)
    return found, missing


def _case(binding: Binding, host: str, context: str, alternative: int) -> Case:
    arm_a, arm_b = binding.arm_a[alternative], _pick(binding.arm_b, alternative)
    paired = len(binding.arm_a) == 1 and len(binding.reference) == 2
    reference_a = binding.reference[0] if paired else _pick(binding.reference, alternative)
    reference_b = binding.reference[1] if paired else reference_a
    still = Case(
        binding, host, context, alternative, arm_a, arm_b, reference_a, reference_b, paired,
        binding.day, binding.day if binding.day_b is None else binding.day_b,
        binding.window, binding.threshold, binding.cohort, standard_day(context, host),
    )  # fmt: skip
    return still if still.own else _moved(still)


def _pick(alternatives: tuple[Arm, ...], index: int) -> Arm | None:
    if not alternatives:
        return None
    return alternatives[index if len(alternatives) > 1 else 0]


def _moved(case: Case) -> Case:
    """Return the case with its days and arms moved into its context."""
    binding = case.binding
    home = standard_day(binding.context, binding.host)
    if home is None or case.standard_day is None:
        lacking = binding.context if home is None else case.context
        return replace(case, unmovable=f"{lacking} has no standard day")
    days = case.standard_day - home
    contexts = {binding.context: case.context}
    try:
        return replace(
            case,
            arm_a=case.arm_a.moved(contexts, days),
            arm_b=case.arm_b and case.arm_b.moved(contexts, days),
            reference_a=case.reference_a and case.reference_a.moved(contexts, days),
            reference_b=case.reference_b and case.reference_b.moved(contexts, days),
            day=moved_day(case.day, days),
            day_b=moved_day(case.day_b, days),
            window=case.window and case.window.moved(days),
            threshold=case.threshold and case.threshold.moved(days),
            cohort=case.cohort and case.cohort.moved(days),
        )
    except InvalidValueError as error:
        return replace(case, unmovable=error.problem)
