"""The composed model as a table of contents."""

from immacro.models.gcsf_irf8 import granulopoiesis, ligand
from immacro.models.macroenvironment import (
    body,
    cd8,
    dendritic_cells,
    dendritic_precursors,
    haematopoiesis,
    lymphocytes,
    monocytes,
    neutrophils,
    readouts,
    signalling,
    soluble,
    tumour,
    tumour_antigen,
)

from immacro.build import Assembly


def write(a: Assembly, cascade=signalling.gcsf_irf8) -> None:
    """Write the body, its tumour and the cascade that couples them.

    Args:
        a: the assembly.
        cascade: gcsf_irf8 as a reduction, or at full depth.
    """
    places = body.compartments(a)
    gcsf = ligand.free_gcsf(a, places.blood)
    drive = soluble.Signal(*granulopoiesis.gcsf_effect(a, gcsf, 1))
    link = cascade(a, places, gcsf)

    cancer, burden, whole = tumour.grows(a, places)
    recruited = tumour.recruits(a, places, burden)

    retention = soluble.niche(a, places.bone_marrow, drive)
    progenitors = haematopoiesis.progenitors(a, places, drive, retention)
    granulocytes = neutrophils.neutrophils(a, places, progenitors, drive, retention, recruited)
    mononuclear = monocytes.monocytes(a, places, progenitors, drive, retention, recruited)
    precursors = dendritic_precursors.precursors(a, places, progenitors, link)
    dendritic_cells.organs(a, places, precursors)
    tumour_antigen.antigen_travels(a, places, burden, recruited)
    tumour_antigen.antigen_handed_on(a, places)
    dendritic_cells.node_cells_die(a, places)

    circulation = lymphocytes.traffic(
        a, places, retention,
        granulocytes.immature_spleen + mononuclear.immature_spleen,
        granulocytes.immature_spleen_health + mononuclear.immature_spleen_health,
    )  # fmt: skip
    lymphocytes.others(a, places, circulation)
    cd8.naive_and_memory(a, places, circulation)
    cd8.primed(a, places, cd8.antigen_presented(a, places))
    effectors = cd8.effectors(a, places, circulation, burden)
    function = tumour.suppression(a, granulocytes.immature_tumour + mononuclear.immature_tumour)
    tumour.killed(a, cancer, burden, effectors, function)

    ligand.gcsf_made_and_cleared(a, places.blood, gcsf, granulocytes, precursors)
    soluble.gcsf_of_the_tumour(a, cancer, whole, places.blood)
    ligand.anti_gcsf(a, places.blood)
    a.surgery("surgery", places.tumour)
    readouts.observe(a, places, gcsf, link)
