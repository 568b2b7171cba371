"""Does the composed model stand whatever is done to it? Random combinations of all levers.

In each run every lever is on with a chance of a half, as strong as the ledger allows at random, and
starts at random within the course. Runs are shared out among the contexts of a host. Printed is how
many failed, were not finite, or had an observable below zero, and what the first of these were. The
exit code is 1 if there are any.

Takes some minutes for the default of 1,000 runs for each host on two cores.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

import numpy as np
import pandas as pd
import xarray as xr
from one_line_errors import exit_code

import immacro

DAYS = {"mouse": 60, "human": 420}
POINTS = 22
#: Fields of a lever that say how strong it is, and when it is given.
AMPLITUDES = ("strength", "dose", "extent", "fold")
STARTS = ("start", "day")
#: Below zero by more than this share of the largest value of its observable is no rounding.
ROUNDING = 1e-9
#: Below zero where a therapy takes it below health.
SIGNED = ("inflammation_systemic",)


def combinations(model: immacro.Model, runs: int, seed: int) -> pd.DataFrame:
    """Return a row per run and a column per lever parameter that is drawn.

    Args:
        model: the model.
        runs: how many rows.
        seed: of the random numbers.
    """
    draw, levers = np.random.default_rng(seed), model.levers
    levers = levers[levers["lever"] != "tumour"]
    on = {lever: draw.random(runs) < 0.5 for lever in levers["lever"].unique()}
    table = {}
    for row in levers.itertuples():
        if row.field in AMPLITUDES:
            drawn = draw.uniform(row.low, row.high, runs)
            table[row.Index] = np.where(on[row.lever], drawn, row.value)
        elif row.field in STARTS:
            latest = min(row.high, DAYS[model.host])
            table[row.Index] = draw.uniform(max(row.low, 0.1), latest, runs)
    return pd.DataFrame(table)


def courses(host: str, runs: int, seed: int, workers: int) -> Iterator[tuple[str, xr.Dataset]]:
    """Yield contexts of a host and their runs, as many contexts as there are runs for."""
    model = immacro.load("macroenvironment", host=host)
    tumours = [context for context in model.contexts if context != "healthy"]
    table = combinations(model, runs, seed)
    shares = np.array_split(table.index, min(runs, len(tumours)))
    for context, rows in zip(tumours, shares, strict=False):
        yield context, immacro.run_many(
            model, table.loc[rows].reset_index(drop=True), context, DAYS[host], POINTS,
            workers=workers, time_limit=120,
        )  # fmt: skip


def faults(context: str, runs: xr.Dataset) -> list[str]:
    """Return a line for each run that failed, was not finite, or fell below zero."""
    lines = [
        f"{context}, run {int(run.run)}: {run.reason.values!s}"
        for run in (runs.isel(run=i) for i in np.flatnonzero(runs["failed"]))
    ]
    good = runs.isel(run=~runs["failed"].values)
    for name, values in good.drop_vars(("failed", "reason")).data_vars.items():
        numbers = np.asarray(values, dtype=float)
        largest = np.abs(numbers[np.isfinite(numbers)]).max(initial=0)
        least = -np.inf if name in SIGNED else -ROUNDING * largest
        bad = (~np.isfinite(numbers) | (numbers < least)).any(axis=1)
        lines += [f"{context}, run {int(i)}: {name} is not finite or below zero"
                  for i in good["run"].values[bad]]  # fmt: skip
    return lines


def main() -> int:
    """Run and report; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=1000, help="runs for each host")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    found = []

    def script() -> None:
        for host in DAYS:
            lines, number = [], 0
            for context, runs in courses(host, arguments.runs, arguments.seed, arguments.workers):
                lines, number = lines + faults(context, runs), number + runs.sizes["run"]
            print(f"{host}: {number} runs, {len(lines)} faults")
            for line in lines[:10]:
                print(f"  {line}")
            found.extend(lines)

    return exit_code(script) or int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
