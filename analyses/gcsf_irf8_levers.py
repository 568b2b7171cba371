"""Which lever moves cDC1 and neutrophils, and by how much: Sobol' and Morris on `gcsf_irf8`.

A mouse carries a tumour that secretes G-CSF from day 0; four therapies start with it: filgrastim
for five days, antibody every three days, JAK inhibitor and IRF8 transgene throughout. Morris
screens the five levers, Sobol' splits the variance of the cDC1 deficit and of the neutrophil rise
on day 30 among them. Run it with

    python analyses/gcsf_irf8_levers.py

with ``--samples 256`` for narrower intervals in twice the time. It writes tables and figures below
``results/gcsf_irf8_levers`` and prints what they say. Finished runs are kept: started again, it
continues.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from one_line_errors import exit_code

import immacro
from immacro.sensitivity import report
from immacro.sensitivity.running import RUNS, Outcome, run

#: Ranges within the ledger's in which a lever still makes a difference: 0.5 mg/kg of antibody, the
#: usual dose in mice, holds hundred times the G-CSF that a reference tumour makes meanwhile.
FACTORS = (
    "gcsf_strength",
    "anti_gcsf_dose=0.001:1:loguniform",
    "filgrastim_dose=0:250",
    "jak_inhibitor_strength",
    "irf8_overexpression_fold=1:3",
)
OBSERVABLES = ("cdc1_blood@30", "neutrophil_blood@30")
DEFICIT, RISE = OBSERVABLES
#: Method -> size of the design and options. Pairs of levers would need a much larger design.
STUDIES = {"morris": (20, {}), "sobol": (128, {"second_order": False})}


def study(
    model: immacro.Model, method: str, folder: Path, workers: int, samples: int | None = None
) -> Outcome:
    """Run one study, or continue it, and write its tables and figures."""
    usual, options = STUDIES[method]
    samples = samples or usual
    outcome = run(
        model, FACTORS, OBSERVABLES, method=method, samples=samples, options=options, seed=1,
        out=folder, resume=(folder / RUNS).exists(), workers=workers,
    )  # fmt: skip
    report.write(outcome, folder)
    return outcome


def reading(outcome: Outcome) -> str:
    """Say what the Sobol' indices mean, from the numbers."""
    lines = []
    for observable, what in ((DEFICIT, "cDC1 in blood"), (RISE, "neutrophils in blood")):
        rows = report.leading(outcome, observable)
        floor = float(rows.loc[rows["factor"] == "dummy", "high"].iloc[0])
        above = rows[(rows["low"] > floor) & (rows["factor"] != "dummy")]
        below = rows[(rows["low"] <= floor) & (rows["factor"] != "dummy")]
        first = outcome.indices["S1"].sel(observable=observable)
        alone = float(first.where(first["factor"] != "dummy").sum())
        named = ", ".join(f"{r.factor} ({r.value:.2f})" for r in above.itertuples())
        lines.append(
            f"{what} on day 30: total indices {named}. First-order effects add up to {alone:.2f}; "
            f"the rest is interaction."
            + (f" Not told from the dummy: {', '.join(below['factor'])}." if len(below) else "")
        )
    return "\n".join(lines)


def main() -> None:
    """Run both studies and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("results/gcsf_irf8_levers"))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--samples", type=int, help="size of the Sobol' design, a power of two")
    arguments = parser.parse_args()
    model = immacro.load("gcsf_irf8", host="mouse")
    for method in STUDIES:
        outcome = study(model, method, arguments.out / method, arguments.workers,
                        arguments.samples if method == "sobol" else None)  # fmt: skip
        print(report.summary(outcome))
    text = reading(outcome)
    (arguments.out / "reading.txt").write_text(text + "\n", encoding="utf-8")
    print(text)
    print(f"\nTables and figures are in {arguments.out}; first look at "
          f"{arguments.out}/sobol/figures/heatmap.png")  # fmt: skip


if __name__ == "__main__":
    sys.exit(exit_code(main))
