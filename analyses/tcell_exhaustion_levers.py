"""What moves the lock and the function of CD8 T cells: levers by Sobol', numbers by Morris.

A mouse carries a tumour from day 0 with antigen, metabolic stress and PD-L1; its mitochondria are
activated, an antibody to PD-1 is given or TOX is taken. Sobol' splits the variance of the lock, of
IFN-gamma on restimulation and of the share of terminal cells on day 28 among the levers. Morris
screens, in the context ``b16``, every number that is assumed or fitted by hand, within its range in
the ledger. Run it with

    python analyses/tcell_exhaustion_levers.py

It writes tables and figures below ``results/tcell_exhaustion_levers`` and prints what they say.
Finished runs are kept: started again, it continues.
"""

import sys

from cascade_study import Study

STUDY = Study(
    model="tcell_exhaustion",
    levers=(
        "antigen_strength=0:1.5",
        "metabolic_stress_strength=0:1.5",
        "pdl1_strength=0:1.5",
        "mito_activation_strength",
        "anti_pd1_dose=0.003:10:loguniform",
        "tox_ko_strength",
    ),
    observables=("epigenetic_lock_cd8_tumour@28", "ifng_cd8_tumour@28",
                 "terminally_exhausted_cd8_tumour@28"),
    days=28,
    context="b16",
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(STUDY.main(__doc__.splitlines()[0]))
