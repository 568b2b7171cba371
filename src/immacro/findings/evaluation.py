"""From rows to findings: expand, run what can be run, judge, then ask the controls of what holds.

The runs of all rows are collected first and each is carried out once. A row holds if it holds in
all alternatives, in its own context and in every further one that exists:

- its own context cannot be asked: not covered;
- it fails anywhere: contradicted;
- it cannot be asked in a further context that exists: not covered;
- otherwise: reproduced. Further contexts that do not exist are named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from immacro.errors import SimulationError
from immacro.findings import controls, representable
from immacro.findings.bindings import Binding
from immacro.findings.cases import Case, cases_of
from immacro.findings.controls import Control
from immacro.findings.experiments import Experiment, Seen, experiment
from immacro.findings.jobs import Job, Runner
from immacro.findings.judging import CONTRADICTED, NOT_COVERED, REPRODUCED
from immacro.findings.representable import Missing
from immacro.findings.shelf import Shelf
from immacro.ledger import HOSTS


@dataclass
class CaseResult:
    """What came of a case.

    Attributes:
        case: the case.
        missing: what its model lacks.
        failure: why a run failed.
        seen: what was read and judged, None if nothing was.
        control: what came of its control.
        control_missing: what its model lacks for the control.
    """

    case: Case
    missing: list[Missing] = field(default_factory=list)
    failure: str = ""
    seen: Seen | None = None
    control: Control = field(default_factory=lambda: Control(controls.NONE))
    control_missing: list[Missing] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """The verdict of this case."""
        return self.seen.judgement.verdict if self.seen else NOT_COVERED

    @property
    def reason(self) -> str:
        """Why."""
        if self.seen:
            return self.seen.judgement.reason
        if self.failure:
            return f"run failed: {self.failure}"
        return ", ".join(map(str, self.missing))


@dataclass
class Finding:
    """A row with its verdict.

    Attributes:
        binding: the row.
        cases: its cases, those of its own context first.
        absent: further contexts that do not exist.
    """

    binding: Binding
    cases: list[CaseResult]
    absent: list[str]

    @property
    def verdict(self) -> str:
        """``reproduced``, ``contradicted`` or ``not covered``."""
        own = {c.verdict for c in self.cases if c.case.own}
        every = {c.verdict for c in self.cases}
        if not own or (NOT_COVERED in own and CONTRADICTED not in own):
            return NOT_COVERED
        for verdict in (CONTRADICTED, NOT_COVERED):
            if verdict in every:
                return verdict
        return REPRODUCED

    @property
    def deciding(self) -> CaseResult | None:
        """The case that is shown: the first one with the verdict of the row."""
        chosen = [c for c in self.cases if c.verdict == self.verdict]
        return chosen[0] if chosen else None

    @property
    def control(self) -> Control:
        """What came of the controls of all cases."""
        if not self.binding.control:
            return Control(controls.NONE)
        if self.verdict != REPRODUCED:
            lacking = dict.fromkeys(m for c in self.cases for m in c.control_missing)
            reasons = ["the finding itself does not hold", *map(str, lacking)]
            return Control(controls.NOT_COVERED, ", ".join(reasons))
        return controls.combined([(c.case.label, c.control) for c in self.cases])

    @property
    def missing(self) -> list[Missing]:
        """What models lack to run the row, without what only a control needs."""
        return sorted({m for c in self.cases for m in c.missing})

    @property
    def reason(self) -> str:
        """What was found, or why nothing was."""
        if not self.binding.represented:
            return f"not represented: {self.binding.texts['reason']}"
        several = len(self.cases) > 1
        told: dict[str, list[str]] = {}
        for result in self._told():
            told.setdefault(result.reason, []).append(result.case.label)
        parts = [
            f"{', '.join(labels)}: {reason}" if several else reason
            for reason, labels in told.items()
        ]
        if self.absent:
            parts.append(f"not covered, as there is no such context: {', '.join(self.absent)}")
        return "; ".join(parts)

    def _told(self) -> list[CaseResult]:
        """Return the cases worth telling: all, but for a contradiction only those that make it."""
        if self.verdict == CONTRADICTED:
            return [c for c in self.cases if c.verdict == CONTRADICTED]
        if self.verdict == NOT_COVERED:
            return [c for c in self.cases if c.verdict == NOT_COVERED]
        return self.cases


def evaluate(
    rows: Iterable[Binding],
    shelf: Shelf | None = None,
    workers: int | None = None,
    progress: bool = False,
) -> list[Finding]:
    """Run and judge rows.

    Args:
        rows: the rows.
        shelf: the models, the packaged ones by default.
        workers: how many runs at a time, all cores by default; 1 starts no process.
        progress: whether to show progress on standard error.

    Raises:
        ImmacroError: a model cannot be loaded, or workers keep dying.
    """
    shelf = shelf or Shelf()
    findings = [_expanded(row, shelf) for row in rows]
    results = [result for finding in findings for result in finding.cases]
    with Runner(shelf, workers, progress) as runner:
        tried = _see(results, shelf, runner)
        _ask_controls([(r, tried[id(r)]) for r in results if r.verdict == REPRODUCED],
                      shelf, runner)  # fmt: skip
    return findings


def _expanded(row: Binding, shelf: Shelf) -> Finding:
    cases, absent = cases_of(row, shelf)
    results = []
    for case in cases:
        model = shelf.model(row.model, case.host)
        elsewhere = model is not None or any(shelf.model(row.model, host) for host in HOSTS)
        result = CaseResult(case, representable.of_case(case, model, elsewhere))
        if model is not None:
            result.control_missing = representable.of_control(case, model)
        results.append(result)
    return Finding(row, results, absent)


def _see(results: list[CaseResult], shelf: Shelf, runner: Runner) -> dict[int, Experiment]:
    """Run and judge what can be represented; return the experiments by result."""
    tried: dict[int, Experiment] = {}
    for result in results:
        model = shelf.model(result.case.binding.model, result.case.host)
        if not result.missing and model is not None:
            tried[id(result)] = experiment(result.case, model)
    runner.run(_jobs(tried.values()))
    for result in results:
        if id(result) in tried:
            try:
                result.seen = tried[id(result)].see(runner.course)
            except SimulationError as error:
                result.failure = str(error).rstrip(".")
    return tried


def _ask_controls(held: list[tuple[CaseResult, Experiment]], shelf: Shelf, runner: Runner) -> None:
    under: list[tuple[CaseResult, Experiment, Experiment]] = []
    for result, tried in held:
        case = result.case
        model = shelf.model(case.binding.model, case.host)
        if not case.binding.control or model is None:
            continue
        off = controls.with_control(case)
        lacking = [*result.control_missing, *representable.of_case(off, model, True)]
        result.control_missing = list(dict.fromkeys(lacking))
        if result.control_missing:
            told = ", ".join(map(str, result.control_missing))
            result.control = Control(controls.NOT_COVERED, told)
        else:
            under.append((result, tried, experiment(off, model)))
    runner.run(_jobs(controlled for _, _, controlled in under))
    for result, tried, controlled in under:
        assert result.seen is not None  # it holds
        try:
            result.control = tried.compare(result.seen, controlled.see(runner.course))
        except SimulationError as error:
            result.control = Control(controls.NOT_COVERED, f"run failed: {str(error).rstrip('.')}")


def _jobs(experiments: Iterable[Experiment]) -> dict[Job, set[str]]:
    wanted: dict[Job, set[str]] = {}
    for tried in experiments:
        for job, outputs in tried.jobs().items():
            wanted.setdefault(job, set()).update(outputs)
    return wanted
