"""The model as a table of contents."""

from immacro.models.tcell_exhaustion import (
    checkpoint,
    chromatin,
    mitochondria,
    nfat,
    populations,
    programme,
    readouts,
    receptors,
    stimuli,
)
from immacro.models.tcell_exhaustion.niche import NICHES, niche

from immacro.build import Assembly


def write(a: Assembly) -> None:
    """Write the antigen, the network of a CD8 cell in two niches and the cells of the tumour."""
    blood, tumour, cell = map(a.compartment, ("blood", "tumour", "cd8_cell"))

    given = stimuli.given(a, blood)
    average = {name: niche(a, name, cell) for name in NICHES}
    for here in average.values():
        receptors.tcr_and_cd28(a, here, given)
        checkpoint.pd1(a, here, given)
        nfat.nfat_and_ap1(a, here)
        chromatin.tox_and_the_lock(a, here, given)
        mitochondria.damaged_and_repaired(a, here, given)
        programme.stemness(a, here)
        programme.inhibitory_receptors(a, here)
    programme.cytokine_loci(a, average["effector"])
    programme.marks_of_the_lock(a, average["effector"])

    cells = populations.cells(a, tumour, average)
    readouts.observe(a, given, average, cells)
