"""Observables: cells per microlitre of blood and per organ, and levels."""

from functools import partial

from immacro.models.gcsf_irf8.readouts import observe_plasma
from immacro.models.macroenvironment import clones, composition
from immacro.models.macroenvironment.cascades.gcsf_irf8 import Cascade
from immacro.models.macroenvironment.cd8 import cd8
from immacro.models.macroenvironment.dendritic_precursors import KINDS, dendritic_cell
from immacro.models.macroenvironment.monocytes import STAGES

from immacro.build import Assembly


def observe(a: Assembly, body, gcsf, link: Cascade) -> None:
    """All observables."""
    observe_plasma(a, gcsf)
    a.observe("pstat3_pre_dc", 1 * link.pstat3, "item", "pSTAT3 molecules per pre-DC")
    a.observe("irf8_pre_dc", 1 * link.irf8, "item", "IRF8 molecules per pre-DC")
    numbers = {}
    count = partial(_count, a, body, numbers)
    _progenitors(a, count)
    _granulocytes(a, count)
    _monocytes(a, count)
    _dendritic(a, count)
    _dendritic_state(a, numbers)
    _cd8(a, count)
    clones.observe(a, body, count)
    _lymphocytes(a, count)
    _tumour(a, count)
    composition.observe(a, numbers)


def _count(a, body, numbers, name, place, words, *patterns, share=1) -> None:
    """Write an observable for patterns in a place: cells/uL in blood, cells elsewhere."""
    where = getattr(body, place)
    identifier, label = f"{name}_{place}", f"{words} in {place.replace('_', ' ')}"
    number = numbers[name, place] = share * sum(
        a.amount(f"{identifier}_n{i or ''}", pattern**where, label)
        for i, pattern in enumerate(patterns)
    )
    if place == "blood":
        density = number / a.volume("blood") * a.p("litre_per_ul")
        a.observe(identifier, density, "item/microlitre", label)
    else:
        a.observe(identifier, 1 * number, "item", label)


def _progenitors(a, count) -> None:
    monomers = {name: a.known(name.upper())() for name in ("hsc", "mpp", "gmp", "cdp")}
    for place in ("bone_marrow", "blood"):
        for name in ("hsc", "mpp", "gmp"):
            count(name, place, name.upper(), monomers[name])
    count("hspc", "blood", "HSC, MPP and GMP",
           *(monomers[name] for name in ("hsc", "mpp", "gmp")))  # fmt: skip
    count("gmp", "spleen", "GMP", monomers["gmp"])
    count("cdp", "bone_marrow", "CDP", monomers["cdp"])
    count("pre_dc", "bone_marrow", "pre-DC", a.known("PreDC")())
    a.observe("myeloid_fate_fraction_bone_marrow",
              a.p("mpp_share_myeloid") * a.model.expressions["myeloid_fate"], "dimensionless",
              "share of MPP that become myeloid")  # fmt: skip
    _proliferation(a)
    a.observe("cxcl12_bone_marrow",
              a.model.observables["cxcl12_amount"] * a.p("cxcl12_mass") / a.volume("bone_marrow")
              * a.p("litre_per_ml"), "picogram/millilitre", "CXCL12 in bone marrow")  # fmt: skip


def _proliferation(a) -> None:
    """Births of HSC, MPP and GMP per cell of the marrow that is one, as BrdU would show them."""
    pools = {name: a.model.observables[f"{name}_bone_marrow_n"] for name in ("hsc", "mpp", "gmp")}
    rate = a.model.expressions
    births = (rate["hsc_division"] + rate["mpp_production"]) * pools["hsc"]
    births += rate["gmp_production"] * pools["mpp"]
    a.observe("hspc_proliferation_bone_marrow", births / sum(pools.values()), "1/day",
              "HSC, MPP and GMP born per cell in bone marrow")  # fmt: skip


def _granulocytes(a, count) -> None:
    cell, flowing = a.known("Neutrophil"), a.p("neutrophil_circulating_fraction")
    count("neutrophil_precursor", "bone_marrow", "mitotic neutrophil precursors",
           a.known("NeutrophilPrecursor")())  # fmt: skip
    for place in ("bone_marrow", "blood", "spleen", "tumour"):
        share = flowing if place == "blood" else 1
        count("neutrophil", place, "neutrophils, mature and immature", cell(),
               share=share)  # fmt: skip
        name, words = ("pmn_mdsc", "immature neutrophils (PMN-MDSC)")
        if place == "bone_marrow":
            name, words = ("immature_neutrophil", "immature neutrophils")
        count(name, place, words, cell(stage="maturing"), share=share)


def _monocytes(a, count) -> None:
    cell = a.known("Monocyte")
    immature, mature = (cell(stage=stage) for stage in STAGES)
    for place in ("bone_marrow", "blood", "spleen", "dln", "tumour"):
        count("monocyte", place, "monocytes, classical and immature", cell())
        if place != "bone_marrow":
            count("m_mdsc", place, "immature monocytes (M-MDSC)", immature)
    count("classical_monocyte", "blood", "classical monocytes", mature)


