"""Observables: cells per microlitre of blood and per organ, levels, and shares."""

from immacro.models.gcsf_irf8.readouts import observe_plasma
from immacro.models.macroenvironment.cd8 import SPECIFIC, cd8
from immacro.models.macroenvironment.dendritic_precursors import KINDS, dendritic_cell
from immacro.models.macroenvironment.monocytes import STAGES
from immacro.models.macroenvironment.signalling import Cascade

from immacro.build import Assembly


def observe(a: Assembly, body, gcsf, link: Cascade) -> None:
    """All observables."""
    observe_plasma(a, gcsf)
    a.observe("pstat3_pre_dc", 1 * link.pstat3, "item", "pSTAT3 molecules per pre-DC")
    a.observe("irf8_pre_dc", 1 * link.irf8, "item", "IRF8 molecules per pre-DC")
    _progenitors(a, body)
    _granulocytes(a, body)
    _monocytes(a, body)
    _dendritic(a, body)
    _cd8(a, body)
    _lymphocytes(a, body)
    _tumour(a, body)


def _count(a, body, name, place, words, *patterns, share=1):
    """Write an observable for patterns in a place: cells/uL in blood, cells elsewhere."""
    where = getattr(body, place)
    identifier, label = f"{name}_{place}", f"{words} in {place.replace('_', ' ')}"
    number = share * sum(
        a.amount(f"{identifier}_n{i or ''}", pattern**where, label)
        for i, pattern in enumerate(patterns)
    )
    if place == "blood":
        density = number / a.volume("blood") * a.p("litre_per_ul")
        a.observe(identifier, density, "item/microlitre", label)
    else:
        a.observe(identifier, 1 * number, "item", label)


def _progenitors(a, body) -> None:
    monomers = {name: a.known(name.upper())() for name in ("hsc", "mpp", "gmp", "cdp")}
    for place in ("bone_marrow", "blood"):
        for name in ("hsc", "mpp", "gmp"):
            _count(a, body, name, place, name.upper(), monomers[name])
    _count(a, body, "hspc", "blood", "HSC, MPP and GMP",
           *(monomers[name] for name in ("hsc", "mpp", "gmp")))  # fmt: skip
    _count(a, body, "gmp", "spleen", "GMP", monomers["gmp"])
    _count(a, body, "cdp", "bone_marrow", "CDP", monomers["cdp"])
    _count(a, body, "pre_dc", "bone_marrow", "pre-DC", a.known("PreDC")())
    a.observe("myeloid_fate_fraction_bone_marrow",
              a.p("mpp_share_myeloid") * a.model.expressions["myeloid_fate"], "dimensionless",
              "share of MPP that become myeloid")  # fmt: skip
    a.observe("cxcl12_bone_marrow",
              a.model.observables["cxcl12_amount"] * a.p("cxcl12_mass") / a.volume("bone_marrow")
              * a.p("litre_per_ml"), "picogram/millilitre", "CXCL12 in bone marrow")  # fmt: skip


def _granulocytes(a, body) -> None:
    cell, flowing = a.known("Neutrophil"), a.p("neutrophil_circulating_fraction")
    _count(a, body, "neutrophil_precursor", "bone_marrow", "mitotic neutrophil precursors",
           a.known("NeutrophilPrecursor")())  # fmt: skip
    for place in ("bone_marrow", "blood", "spleen", "tumour"):
        share = flowing if place == "blood" else 1
        _count(a, body, "neutrophil", place, "neutrophils, mature and immature", cell(),
               share=share)  # fmt: skip
        name, words = ("pmn_mdsc", "immature neutrophils (PMN-MDSC)")
        if place == "bone_marrow":
            name, words = ("immature_neutrophil", "immature neutrophils")
        _count(a, body, name, place, words, cell(stage="maturing"), share=share)


def _monocytes(a, body) -> None:
    cell = a.known("Monocyte")
    immature, mature = (cell(stage=stage) for stage in STAGES)
    for place in ("bone_marrow", "blood", "spleen", "dln", "tumour"):
        _count(a, body, "monocyte", place, "monocytes, classical and immature", cell())
        if place != "bone_marrow":
            _count(a, body, "m_mdsc", place, "immature monocytes (M-MDSC)", immature)
    _count(a, body, "classical_monocyte", "blood", "classical monocytes", mature)


def _dendritic(a, body) -> None:
    cell = dendritic_cell(a)
    for place in ("blood", "spleen", "dln", "tumour"):
        _count(a, body, "dc", place, "conventional dendritic cells", cell())
        for kind in KINDS:
            _count(a, body, kind, place, f"cDC{kind[-1]}", cell(kind=kind))
    for mat, words in (("semi", "semi-mature"), ("mat", "mature")):
        name = f"{words.replace('-', '_')}_dc"
        _count(a, body, name, "spleen", f"{words} dendritic cells", cell(mat=mat))
        _count(a, body, name, "dln", f"{words} dendritic cells", cell(mat=mat))
    _count(a, body, "resident_dc", "dln", "resident dendritic cells", cell(home="res"))
    _count(a, body, "migratory_dc", "dln", "migratory dendritic cells", cell(home="mig"))
    _count(a, body, "antigen_dc", "dln", "dendritic cells with tumour antigen", cell(ag="tum"))
    _count(a, body, "resident_dc_antigen", "dln", "resident dendritic cells with tumour antigen",
           cell(home="res", ag="tum"))  # fmt: skip


def _cd8(a, body) -> None:
    cell = cd8(a)
    for place in ("blood", "spleen", "dln", "bone_marrow"):
        _count(a, body, "cd8", place, "CD8 T cells", cell())
        for state in ("naive", "memory"):
            _count(a, body, f"{state}_cd8", place, f"{state} CD8 T cells", cell(state=state))
    for place in ("dln", "blood", "tumour"):
        _count(a, body, "effector_cd8", place, "effector CD8 T cells", cell(state="effector"))
    _count(a, body, "primed_cd8", "dln", "primed CD8 T cells", cell(state="primed"))
    for clone in SPECIFIC:
        words = {"exist": "existing", "new": "new"}[clone]
        _count(a, body, f"{words}_clone_cd8", "tumour", f"CD8 T cells of {words} clones",
               cell(clone=clone))  # fmt: skip


def _lymphocytes(a, body) -> None:
    other, t_cell = a.known("Lymphocyte"), cd8(a)
    for place in ("blood", "spleen", "dln", "bone_marrow"):
        _count(a, body, "cd4", place, "CD4 T cells", other(kind="cd4"))
        _count(a, body, "b_cell", place, "B cells", other(kind="b_cell"))
        _count(a, body, "t_cell", place, "T cells", t_cell(), other(kind="cd4"))
        _count(a, body, "lymphocyte", place, "lymphocytes", t_cell(), other())
    a.observe(
        "nlr_blood",
        a.model.expressions["neutrophil_blood"] / a.model.expressions["lymphocyte_blood"],
        "dimensionless", "neutrophils per lymphocyte in blood",
    )  # fmt: skip


def _tumour(a, body) -> None:
    _count(a, body, "endothelium", "tumour", "endothelial cells", a.known("Endothelium")())
    a.observe("tumour_burden", 1 * a.model.observables["tumour_cells"], "item", "tumour cells")
