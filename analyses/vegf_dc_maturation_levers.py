"""What moves NF-kB and maturation of dendritic cells: levers by Sobol', numbers by Morris.

A mouse carries a tumour that secretes VEGF from day 0; an antibody to VEGF twice a week, a decoy
(soluble VEGFR1) and a little TNF start with it. Sobol' splits the variance of nuclear NF-kB in
precursors and of maturation on day 28 among the four levers. Morris screens, in the context
``at3``, every number that is assumed or fitted by hand, within its range in the ledger. Run it with

    python analyses/vegf_dc_maturation_levers.py

It writes tables and figures below ``results/vegf_dc_maturation_levers`` and prints what they say.
Finished runs are kept: started again, it continues.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import immacro
from immacro.sensitivity import report
from immacro.sensitivity.running import RUNS, Outcome, run

#: Ranges within the ledger's in which a lever still makes a difference.
LEVERS = (
    "vegf_strength",
    "anti_vegf_dose=0.003:3:loguniform",
    "svegfr1_fold",
    "tnf_strength=0:0.01",
)
OBSERVABLES = ("nfkb_pre_dc@28", "dc_maturation_bone_marrow@28")


def assumed(model: immacro.Model) -> list[str]:
    """Numbers of the ledger that are assumed or fitted and may vary; levers are not among them."""
    table = model.parameters
    chosen = table["status"].isin(["assumed", "fitted"]) & ~table["role"].isin(["lever", "switch"])
    return list(table.index[chosen & (table["distribution"] != "fixed")])


def study(model: immacro.Model, method: str, folder: Path, workers: int, **choice) -> Outcome:
    """Run one study, or continue it, and write its tables and figures."""
    outcome = run(
        model, observables=OBSERVABLES, method=method, seed=1, days=28, points=29, out=folder,
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
    parser.add_argument("--out", type=Path, default=Path("results/vegf_dc_maturation_levers"))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--samples", type=int, default=64, help="size of Sobol', a power of two")
    parser.add_argument("--trajectories", type=int, default=10, help="size of Morris")
    arguments = parser.parse_args()
    model = immacro.load("vegf_dc_maturation", host="mouse")
    levers = study(model, "sobol", arguments.out / "sobol", arguments.workers, factors=LEVERS,
                   samples=arguments.samples, options={"second_order": False})  # fmt: skip
    numbers = study(model, "morris", arguments.out / "morris", arguments.workers,
                    factors=assumed(model), samples=arguments.trajectories,
                    context="at3")  # fmt: skip
    text = "\n".join([reading(levers, "Total Sobol' indices of levers"),
                      reading(numbers, "Morris mu* of assumed numbers")])  # fmt: skip
    (arguments.out / "reading.txt").write_text(text + "\n", encoding="utf-8")
    print(text)
    print(f"\nTables and figures are in {arguments.out}; first look at "
          f"{arguments.out}/morris/figures")  # fmt: skip


if __name__ == "__main__":
    main()
