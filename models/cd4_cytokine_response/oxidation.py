"""Thiols of a memory T cell under hydrogen peroxide of myeloid cells.

Three targets are known: PKC-theta, which disulfides make inactive; the cysteine in the DNA-binding
loop that NF-kB and NFAT share, without which they do not bind; and calcineurin, which is cleaved.
All are oxidised at one rate. Glutathione and thioredoxin reduce the first two within days, and
turnover replaces all three, so that a cell in a tube keeps for hours what it met in the body.
"""

from typing import Any, NamedTuple

from immacro.models.cd4_cytokine_response.stimuli import Stimuli

from immacro.build import Assembly


class Thiols(NamedTuple):
    """What other parts need."""

    #: oxidation of a thiol now and in health (1/day)
    oxidation: Any
    oxidation_health: Any
    #: share of NF-kB and NFAT that can bind DNA
    binding: Any


def made_and_lost(a: Assembly, cell, molecule, new, loss=0) -> None:
    """A protein of the ledger's ``<name>_total`` turns over in every state.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        molecule: its monomer.
        new: the state in which it is made.
        loss: what else is lost of it in health (1/day).
    """
    p, stem = a.p, molecule.name.lower()
    a.initial(new, a.define(f"{stem}_start", p(f"{stem}_total") * a.volume(cell.name), "item",
                            f"{molecule.name} per cell"))  # fmt: skip
    made = a.define(f"{stem}_synthesis", p(f"{stem}_total") * (p("signalling_turnover") + loss),
                    "item/litre/day", f"{molecule.name} synthesis per cell volume")  # fmt: skip
    a.rule(f"{stem}_synthesised", None >> new, made, kind="production",
           note="Made at the rate that keeps its total in health.")  # fmt: skip
    a.rule(f"{stem}_lost", molecule() ** cell >> None, p("signalling_turnover"),
           kind="degradation", note="It turns over in every state.")  # fmt: skip


def thiols(a: Assembly, cell, given: Stimuli) -> Thiols:
    """The rate of oxidation, and the Rel domains of NF-kB and NFAT, which are followed together.

    The switch `memory_blunting` at zero keeps oxidation at its healthy rate.
    """
    p = a.p
    health = a.define("thiol_oxidation_health", p("thiol_oxidation") * given.peroxide_health,
                      "1/day", "oxidation of a thiol in health")  # fmt: skip
    now = a.define("thiol_oxidation_rate", health + p("memory_blunting") * p("thiol_oxidation")
                   * (given.peroxide - given.peroxide_health), "1/day",
                   "oxidation of a thiol")  # fmt: skip
    domain = a.monomer("RelDomain", ("s",), {"s": ["reduced", "oxidised"]})
    reduced, oxidised = domain(s="reduced") ** cell, domain(s="oxidised") ** cell
    made_and_lost(a, cell, domain, reduced)
    a.rule("rel_domain_oxidised", reduced | oxidised, now, p("thiol_reduction"),
           kind="cell transition",
           note="Hydrogen peroxide oxidises the cysteine of the loop that holds DNA; thioredoxin "
                "reduces it.")  # fmt: skip
    able = a.amount("rel_reduced", reduced, "Rel domains that can bind DNA")
    every = a.amount("rel_all", domain() ** cell, "Rel domains of NF-kB and NFAT")
    return Thiols(now, health, able / every)
