"""The model as a table of contents."""

from immacro.models.flt3l_cdc import ligand, lineage, readouts, receptor, sensing, stimuli

from immacro.build import Assembly


def write(a: Assembly) -> None:
    """Write FLT3L, its receptor, the cells it makes and the stimuli that mature them."""
    blood, marrow, spleen, progenitor, dendritic = map(
        a.compartment, ("blood", "bone_marrow", "spleen", "pre_dc", "dendritic_cell")
    )
    places = {"blood": blood, "spleen": spleen}

    flt3l = ligand.free_flt3l(a, blood)
    flt3 = receptor.signals(a, progenitor, flt3l)
    health = receptor.in_health(a, progenitor, flt3)

    given = stimuli.given(a, blood, dendritic)
    maturation = sensing.maturation(a, blood, dendritic, given)

    pre_dc = lineage.progenitors(a, marrow, blood, flt3.effect, health.effect)
    lineage.dendritic_cells(a, places, pre_dc, flt3.effect, health.effect, maturation)
    cells = lineage.counted(a, marrow, places, pre_dc)

    ligand.made_and_cleared(a, blood, flt3, health, cells)
    ligand.recombinant(a, blood)
    readouts.observe(a, marrow, places, flt3l, flt3.effect)
