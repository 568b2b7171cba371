"""The composed model as a table of contents."""

from immacro.models.gcsf_irf8 import granulopoiesis, ligand
from immacro.models.macroenvironment import (
    b_lymphopoiesis,
    body,
    cd8,
    challenge,
    challenge_antibody,
    challenge_cd8,
    challenge_dc,
    challenge_readouts,
    checkpoint_antibodies,
    dendritic_cells,
    dendritic_precursors,
    drivers,
    haematopoiesis,
    interventions,
    lymphocytes,
    monocytes,
    natural_killer,
    neutrophils,
    readouts,
    soluble,
    tumour,
    tumour_antigen,
    tumour_cd8,
    wound,
)
from immacro.models.macroenvironment.cascades import (
    cd40,
    cd40_pd1_priming,
    flt3l_cdc,
    gcsf_irf8,
    il6_dc_apoptosis,
    nk_activation,
    tcell_exhaustion,
    vegf_dc_maturation,
)
from immacro.models.shared.knock_out import left_by
from immacro.models.shared.plasma import injected
from immacro.models.shared.regulation import Signal, saturated

from immacro.build import Assembly


def write(a: Assembly, cascade=gcsf_irf8.gcsf_irf8) -> None:
    """Write the body, its tumour and the cascades that couple them.

    Args:
        a: the assembly.
        cascade: gcsf_irf8 as a reduction, or at full depth.
    """
    places = body.compartments(a)
    gcsf = ligand.free_gcsf(a, places.blood)
    link = cascade(a, places, gcsf)
    injury = wound.made_and_healed(a, places)
    plasma = drivers.in_plasma(a, places.blood, Signal(*granulopoiesis.gcsf_effect(a, gcsf, 1)))
    driven = plasma.drivers
    carried = {"il6": ("IL-6", a.monomer("IL6")() ** places.blood),
               "vegf": ("VEGF", a.monomer("VEGF")() ** places.blood)}  # fmt: skip
    blocked = 1 + soluble.arms(a, "anti_il6", "anti-IL-6R", places.blood)
    il6_level = soluble.carried(a, "il6", *carried["il6"]).left(blocked)
    held = soluble.arms(a, "anti_vegf", "anti-VEGF", places.blood)
    vegf_level = soluble.carried(a, "vegf", *carried["vegf"], held)
    inflamed = Signal(*(saturated(il6, a.p("il6_semi_half")) for il6 in il6_level))
    drivers.inflammation(a, (driven.gcsf, inflamed, driven.tnf, driven.il1b))
    il6 = il6_dc_apoptosis.il6_dc_apoptosis(a, places.dendritic_cell, il6_level)
    vegf = vegf_dc_maturation.vegf_dc_maturation(a, vegf_level)
    flt3 = flt3l_cdc.flt3_expands(a, places)
    activation = cd40.cd40_activates(a, places)

    cancer, burden, whole = tumour.grows(a, places)
    node_left = left_by(a, "dln_resection", places.dln)
    recruited = tumour.recruits(a, places, burden, node_left)

    retention = soluble.niche(a, places.bone_marrow, driven.gcsf, driven.tnf)
    progenitors = haematopoiesis.progenitors(a, places, driven, retention, flt3.on["mpp"])
    granulocytes = neutrophils.neutrophils(a, places, progenitors, driven, retention, recruited)
    mononuclear = monocytes.monocytes(a, places, progenitors, driven, retention, recruited)
    batf3_left = left_by(a, "batf3_ko", places.bone_marrow)
    output = {"cdc1": vegf.output * batf3_left, "cdc2": vegf.output}
    precursors = dendritic_precursors.precursors(a, places, progenitors, link, flt3.on, output)
    dendritic_precursors.change_in_blood(a, places, il6)
    travel = node_left * left_by(a, "ccr7_ko", places.tumour)
    from_skin = {"cdc1": travel * batf3_left, "cdc2": travel}
    drawn = tumour.draws(a, "node_gain_myeloid", recruited)
    steering = dendritic_cells.Steering(il6, activation, vegf.maturation, drawn, from_skin)
    dendritic_cells.organs(a, places, precursors, steering)
    tumour_antigen.antigen_travels(a, places, burden, recruited, travel, vegf.maturation)
    tumour_antigen.antigen_handed_on(a, places)

    circulation = lymphocytes.traffic(
        a, places, retention,
        granulocytes.immature_spleen + mononuclear.immature_spleen,
        granulocytes.immature_spleen_health + mononuclear.immature_spleen_health,
        recruited,
    )  # fmt: skip
    lymphocytes.others(a, places, circulation)
    b_lymphopoiesis.b_cells_made(a, places, progenitors)
    toll = wound.stress(a, injury, "wound_nk_death",
                        "death of natural killer cells over that without a wound")  # fmt: skip
    natural_killer.circulate(a, places, circulation, toll)
    cd8.naive_and_memory(a, places, circulation)
    checkpoint = checkpoint_antibodies.given(a, places)
    drive = cd40_pd1_priming.contact(a, places, checkpoint)
    cd8.primed(a, places, cd8.antigen_presented(a, places, drive))
    cd8.effectors(a, places, circulation)
    tumour_cd8.enter(a, places, burden)
    exhaustion = tcell_exhaustion.exhaustion(a, burden, checkpoint)
    met_outside = challenge.given(a, places)
    presented = challenge_dc.alarmed(a, places, met_outside, vegf.nfkb)
    second = challenge_cd8.respond(a, places, met_outside, presented, drive, circulation)
    helped = challenge_antibody.answer(a, places, met_outside, presented, drive)
    challenge.killed(a, met_outside, challenge_cd8.killers(a, second))
    capacity = tumour_cd8.change(a, places, exhaustion)
    function = tumour.suppression(a, granulocytes.immature_tumour + mononuclear.immature_tumour)
    tumour.killed(a, cancer, burden, capacity, function)
    met = natural_killer.educated(a, places, cancer, burden, whole)
    weakened = wound.stress(a, injury, "wound_nk_weakening",
                            "lysis without a wound over that with it")  # fmt: skip
    lysis = nk_activation.nk_activation(a, places.nk_cell, met, weakened)
    natural_killer.infiltrate_and_kill(a, places, cancer, burden, lysis, function)

    ligand.gcsf_made_and_cleared(a, places.blood, gcsf, granulocytes, precursors,
                                 plasma.gcsf_made)  # fmt: skip
    secreted = {"gcsf": ("G-CSF", a.known("GCSF")(b=None) ** places.blood),
                **plasma.factors, **carried}  # fmt: skip
    for stem, factor in secreted.items():
        soluble.secreted_by_tumour(a, stem, *factor, cancer, whole, places.blood)
    for stem in ("gcsf", "il6", "ccl2"):
        wound.secretes(a, injury, stem, *secreted[stem])
    ligand.anti_gcsf(a, places.blood)
    injected(a, "sargramostim", "SargramostimDepot", "gmcsf", plasma.factors["gmcsf"][1],
             places.blood, "The drug is absorbed and then is GM-CSF.")  # fmt: skip
    flt3l_cdc.flt3l_made_and_cleared(a, places, flt3)
    interventions.node_is_resected(a, places, node_left)
    interventions.cd8_are_depleted(a, places)
    natural_killer.depleted(a, places)
    readouts.observe(a, places, gcsf, link)
    challenge_readouts.observe(a, places, second, helped)
