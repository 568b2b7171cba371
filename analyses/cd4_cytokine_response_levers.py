"""What moves the answers of T cells of blood: levers by Sobol', assumed numbers by Morris.

A mouse carries a tumour from day 0. Twenty minutes before day 30 its naive CD4 cells meet IL-6, and
five hours before day 31 its memory cells meet PMA with ionomycin. Sobol' splits the variance of
pSTAT3 on day 30 and of IL-2 and IFN-gamma on day 31 among the levers. Morris screens, in the
context ``at3``, every number that is assumed or fitted by hand, within its range in the ledger. Run
it with

    python analyses/cd4_cytokine_response_levers.py

It writes tables and figures below ``results/cd4_cytokine_response_levers`` and prints what they
say. Finished runs are kept: started again, it continues.
"""

import sys

from cascade_study import Study

#: Both stimulations as narrow ranges: the levers have no fixed settings beside the factors.
STIMULATED = (
    "il6_stimulation_strength=0.99:1.01",
    "il6_stimulation_start=29.985:29.987",
    "il6_stimulation_stop=30:30.001",
    "pma_ionomycin_strength=0.99:1",
    "pma_ionomycin_start=30.79:30.8",
)

STUDY = Study(
    model="cd4_cytokine_response",
    levers=(
        "il6_strength=0:1",
        "suppressive_myeloid_strength=0:1",
        "jak_inhibitor_strength=0:1",
        "cyclosporin_strength=0:1",
        *STIMULATED,
    ),
    observables=("pstat3_cd4_blood@30", "pstat1_cd4_blood@30", "il2_memory_cd4@31",
                 "ifng_memory_cd4@31"),
    days=31,
    beside=STIMULATED,
    context="at3",
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(STUDY.main(__doc__.splitlines()[0]))