def _dendritic(a, count) -> None:
    cell = dendritic_cell(a)
    for place in ("blood", "spleen", "dln", "tumour"):
        count("dc", place, "conventional dendritic cells", cell())
        for kind in KINDS:
            count(kind, place, f"cDC{kind[-1]}", cell(kind=kind))
    for mat, words in (("semi", "semi-mature"), ("mat", "mature")):
        name = f"{words.replace('-', '_')}_dc"
        for place in ("spleen", "dln"):
            count(name, place, f"{words} dendritic cells", cell(mat=mat))
    count("semi_mature_dc", "blood", "semi-mature dendritic cells", cell(mat="semi"))
    count("resident_dc", "dln", "resident dendritic cells", cell(home="res"))
    count("migratory_dc", "dln", "migratory dendritic cells", cell(home="mig"))
    count("antigen_dc", "dln", "dendritic cells with tumour antigen", cell(ag="tum"))
    count("resident_dc_antigen", "dln", "resident dendritic cells with tumour antigen",
           cell(home="res", ag="tum"))  # fmt: skip


#: What a dendritic cell shows: name -> stem of its ledger rows, words, places.
ORGANS_AND_BLOOD = ("blood", "spleen", "dln")
MARKERS = {
    "activation": ("activation", "activation", ORGANS_AND_BLOOD),
    "costim": ("costim", "CD80 and CD86", ORGANS_AND_BLOOD),
    "coinhib": ("coinhib", "PD-L1", ORGANS_AND_BLOOD),
    "cd80": ("costim", "CD80", ("spleen",)),
    "cd86": ("costim", "CD86", ("spleen",)),
    "cd83": ("cd83", "CD83", ("spleen",)),
}


def _dendritic_state(a, numbers) -> None:
    """What the average dendritic cell of a place shows; a mature cell has 1."""
    numbers["mature_dc", "blood"] = 0

    def shown(stem, *places):
        total, half, mature = (sum(numbers[n, place] for place in places)
                               for n in ("dc", "semi_mature_dc", "mature_dc"))  # fmt: skip
        low, semi = (a.p(f"dc_{stem}_{mat}") for mat in ("immature", "semi_mature"))
        return low + ((semi - low) * half + (1 - low) * mature) / total

    for name, (stem, words, places) in MARKERS.items():
        for place in places:
            a.observe(f"dc_{name}_{place}", shown(stem, place), "dimensionless",
                      f"{words} of the average dendritic cell in {place}")  # fmt: skip
    a.observe("dc_activation_systemic", shown("activation", *ORGANS_AND_BLOOD), "dimensionless",
              "activation of the average dendritic cell outside the tumour")  # fmt: skip
    total, mature = (sum(numbers[n, place] for place in ORGANS_AND_BLOOD)
                     for n in ("dc", "mature_dc"))  # fmt: skip
    a.observe("dc_il12", mature / total, "dimensionless",
              "IL-12 of the average dendritic cell outside the tumour")  # fmt: skip


def _cd8(a, count) -> None:
    cell = cd8(a)
    for place in ("blood", "spleen", "dln", "bone_marrow"):
        count("cd8", place, "CD8 T cells", cell())
        for state in ("naive", "memory"):
            count(f"{state}_cd8", place, f"{state} CD8 T cells", cell(state=state))
    for place in ("dln", "blood"):
        count("effector_cd8", place, "effector CD8 T cells", cell(state="effector"))
    count("primed_cd8", "dln", "primed CD8 T cells", cell(state="primed"))


def _lymphocytes(a, count) -> None:
    other, t_cell = a.known("Lymphocyte"), cd8(a)
    for place in ("blood", "spleen", "dln", "bone_marrow"):
        count("cd4", place, "CD4 T cells", other(kind="cd4"))
        born_here = [a.known("BPrecursor")()] if place == "bone_marrow" else []
        count("b_cell", place, "B cells", other(kind="b_cell"), *born_here)
        count("t_cell", place, "T cells", t_cell(), other(kind="cd4"))
        count("lymphocyte", place, "lymphocytes", t_cell(), other(), *born_here)
    nk = {place: other(kind="nk") for place in ("blood", "spleen", "dln", "bone_marrow", "tumour")}
    for place, cell in nk.items():
        count("nk", place, "natural killer cells", cell)
    a.observe(
        "nlr_blood",
        a.model.expressions["neutrophil_blood"] / a.model.expressions["lymphocyte_blood"],
        "dimensionless", "neutrophils per lymphocyte in blood",
    )  # fmt: skip


def _tumour(a, count) -> None:
    count("endothelium", "tumour", "endothelial cells", a.known("Endothelium")())
    a.observe("tumour_burden", 1 * a.model.observables["tumour_cells"], "item", "tumour cells")
    a.observe("cd8_function_tumour", 1 * a.model.expressions["effector_function"], "dimensionless",
              "killing per effector that suppressive cells leave")  # fmt: skip
