"""Which chunk comes next, and what happens when one does not come back.

Chunks are sized so that each takes about ``TARGET_SECONDS``: long enough that handing over costs
nothing, short enough to see progress and to lose little. The first hold one run, since nothing is
known of its duration; the last are small, so that all workers end together.

When a worker dies or reaches the time limit, the runs of its chunk are tried again one by one, so
that only the culprit is lost: a run that reaches the time limit by itself, or whose worker dies
``TRIES`` times, is recorded as failed. Where a dying worker takes other chunks along, as in Dask,
runs are tried with nothing else under way. If ``DEATHS_IN_A_ROW`` workers die without one run
coming back in between, it is not the runs, and the study stops.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Callable, Iterable

from immacro.ensemble.backends import Backend, Outcome
from immacro.ensemble.chunks import ChunkResult
from immacro.ensemble.plan import Plan
from immacro.errors import SimulationError

TARGET_SECONDS = 1.0
#: Bytes of results that a chunk may hold.
MAX_BYTES = 16 * 2**20
TRIES = 2
DEATHS_IN_A_ROW = 50
#: A chunk holds at most so many times more runs per second of work known so far.
_GROWTH = 8
_TICK_SECONDS = 0.5


def carry_out(
    plan: Plan,
    pending: Iterable[int],
    backend: Backend,
    finish: Callable[[ChunkResult], None],
    tick: Callable[[], None] = lambda: None,
    time_limit: float | None = None,
) -> None:
    """Carry out runs; each reaches ``finish`` exactly once.

    Args:
        plan: the study.
        pending: the numbers of the runs to carry out.
        backend: where; it stays open.
        finish: takes results in the order in which they arrive.
        tick: called at least about every half second, as far as the backend allows.
        time_limit: the limit of a chunk in seconds; chunks are then kept well below it.

    Raises:
        ImmacroError: the file cannot be loaded, or workers keep dying.
    """
    target = TARGET_SECONDS if time_limit is None else min(TARGET_SECONDS, time_limit / 4)
    queue = _Queue(pending, plan, backend, target)
    under_way = 0
    while queue or under_way:
        while queue and under_way < (1 if queue.doubtful else backend.capacity):
            backend.submit(plan.chunk(queue.take()))
            under_way += 1
        for outcome in backend.wait(_TICK_SECONDS):
            under_way -= 1
            if outcome.result is not None:
                queue.learn(outcome.result)
                finish(outcome.result)
            elif reason := queue.return_lost(outcome):
                finish(ChunkResult.of_lost(outcome.chunk, reason))
        tick()


class _Queue:
    """The runs that are still to be handed over."""

    def __init__(self, pending: Iterable[int], plan: Plan, backend: Backend, target: float) -> None:
        self._pending = deque(pending)
        self._suspects: deque[int] = deque()
        self._on_trial: set[int] = set()
        self._deaths: Counter[int] = Counter()
        self._deaths_in_a_row = 0
        self._capacity = backend.capacity
        self._isolates = backend.isolates
        self._target = target
        self._most = max(1, MAX_BYTES // (8 * len(plan.times) * len(plan.outputs)))
        self._seconds_per_run = math.inf
        self._learnt = 0

    def __bool__(self) -> bool:
        return bool(self._pending or self._suspects)

    @property
    def doubtful(self) -> bool:
        """Whether a run is on trial that must have no neighbours."""
        return not self._isolates and bool(self._suspects or self._on_trial)

    def take(self) -> list[int]:
        """Return the runs of the next chunk."""
        if self._suspects:
            self._on_trial.add(self._suspects[0])
            return [self._suspects.popleft()]
        fair = math.ceil(len(self._pending) / (2 * self._capacity))
        wanted = int(self._target / self._seconds_per_run)
        size = max(1, min(wanted, fair, self._most, _GROWTH * self._learnt))
        return [self._pending.popleft() for _ in range(size)]

    def learn(self, result: ChunkResult) -> None:
        """Learn how long runs take, the latest counting most."""
        self._deaths_in_a_row = 0
        self._on_trial.difference_update(result.runs)
        latest = max(float(result.seconds.mean()), 1e-6)
        known = self._seconds_per_run
        self._seconds_per_run = latest if math.isinf(known) else (known + latest) / 2
        self._learnt = max(self._learnt, len(result.runs))

    def return_lost(self, outcome: Outcome) -> str:
        """Take back the runs of a chunk that was lost, or say why its only run has failed.

        Raises:
            SimulationError: too many workers have died in a row.
        """
        runs = outcome.chunk.runs
        tried = self._on_trial.intersection(runs)
        self._on_trial.difference_update(runs)
        if outcome.limit:
            if len(runs) == 1:
                return f"The run exceeded the time limit of {outcome.limit:g} s"
        else:
            self._deaths_in_a_row += 1
            if self._deaths_in_a_row >= DEATHS_IN_A_ROW:
                raise SimulationError(
                    f"{DEATHS_IN_A_ROW} workers in a row died (the last {outcome.fault})",
                    "Use fewer workers if memory is short, and look into the system's log",
                )
            if len(runs) == 1 and (tried or self._isolates):
                self._deaths[runs[0]] += 1
                if self._deaths[runs[0]] >= TRIES:
                    return f"The run's worker {outcome.fault}, {TRIES} times"
        self._suspects.extend(runs)
        return ""
