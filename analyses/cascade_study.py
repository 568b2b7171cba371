"""What the studies of single cascades share: levers by Sobol', assumed numbers by Morris.

Each script beside this one says in a `Study` what is varied and what is read, and runs it. Tables
and figures go below ``results``; finished runs are kept, so that a study that is started again
continues.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import xarray as xr
from one_line_errors import exit_code

import immacro
from immacro.sensitivity import convergence, report
from immacro.sensitivity.analysis import analyse
from immacro.sensitivity.outputs import at_days
from immacro.sensitivity.running import RUNS, Outcome, run


@dataclass(frozen=True)
class Study:
    """What is varied in a host, and what is read on which day.

    Attributes:
        model: the model's name.
        levers: factors of Sobol's study, in ranges in which they still make a difference.
        observables: what is read, ``ID@DAY``.
        days: length of the courses.
        beside: levers that Morris varies with the numbers.
        context: the context in which Morris screens.
        host: the host.
        sobol_context: the context of Sobol's study.
        second_order: whether Sobol's study tells pairs of levers.
        folder: where tables and figures go unless the command line says another.
        floors: observable -> what is added before its logarithm is analysed; others stay as they
            are.
    """

    model: str
    levers: Sequence[str]
    observables: Sequence[str]
    days: int
    beside: Sequence[str] = ()
    context: str | None = None
    host: str = "mouse"
    sobol_context: str | None = None
    second_order: bool = False
    folder: Path | None = None
    floors: Mapping[str, float] = field(default_factory=dict)

    def main(self, title: str) -> int:
        """Run both studies and say which factors lie above the dummy; return the exit code."""

        def script() -> None:
            folder, levers, numbers = self.carry_out(title, samples=64)
            lines = (
                reading(self, levers, "Total Sobol' indices of levers"),
                reading(self, numbers, "Morris mu* of assumed numbers"),
            )
            conclude(folder, lines, "morris/figures")

        return exit_code(script)

    def carry_out(self, title: str, samples: int) -> tuple[Path, Outcome, Outcome]:
        """Run both studies, or continue them, as the command line says; print their tables.

        Args:
            title: what the script is for.
            samples: size of Sobol's study unless the command line gives another.

        Returns:
            The folder, the study of levers, and the study of numbers.
        """
        arguments = self._arguments(title, samples)
        model = immacro.load(self.model, host=self.host)
        levers = self.run(model, "sobol", arguments.out, arguments.workers, factors=self.levers,
                          samples=arguments.samples, context=self.sobol_context)  # fmt: skip
        numbers = self.run(model, "morris", arguments.out, arguments.workers,
                           factors=[*self.beside, *assumed(model)],
                           samples=arguments.trajectories, context=self.context)  # fmt: skip
        return arguments.out, levers, numbers

    def _arguments(self, title: str, samples: int) -> argparse.Namespace:
        parser = argparse.ArgumentParser(description=title)
        folder = self.folder or Path(f"results/{self.model}_levers")
        parser.add_argument("--out", type=Path, default=folder)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--samples", type=int, default=samples,
                            help="size of Sobol', a power of two")  # fmt: skip
        parser.add_argument("--trajectories", type=int, default=10, help="size of Morris")
        return parser.parse_args()

    def run(self, model: immacro.Model, method: str, out: Path, workers: int, **choice) -> Outcome:
        """Run or continue one study below a folder; write its tables and print them."""
        folder = out / method
        if method == "sobol":
            choice["options"] = {"second_order": self.second_order}
        outcome = run(
            model, observables=self.observables, method=method, seed=1, days=self.days,
            points=self.days + 1, out=folder, resume=(folder / RUNS).exists(),
            workers=workers, **choice,
        )  # fmt: skip
        if self.floors:
            outcome = on_log_scale(outcome, self.floors)
        report.write(outcome, folder)
        print(report.summary(outcome))
        return outcome


def on_log_scale(outcome: Outcome, floors: Mapping[str, float]) -> Outcome:
    """Return a study of ``log10(value + floor)`` in place of the values, from the same runs."""
    courses = outcome.courses.copy()
    for name in set(floors) & set(courses.data_vars):
        attributes = {**courses[name].attrs, "units": "1"}
        # The solver's rounding may leave an empty pool a little below zero.
        courses[name] = np.log10(courses[name].clip(min=0) + floors[name]).assign_attrs(attributes)
    chosen = at_days(courses, map(str, outcome.indices["observable"].values))
    over_time = None
    if outcome.over_time is not None:
        whole = list(map(str, outcome.over_time["observable"].values))
        over_time = analyse(outcome.study, courses[[*whole, "failed", "reason"]])
    grown: xr.Dataset | None = convergence.growth(outcome.study, chosen)
    verdict = outcome.verdict
    if grown is None or grown.sizes["n"] < 2:
        grown = None
    else:
        verdict = convergence.verdict(grown)
    return replace(outcome, courses=courses, indices=analyse(outcome.study, chosen),
                   over_time=over_time, grown=grown, verdict=verdict)  # fmt: skip


def assumed(model: immacro.Model) -> list[str]:
    """Numbers of the ledger that are assumed or fitted and may vary; levers are not among them."""
    table = model.parameters
    chosen = table["status"].isin(["assumed", "fitted"]) & ~table["role"].isin(["lever", "switch"])
    return list(table.index[chosen & (table["distribution"] != "fixed")])


def reading(study: Study, outcome: Outcome, words: str) -> str:
    """Say which factors lie above the dummy, from the numbers."""
    lines = []
    for observable in study.observables:
        rows = report.leading(outcome, observable)
        dummy = rows["factor"] == "dummy"
        floor = float(rows.loc[dummy, "high"].iloc[0]) if dummy.any() else 0.0
        above = rows[(rows["low"] > floor) & ~dummy].head(8)
        named = ", ".join(f"{r.factor} ({r.value:.2g})" for r in above.itertuples())
        lines.append(f"{words}, {observable}: {named}.")
    return "\n".join(lines)


def conclude(folder: Path, lines: Sequence[str], first: str) -> None:
    """Print what a study says and where it is, and keep the text."""
    text = "\n".join(lines)
    (folder / "reading.txt").write_text(text + "\n", encoding="utf-8")
    print(text)
    print(f"\nTables and figures are in {folder}; first look at {folder}/{first}")
