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

import sys

from cascade_study import Study

STUDY = Study(
    model="flt3l_cdc",
    levers=(
        "flt3l_dose=0.1:1000:loguniform",
        "poly_iclc_dose=0.001:2.5:loguniform",
        "cpg_dose=0.0001:2.5:loguniform",
        "cd40_agonist_dose=0.001:50:loguniform",
        "tumour_strength=0:1",
    ),
    observables=("dc_spleen@10", "dc_activation_spleen@2"),
    days=10,
    # Doses beside which the numbers are screened: no fixed levers, only narrow ranges.
    beside=("flt3l_dose=500:1000", "poly_iclc_dose=1:2.5"),
)

if __name__ == "__main__":
    sys.exit(STUDY.main(__doc__.splitlines()[0]))
