"""The model as a table of contents."""

from immacro.models.il6_dc_apoptosis import (
    dendritic_cells,
    gp130,
    membrane,
    mitochondria,
    readouts,
    soluble,
    therapies,
)
from immacro.models.shared import stat3
from immacro.models.shared.kinase import jak_inhibition

from immacro.build import Assembly


def write(a: Assembly) -> None:
    """Write IL-6 and its receptors, STAT3, the BCL-2 family and the cells that die of it."""
    blood, spleen, cell = map(a.compartment, ("blood", "spleen", "dendritic_cell"))

    serum = soluble.il6_and_soluble_receptors(a, blood)
    kinase_activity = jak_inhibition(a, blood, "JAK1")
    therapies.soluble_gp130(a, blood)
    arms = therapies.anti_il6r(a, blood)

    dimers = signalling(a, cell, serum, arms, kinase_activity)
    caspase = apoptosis(a, cell, dimers)
    cells = dendritic_cells.live_and_die(a, spleen, caspase)

    soluble.il6_made_and_cleared(a, blood, serum, membrane.unblocked(a, cell))
    soluble.tumour_secretes(a, blood)
    readouts.observe(a, cell, serum, cells)


def signalling(a: Assembly, cell, serum, arms, kinase_activity):
    """From IL-6 in plasma to nuclear STAT3 dimers in an average dendritic cell.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        serum: free IL-6 and its soluble complex in plasma.
        arms: free arms of the antibody to IL-6R in plasma.
        kinase_activity: share of JAK1 activity that inhibitors leave.

    Returns:
        Nuclear dimers per cell (item).
    """
    membrane.receptors_turn_over(a, cell)
    membrane.il6_binds_il6r(a, cell, serum.il6)
    membrane.antibody_blocks_il6r(a, cell, arms)
    membrane.jak1_docks(a, cell)
    membrane.trimers_form(a, cell, serum.complex)

    gp130.trimers_dimerise(a, cell)
    gp130.jak1_activates(a, cell, kinase_activity)
    gp130.tyrosines_phosphorylated(a, cell, kinase_activity)
    gp130.shp2_docks_and_dephosphorylates(a, cell)
    gp130.complexes_internalised(a, cell)

    stat3.stat3_turns_over(a, cell)
    gp130.stat3_docks_and_is_phosphorylated(a, cell, kinase_activity)
    dimers = stat3.stat3_cycles(a, cell)
    gp130.socs3_docks_and_blocks_jak1(a, cell, stat3.socs3_induced(a, cell, dimers))
    return dimers


def apoptosis(a: Assembly, cell, dimers):
    """From nuclear STAT3 dimers to free active caspase-3 in an average dendritic cell.

    Returns:
        Free active caspase-3 per cell (item).
    """
    mitochondria.proteins_turn_over(a, cell)
    mitochondria.stat3_induces_bim(a, cell, dimers)
    mitochondria.bcl2_holds_bim_and_bax(a, cell)
    mitochondria.bim_activates_bax(a, cell)
    return mitochondria.bax_activates_caspase3(a, cell)
