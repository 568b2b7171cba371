"""The model as a table of contents."""

from immacro.models.gcsf_irf8 import (
    dendritic_cells,
    granulopoiesis,
    irf8,
    ligand,
    readouts,
    receptor,
)
from immacro.models.shared import stat3
from immacro.models.shared.kinase import jak_inhibition

from immacro.build import Assembly


def write(a: Assembly) -> None:
    """Write G-CSF, its receptor, STAT3, IRF8 and the cells they steer."""
    blood, marrow, cell = map(a.compartment, ("blood", "bone_marrow", "pre_dc"))

    gcsf = ligand.free_gcsf(a, blood)
    kinase_activity = jak_inhibition(a, blood, "JAK2")
    irf8_protein = signalling(a, cell, blood, gcsf, kinase_activity)

    neutrophils = granulopoiesis.neutrophils(a, marrow, blood, gcsf, kinase_activity)
    dendritic = dendritic_cells.commit(a, marrow, blood, irf8_protein)

    ligand.gcsf_made_and_cleared(a, blood, gcsf, neutrophils, dendritic)
    ligand.tumour_secretes(a, blood)
    ligand.filgrastim(a, blood)
    ligand.anti_gcsf(a, blood)
    readouts.observe(a, gcsf, neutrophils, dendritic, irf8_protein)


def signalling(a: Assembly, cell, blood, gcsf, kinase_activity):
    """From plasma G-CSF to IRF8 in an average pre-DC.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        blood: where helpers of levers are.
        gcsf: free G-CSF per plasma volume.
        kinase_activity: share of JAK2 activity that inhibitors leave.

    Returns:
        IRF8 protein per average pre-DC (item).
    """
    receptor.receptors_turn_over(a, cell)
    receptor.gcsf_binds(a, cell, gcsf)
    receptor.jak2_docks(a, cell)
    receptor.receptors_dimerise(a, cell)
    receptor.jak2_activates(a, cell, kinase_activity)
    receptor.tyrosines_phosphorylated(a, cell, kinase_activity)
    receptor.complexes_internalised(a, cell)

    stat3.stat3_turns_over(a, cell)
    receptor.stat3_docks_and_is_phosphorylated(a, cell, kinase_activity)
    dimers = stat3.stat3_cycles(a, cell)
    socs3 = stat3.socs3_induced(a, cell, dimers)
    receptor.socs3_blocks_jak2(a, cell, socs3)

    return irf8.irf8_repressed(a, cell, blood, dimers)
