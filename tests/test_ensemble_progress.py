"""Progress: a bar on a terminal, lines elsewhere, nothing when not wanted or not needed."""

from __future__ import annotations

import io
import time

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

import immacro
from immacro.ensemble import progress
from immacro.ensemble.progress import Progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let time pass only by hand."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def shown(total: int, passing: list[float], **arguments: int) -> str:
    """Return what ten seconds and twenty runs more look like."""
    with Progress(total, **arguments) as bar:
        passing[0] += 10
        bar.add(20, 1)
        bar.show()
        return str(bar)


class TestWords:
    def test_they_say_how_many_how_fast_how_many_failed_and_how_long(
        self, clock: list[float]
    ) -> None:
        assert shown(1020, clock) == "20 of 1,020 runs, 2 runs/s, 1 failed, 8:20 left"

    def test_runs_of_an_earlier_session_do_not_count_as_fast(self, clock: list[float]) -> None:
        said = shown(1120, clock, done=100, failed=4)
        assert said == "120 of 1,120 runs, 2 runs/s, 5 failed, 8:20 left"

    def test_the_rate_is_that_of_the_last_moments(self, clock: list[float]) -> None:
        bar = Progress(10_000)
        for runs in [1000] * 10 + [10] * 10:
            clock[0] += 10
            bar.add(runs, 0)
        assert bar.rate == pytest.approx(1.0)

    def test_the_start_of_the_workers_does_not_count_as_slow(self, clock: list[float]) -> None:
        bar = Progress(100)
        clock[0] += 60
        bar.add(10, 0, seconds=5.0)
        assert bar.rate == pytest.approx(2.0)

    def test_nothing_is_made_up_before_the_first_run(self, clock: list[float]) -> None:
        assert str(Progress(50)) == "0 of 50 runs"

    def test_a_finished_study_has_no_time_left(self, clock: list[float]) -> None:
        assert shown(20, clock) == "20 of 20 runs, 2 runs/s, 1 failed"

    def test_hours_are_written_out(self, clock: list[float]) -> None:
        assert shown(20_020, clock).endswith("2:46:40 left")


class TestWhere:
    def test_without_a_terminal_there_is_a_line_every_ten_seconds(
        self, clock: list[float], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with Progress(100) as bar:
            for _ in range(25):
                clock[0] += 1
                bar.add(1, 0)
                bar.show()
        output, errors = capsys.readouterr()
        assert output == ""
        assert errors.splitlines() == [
            "10 of 100 runs, 1 runs/s, 1:30 left",
            "20 of 100 runs, 1 runs/s, 1:20 left",
        ]

    def test_on_a_terminal_there_is_a_bar(
        self, clock: list[float], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        screen = io.StringIO()
        terminal = Console(file=screen, force_terminal=True, width=90, _environ={})
        monkeypatch.setattr(progress, "Console", lambda **_: terminal)
        shown(40, clock)
        assert "20 of 40 runs, 2 runs/s, 1 failed, 0:10 left" in screen.getvalue()
        assert "━" in screen.getvalue()

    def test_a_study_of_a_moment_shows_nothing(
        self, clock: list[float], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with Progress(10) as bar:
            clock[0] += 0.5
            bar.add(10, 0)
            bar.show()
        assert capsys.readouterr().err == ""

    @pytest.mark.parametrize("wanted", [True, False])
    def test_run_many_shows_it_unless_told_not_to(
        self,
        tiny: immacro.Model,
        wanted: bool,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(progress, "LINE_SECONDS", 0.0)
        monkeypatch.setattr(progress, "_QUIET_SECONDS", 0.0)
        table = pd.DataFrame({"drug_dose": np.linspace(0, 100, 12)})
        immacro.run_many(tiny, table, days=5, points=2, progress=wanted)
        lines = capsys.readouterr().err.splitlines()
        assert bool(lines) is wanted
        if wanted:
            assert lines[-1].startswith("12 of 12 runs, ")
