"""The model as a table of contents."""

from immacro.models.cd4_cytokine_response import (
    calcium,
    cytokines,
    hexamer,
    oxidation,
    phorbol,
    readouts,
    receptor,
    stat1,
    stimuli,
)
from immacro.models.shared import nfkb, stat3
from immacro.models.shared.kinase import jak_inhibition

from immacro.build import Assembly


def write(a: Assembly) -> None:
    """Write what reaches the cells, IL-6 on a naive CD4 cell, and a memory cell's cytokines."""
    blood, naive, memory = map(a.compartment, ("blood", "naive_cd4_cell", "memory_t_cell"))

    given = stimuli.given(a, blood)
    answer_to_il6(a, naive, given, jak_inhibition(a, blood, "JAK1"))
    answer_to_pma_and_ionomycin(a, memory, given)
    readouts.observe(a, naive, memory, given)


def answer_to_il6(a: Assembly, cell, given, kinase_activity) -> None:
    """From IL-6 to pSTAT1, pSTAT3 and SOCS3 in a naive CD4 T cell.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        given: what reaches the cell.
        kinase_activity: share of JAK1 activity that inhibitors leave.
    """
    receptor.receptors_turn_over(a, cell, receptor.adam17_activated(a, cell, given))
    receptor.il6_binds(a, cell, given)
    hexamer.forms_and_is_phosphorylated(a, cell, kinase_activity)
    hexamer.internalised(a, cell)

    stat3.stat3_turns_over(a, cell)
    hexamer.stat3_docks(a, cell, kinase_activity)
    dimers = stat3.stat3_cycles(a, cell)
    hexamer.socs3_docks_and_blocks_jak1(a, cell, stat3.socs3_induced(a, cell, dimers))
    stat1.turns_over_and_cycles(a, cell)
    hexamer.stat1_docks(a, cell, kinase_activity)


def answer_to_pma_and_ionomycin(a: Assembly, cell, given) -> None:
    """From PMA and calcium to IL-2 and IFN-gamma in memory T cells."""
    thiols = oxidation.thiols(a, cell, given)
    pkc = phorbol.pkc_theta(a, cell, given, thiols)
    nuclear = nfkb.nfkb_core(a, cell, phorbol.carma1(a, cell, pkc)).nuclear
    calcium.calcineurin(a, cell, given, thiols)
    pairs = calcium.nfat_and_ap1(a, cell, phorbol.erk(a, pkc, given))
    cytokines.made(a, cell, pairs, nuclear, thiols.binding)
