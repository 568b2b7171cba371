"""The model as a table of contents."""

from immacro.models.shared.nfkb import nfkb_core
from immacro.models.vegf_dc_maturation import cells, ligand, readouts, receptors, stimulus

from immacro.build import Assembly


def write(a: Assembly) -> None:
    """Write VEGF, its receptors, NF-kB and the dendritic cells that it steers."""
    blood, marrow, cell = map(a.compartment, ("blood", "bone_marrow", "pre_dc"))

    vegf = ligand.free_vegf(a, blood)
    vegfr = receptors.vegf_receptors(a, cell, vegf)
    signal = stimulus.signal_to_ikk(a, blood, vegfr)
    nfkb = nfkb_core(a, cell, signal)
    dendritic = cells.dendritic_cells(a, marrow, nfkb.nuclear / a.volume(cell.name))

    trapped = ligand.trapped_in_health(a)
    ligand.vegf_made_and_cleared(a, blood, trapped, dendritic.pre_dc, vegfr)
    ligand.tumour_secretes(a, blood)
    ligand.soluble_vegfr1(a, blood, trapped)
    ligand.anti_vegf(a, blood)
    readouts.observe(a, vegf, vegfr, nfkb, dendritic)
