"""What the studies of single cascades share: levers by Sobol', assumed numbers by Morris.

Each script beside this one says in a `Study` what is varied and what is read, and runs it. Tables
and figures go below ``results``; finished runs are kept, so that a study that is started again
continues.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from one_line_errors import exit_code

import immacro
from immacro.sensitivity import report
from immacro.sensitivity.running import RUNS, Outcome, run


@dataclass(frozen=True)
class Study:
    """What is varied in a mouse, and what is read on which day.

    Attributes:
        model: the model's name.
        levers: factors of Sobol's study, in ranges in which they still make a difference.
        observables: what is read, ``ID@DAY``.
        days: length of the courses.
        beside: levers that Morris varies with the numbers.
        context: the context in which Morris screens.
    """

    model: str
    levers: Sequence[str]
    observables: Sequence[str]
    days: int
    beside: Sequence[str] = ()
    context: str | None = None

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
        model = immacro.load(self.model, host="mouse")
        levers = self._run(model, "sobol", arguments, factors=self.levers,
                           samples=arguments.samples, options={"second_order": False})  # fmt: skip
        numbers = self._run(model, "morris", arguments, factors=[*self.beside, *assumed(model)],
                            samples=arguments.trajectories, context=self.context)  # fmt: skip
        return arguments.out, levers, numbers

    def _arguments(self, title: str, samples: int) -> argparse.Namespace:
        parser = argparse.ArgumentParser(description=title)
        parser.add_argument("--out", type=Path, default=Path(f"results/{self.model}_levers"))
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--samples", type=int, default=samples,
                            help="size of Sobol', a power of two")  # fmt: skip
        parser.add_argument("--trajectories", type=int, default=10, help="size of Morris")
        return parser.parse_args()

    def _run(self, model, method: str, arguments, **choice) -> Outcome:
        folder = arguments.out / method
        outcome = run(
            model, observables=self.observables, method=method, seed=1, days=self.days,
            points=self.days + 1, out=folder, resume=(folder / RUNS).exists(),
            workers=arguments.workers, **choice,
        )  # fmt: skip
        report.write(outcome, folder)
        print(report.summary(outcome))
        return outcome


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
