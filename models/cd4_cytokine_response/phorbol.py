"""PMA in a memory T cell: PKC-theta, CARMA1 before IKK, ERK before AP-1.

PKC-theta is a disulfide-linked inactive complex in naive T cells and reduced in primed ones; what
is reduced binds PMA and is active. ERK follows its drive within minutes and is no species.
"""

from immacro.models.cd4_cytokine_response.oxidation import Thiols, made_and_lost
from immacro.models.cd4_cytokine_response.stimuli import Stimuli

from immacro.build import Assembly


def pkc_theta(a: Assembly, cell, given: Stimuli, thiols: Thiols):
    """PKC-theta binds PMA; hydrogen peroxide links it by disulfides.

    Returns:
        Active PKC-theta over all that a cell has in health.
    """
    p = a.p
    pkc = a.monomer("PRKCQ", ("s",), {"s": ["resting", "active", "oxidised"]})
    resting, active, oxidised = (pkc(s=s) ** cell for s in ("resting", "active", "oxidised"))
    made_and_lost(a, cell, pkc, resting)
    on = a.define("prkcq_activation", p("prkcq_koff") * (p("prkcq_tonic") + given.pma
                                                         / p("pma_kd")),
                  "1/day", "binding of PMA to PKC-theta, and tonic activity")  # fmt: skip
    a.rule("prkcq_activated", resting | active, on, p("prkcq_koff"), kind="binding",
           note="PMA takes the place of diacylglycerol in the C1 domains.")  # fmt: skip
    for name, state in (("resting", resting), ("active", active)):
        a.rule(f"prkcq_{name}_oxidised", state >> oxidised, thiols.oxidation,
               kind="cell transition",
               note="Hydrogen peroxide links PKC-theta by disulfides.")  # fmt: skip
    a.rule("prkcq_reduced", oxidised >> resting, p("thiol_reduction"), kind="cell transition",
           note="Glutathione and thioredoxin reduce it.")  # fmt: skip
    number = a.amount("prkcq_active", active, "active PKC-theta per memory cell")
    return number / (p("prkcq_total") * a.volume(cell.name))


def carma1(a: Assembly, cell, pkc):
    """PKC-theta opens CARMA1, whose complex with BCL10 and MALT1 turns IKK on.

    Returns:
        The signal to IKK, over the largest.
    """
    p = a.p
    molecule = a.monomer("CARMA1", ("y",), {"y": ["off", "on"]})
    off, on = molecule(y="off") ** cell, molecule(y="on") ** cell
    made_and_lost(a, cell, molecule, off)
    speed = a.define("carma1_activation", p("carma1_kcat") * pkc, "1/day",
                     "phosphorylation of CARMA1")  # fmt: skip
    a.rule("carma1_turned_on", off | on, speed, p("carma1_off"), kind="phosphorylation",
           note="PKC-theta phosphorylates the linker of CARMA1, which opens.")  # fmt: skip
    active = a.amount("carma1_on", on, "open CARMA1 per memory cell")
    share = active / a.amount("carma1_all", molecule() ** cell, "CARMA1 per memory cell")
    tonic = p("nfkb_tonic")
    return a.define("ikk_signal", tonic + (1 - tonic) * share, "dimensionless",
                    "signal to IKK, over the largest")  # fmt: skip


def erk(a: Assembly, pkc, given: Stimuli):
    """ERK downstream of RasGRP1, which binds PMA itself, and of PKC-theta.

    Returns:
        Its active share.
    """
    p = a.p
    held = given.pma / (given.pma + p("pma_kd"))
    drive = p("erk_tonic") + (1 - p("erk_pkc_weight")) * held + p("erk_pkc_weight") * pkc
    return a.define("erk_active", drive / (drive + p("erk_half")), "dimensionless",
                    "active share of ERK")  # fmt: skip
