"""What moves the death of dendritic cells: levers by Sobol', assumed numbers by Morris.

A mouse carries a tumour that secretes IL-6 from day 0; an antibody to IL-6R every week, soluble
gp130 twice a week and a JAK inhibitor start with it. Sobol' splits the variance of apoptosis and of
the number of dendritic cells on day 30 among the four levers. Morris screens, in the context
``kpc``, every number that is assumed or fitted by hand, within its range in the ledger. A changed
number changes health too, so what counts is by how much the tumour then raises apoptosis: the
binary logarithm of its fold change over health under the same numbers. Run it with

    python analyses/il6_dc_apoptosis_levers.py

It writes tables and figures below ``results/il6_dc_apoptosis_levers`` and prints what they say.
Finished runs are kept: started again, it continues.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

import immacro
from immacro.sensitivity import report
from immacro.sensitivity.running import RUNS, Outcome, run

#: Ranges within the ledger's in which a lever still makes a difference.
LEVERS = (
    "il6_strength",
    "anti_il6_dose=0.003:3:loguniform",
    "sgp130_dose=0.01:10:loguniform",
    "jak_inhibitor_strength",
)
OBSERVABLES = ("dc_apoptosis_systemic@30", "dc_systemic@30")


def assumed(model: immacro.Model) -> list[str]:
    """Numbers of the ledger that are assumed or fitted and may vary; levers are not among them."""
    table = model.parameters
    chosen = table["status"].isin(["assumed", "fitted"]) & ~table["role"].isin(["lever", "switch"])
    return list(table.index[chosen & (table["distribution"] != "fixed")])


def study(model: immacro.Model, method: str, folder: Path, workers: int, **choice) -> Outcome:
    """Run one study, or continue it, and write its tables and figures."""
    outcome = run(
        model, observables=OBSERVABLES, method=method, seed=1, days=30, points=31, out=folder,
        resume=(folder / RUNS).exists(), workers=workers, **choice,
    )  # fmt: skip
    report.write(outcome, folder)
    print(report.summary(outcome))
    return outcome


def reading(outcome: Outcome) -> str:
    """Say which levers lie above the dummy, from the numbers."""
    lines = []
    for observable in OBSERVABLES:
        rows = report.leading(outcome, observable)
        floor = float(rows.loc[rows["factor"] == "dummy", "high"].iloc[0])
        above = rows[(rows["low"] > floor) & (rows["factor"] != "dummy")]
        named = ", ".join(f"{r.factor} ({r.value:.2f})" for r in above.itertuples())
        lines.append(f"Total Sobol' indices for {observable}: {named}.")
    return "\n".join(lines)


def folds(outcome: Outcome, folder: Path) -> pd.Series:
    """Morris on the logarithm of the fold change of apoptosis: mu* by factor, table and figure."""
    course = outcome.courses["dc_apoptosis_systemic"]
    fold = np.log2(course.isel(time=-1) / course.isel(time=0)).values
    indices = outcome.study.analyse({"log2_fold_of_apoptosis": fold})
    report.table(indices).to_csv(folder / "fold_of_apoptosis.csv")
    rows = indices.sel(observable="log2_fold_of_apoptosis").set_index(factor="factor")
    effects = rows["mu_star"].to_series().sort_values(ascending=False)
    top = effects.head(15)[::-1]
    fig, axes = plt.subplots(figsize=(6.5, 4.5), layout="constrained")
    axes.barh(top.index, top.values, color="#0072B2")
    axes.set_xlabel("mean absolute effect on log2 of the rise of apoptosis (Morris mu*)")
    axes.spines[["top", "right"]].set_visible(False)
    fig.savefig(folder / "fold_of_apoptosis.png", dpi=150)
    return effects


def main() -> None:
    """Run both studies and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("results/il6_dc_apoptosis_levers"))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--samples", type=int, default=128, help="size of Sobol', a power of two")
    parser.add_argument("--trajectories", type=int, default=10, help="size of Morris")
    arguments = parser.parse_args()
    model = immacro.load("il6_dc_apoptosis", host="mouse")
    levers = study(model, "sobol", arguments.out / "sobol", arguments.workers, factors=LEVERS,
                   samples=arguments.samples, options={"second_order": False})  # fmt: skip
    numbers = study(model, "morris", arguments.out / "morris", arguments.workers,
                    factors=assumed(model), samples=arguments.trajectories,
                    context="kpc")  # fmt: skip
    effects = folds(numbers, arguments.out)
    named = ", ".join(f"{factor} ({value:.2f})" for factor, value in effects.head(8).items())
    text = f"{reading(levers)}\nMorris mu* for log2 of the rise of apoptosis: {named}."
    (arguments.out / "reading.txt").write_text(text + "\n", encoding="utf-8")
    print(text)
    print(f"\nTables and figures are in {arguments.out}; first look at "
          f"{arguments.out}/fold_of_apoptosis.png")  # fmt: skip


if __name__ == "__main__":
    main()
