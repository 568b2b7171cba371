"""What a user sees while runs are carried out: how many, how fast, failures, and the time left.

On a terminal a bar, elsewhere a line every ``LINE_SECONDS``; both on standard error, and neither
for a study that is over within the first moments. The rate is that of this session's last
``WINDOW_SECONDS``, so that runs of an earlier session do not flatter it.
"""

from __future__ import annotations

import time
from collections import deque
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

LINE_SECONDS = 10.0
WINDOW_SECONDS = 30.0
_QUIET_SECONDS = 1.0


class Progress:
    """Shows progress between ``with`` and the end of its block.

    Args:
        total: the number of runs of the study.
        done: how many of them are finished already.
        failed: how many of these have failed.
        shown: whether to show anything.
    """

    def __init__(self, total: int, done: int = 0, failed: int = 0, shown: bool = True) -> None:
        self.total = total
        self.done = done
        self.failed = failed
        self._shown = shown
        self._console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        self._bar: Bar | None = None
        self._begun = self._last_line = time.monotonic()
        self._history = deque([(self._begun, done)])

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self.show()
            self._bar.stop()

    def add(self, runs: int, failed: int, seconds: float = 0.0) -> None:
        """Count runs that have come back, after so many seconds of work."""
        now = time.monotonic()
        if len(self._history) == 1 and seconds > 0:  # do not count the start of the workers
            self._history[0] = max(self._history[0], (now - seconds, self.done))
        self.done += runs
        self.failed += failed
        self._history.append((now, self.done))
        while now - self._history[1][0] > WINDOW_SECONDS:
            self._history.popleft()

    def show(self) -> None:
        """Bring what the user sees up to date, if it is time to."""
        now = time.monotonic()
        if not self._shown or now - self._begun < _QUIET_SECONDS:
            return
        if self._console.is_terminal:
            if self._bar is None:
                columns = TextColumn("{task.description}"), BarColumn(bar_width=24)
                self._bar = Bar(*columns, console=self._console, auto_refresh=False)
                self._bar.add_task("")
                self._bar.start()
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=self.done, total=self.total, description=str(self))
            self._bar.refresh()
        elif now - self._last_line >= LINE_SECONDS:
            self._last_line = now
            self._console.print(str(self))

    @property
    def rate(self) -> float:
        """Runs per second lately, 0 while none has come back."""
        (begun, before), now = self._history[0], time.monotonic()
        return (self.done - before) / (now - begun) if self.done > before else 0.0

    def __str__(self) -> str:
        words = [f"{self.done:,} of {self.total:,} runs"]
        if self.rate:
            words.append(f"{self.rate:.3g} runs/s")
        if self.failed:
            words.append(f"{self.failed:,} failed")
        if self.rate and self.done < self.total:
            words.append(f"{_clock((self.total - self.done) / self.rate)} left")
        return ", ".join(words)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
