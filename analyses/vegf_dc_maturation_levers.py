"""What moves NF-kB and maturation of dendritic cells: levers by Sobol', numbers by Morris.

A mouse carries a tumour that secretes VEGF from day 0; an antibody to VEGF twice a week, a decoy
(soluble VEGFR1) and a little TNF start with it. Sobol' splits the variance of nuclear NF-kB in
precursors and of maturation on day 28 among the four levers. Morris screens, in the context
``at3``, every number that is assumed or fitted by hand, within its range in the ledger. Run it with

    python analyses/vegf_dc_maturation_levers.py

It writes tables and figures below ``results/vegf_dc_maturation_levers`` and prints what they say.
Finished runs are kept: started again, it continues.
"""

import sys

from cascade_study import Study

STUDY = Study(
    model="vegf_dc_maturation",
    levers=(
        "vegf_strength",
        "anti_vegf_dose=0.003:3:loguniform",
        "svegfr1_fold",
        "tnf_strength=0:0.01",
    ),
    observables=("nfkb_pre_dc@28", "dc_maturation_bone_marrow@28"),
    days=28,
    context="at3",
)

if __name__ == "__main__":
    sys.exit(STUDY.main(__doc__.splitlines()[0]))
