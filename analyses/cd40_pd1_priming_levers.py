"""What moves priming in the node: levers by Sobol', assumed numbers by Morris.

A mouse has dendritic cells with little antigen and little stimulus (context kpc) for Morris; for
Sobol' antigen, innate stimulus, CD4 help and the four antibodies vary as well. Sobol' splits the
variance of primed CD8 T cells and of phosphorylated CD28 on day 3 among the levers. Morris screens,
under a CD40 agonist and PD1 blockade at usual doses, every number that is assumed or fitted by
hand, within its range in the ledger. Run it with

    python analyses/cd40_pd1_priming_levers.py

It writes tables and figures below ``results/cd40_pd1_priming_levers`` and prints what they say.
Finished runs are kept: started again, it continues.
"""

import sys

from cascade_study import Study

STUDY = Study(
    model="cd40_pd1_priming",
    levers=(
        "antigen_strength=0:1",
        "tlr_strength=0.0001:1:loguniform",
        "cd40l_strength=0:1",
        "cd40_agonist_dose=0.001:50:loguniform",
        "anti_pd1_dose=0.0001:20:loguniform",
        "anti_pdl1_dose=0.0001:20:loguniform",
        "anti_ctla4_dose=0.01:20:loguniform",
    ),
    observables=("primed_cd8_dln@3", "pcd28_contact@3"),
    days=3,
    # Doses beside which the numbers are screened: no fixed levers, only narrow ranges.
    beside=("cd40_agonist_dose=2:5", "anti_pd1_dose=5:10"),
    context="kpc",
)

if __name__ == "__main__":
    sys.exit(STUDY.main(__doc__.splitlines()[0]))
