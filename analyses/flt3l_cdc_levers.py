"""What moves number and activation of dendritic cells: levers by Sobol', numbers by Morris.

A mouse, with a tumour that diverts progenitors from day 0 or without, gets FLT3L for nine days, and
on the first day poly-ICLC, CpG and a CD40 agonist. Sobol' splits the variance of splenic cDC on day
10 and of their activation on day 2 among the five levers. Morris screens, under FLT3L and poly-ICLC
at usual doses, every number that is assumed or fitted by hand, within its range in the ledger. Run
it with

    python analyses/flt3l_cdc_levers.py

It writes tables and figures below ``results/flt3l_cdc_levers`` and prints what they say. Finished
runs are kept: started again, it continues.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import immacro
from immacro.sensitivity import report
from immacro.sensitivity.running import RUNS, Outcome, run

#: Ranges within the ledger's in which a lever still makes a difference.
LEVERS = (
    "flt3l_dose=0.1:1000:loguniform",
    "poly_iclc_dose=0.001:2.5:loguniform",
    "cpg_dose=0.0001:2.5:loguniform",
    "cd40_agonist_dose=0.001:50:loguniform",
    "tumour_strength=0:1",
)
#: Doses beside which the numbers are screened: a study has no fixed levers, only narrow ranges.
DOSES = ("flt3l_dose=500:1000", "poly_iclc_dose=1:2.5")
OBSERVABLES = ("dc_spleen@10", "dc_activation_spleen@2")


def assumed(model: immacro.Model) -> list[str]:
    """Numbers of the ledger that are assumed or fitted and may vary; levers are not among them."""
    table = model.parameters
    chosen = table["status"].isin(["assumed", "fitted"]) & ~table["role"].isin(["lever", "switch"])
    return list(table.index[chosen & (table["distribution"] != "fixed")])


def study(model: immacro.Model, method: str, folder: Path, workers: int, **choice) -> Outcome:
    """Run one study, or continue it, and write its tables and figures."""
    outcome = run(
        model, observables=OBSERVABLES, method=method, seed=1, days=10, points=11, out=folder,
        resume=(folder / RUNS).exists(), workers=workers, **choice,
    )  # fmt: skip
    report.write(outcome, folder)
    print(report.summary(outcome))
    return outcome


def reading(outcome: Outcome, words: str) -> str:
    """Say which factors lie above the dummy, from the numbers."""
    lines = []
    for observable in OBSERVABLES:
        rows = report.leading(outcome, observable)
        dummy = rows["factor"] == "dummy"
        floor = float(rows.loc[dummy, "high"].iloc[0]) if dummy.any() else 0.0
        above = rows[(rows["low"] > floor) & ~dummy].head(8)
        named = ", ".join(f"{r.factor} ({r.value:.2g})" for r in above.itertuples())
        lines.append(f"{words}, {observable}: {named}.")
    return "\n".join(lines)


def main() -> None:
    """Run both studies and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("results/flt3l_cdc_levers"))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--samples", type=int, default=64, help="size of Sobol', a power of two")
    parser.add_argument("--trajectories", type=int, default=10, help="size of Morris")
    arguments = parser.parse_args()
    model = immacro.load("flt3l_cdc", host="mouse")
    levers = study(model, "sobol", arguments.out / "sobol", arguments.workers, factors=LEVERS,
                   samples=arguments.samples, options={"second_order": False})  # fmt: skip
    numbers = study(model, "morris", arguments.out / "morris", arguments.workers,
                    factors=[*DOSES, *assumed(model)],
                    samples=arguments.trajectories)  # fmt: skip
    text = "\n".join([reading(levers, "Total Sobol' indices of levers"),
                      reading(numbers, "Morris mu* of assumed numbers")])  # fmt: skip
    (arguments.out / "reading.txt").write_text(text + "\n", encoding="utf-8")
    print(text)
    print(f"\nTables and figures are in {arguments.out}; first look at "
          f"{arguments.out}/morris/figures")  # fmt: skip


if __name__ == "__main__":
    main()
