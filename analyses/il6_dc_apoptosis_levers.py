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

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from cascade_study import Study, conclude, reading
from one_line_errors import exit_code

from immacro.sensitivity import report
from immacro.sensitivity.running import Outcome

STUDY = Study(
    model="il6_dc_apoptosis",
    levers=(
        "il6_strength",
        "anti_il6_dose=0.003:3:loguniform",
        "sgp130_dose=0.01:10:loguniform",
        "jak_inhibitor_strength",
    ),
    observables=("dc_apoptosis_systemic@30", "dc_systemic@30"),
    days=30,
    context="kpc",
)


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
    folder, levers, numbers = STUDY.carry_out(__doc__.splitlines()[0], samples=128)
    effects = folds(numbers, folder)
    named = ", ".join(f"{factor} ({value:.2f})" for factor, value in effects.head(8).items())
    lines = (
        reading(STUDY, levers, "Total Sobol' indices of levers"),
        f"Morris mu* for log2 of the rise of apoptosis: {named}.",
    )
    conclude(folder, lines, "fold_of_apoptosis.png")


if __name__ == "__main__":
    sys.exit(exit_code(main))
