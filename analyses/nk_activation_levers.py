"""What moves the natural killer cell of blood: levers by Sobol', assumed numbers by Morris.

A mouse carries a tumour from day 0, and the cell is read on day 60. Sobol' splits the variance of
NKp30, of lysis of a standard target and of interferon-gamma among the tumour's four levers and a
block of NKG2A. Morris screens, in the context ``at3``, every number that is assumed or fitted by
hand, within its range in the ledger. Run it with

    python analyses/nk_activation_levers.py

It writes tables and figures below ``results/nk_activation_levers`` and prints what they say.
Finished runs are kept: started again, it continues.
"""

import sys

from cascade_study import Study

STUDY = Study(
    model="nk_activation",
    levers=(
        "tumour_contact_strength=0:1",
        "tgfb_strength=0:1",
        "b7h6_strength=0:2",
        "chronic_priming_strength=0:1",
        "anti_nkg2a_strength=0:1",
    ),
    observables=("nkp30_nk@60", "nk_cytotoxicity@60", "ifng_nk@60"),
    days=60,
    # Levers have no fixed settings beside the factors, only narrow ranges.
    beside=("tumour_contact_strength=0.99:1.01", "tgfb_strength=0.99:1.01"),
    context="at3",
)

if __name__ == "__main__":
    sys.exit(STUDY.main(__doc__.splitlines()[0]))
