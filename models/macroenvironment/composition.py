"""Shares of cells, sums over places, and how far a place's composition lies from health.

The distance of a place is the root mean square, over its populations, of the logarithm of their
number relative to health: 0 in health, ln 2 if every population is doubled or halved. The systemic
one is taken over the populations of all places but the tumour.
"""

import sympy

from immacro.build import Assembly

#: Populations that together are all cells of a place that are followed.
WHOLE = {
    "bone_marrow": "hsc mpp gmp cdp pre_dc neutrophil_precursor neutrophil monocyte lymphocyte",
    "blood": "hsc mpp gmp neutrophil monocyte dc lymphocyte",
    "spleen": "gmp neutrophil monocyte dc lymphocyte",
    "dln": "monocyte dc lymphocyte",
}
#: Whose share of a place is observed.
SHARES = {
    "bone_marrow": "hsc mpp gmp",
    "blood": "hsc mpp gmp pmn_mdsc m_mdsc dc cd8 cd4 b_cell lymphocyte",
    "spleen": "neutrophil pmn_mdsc monocyte m_mdsc dc b_cell t_cell",
    "dln": "monocyte dc cd8",
}
#: Populations told apart in the distance: name -> stems of the rows of its healthy number.
T_AND_B = {
    "cd8": "naive_cd8_{place} memory_cd8_{place}",
    "cd4": "cd4_{place}",
    "b_cell": "b_cell_{place}",
    "nk": "nk_{place}",
}
MONOCYTES = {"monocyte": "monocyte_{place} immature_monocyte_{place}",
             "m_mdsc": "immature_monocyte_{place}"}  # fmt: skip
NEUTROPHILS = {"neutrophil": "neutrophil_{place} immature_neutrophil_{place}",
               "pmn_mdsc": "immature_neutrophil_{place}"}  # fmt: skip
DENDRITIC = {"cdc1": "cdc1_{place}", "cdc2": "cdc2_{place}"}
POPULATIONS = {
    "bone_marrow": {
        "hsc": "hsc_bone_marrow",
        "mpp": "mpp_bone_marrow",
        "gmp": "gmp_bone_marrow",
        "cdp": "cdp_bone_marrow",
        "pre_dc": "pre_dc",
        "neutrophil_precursor": "neutrophil_precursor",
        "neutrophil": "neutrophil_maturing neutrophil_reserve",
        "monocyte": "monocyte_maturing monocyte_bone_marrow",
        **T_AND_B,
        "b_cell": "b_cell_bone_marrow b_precursor",
    },
    "blood": {
        "hspc": "hsc_blood mpp_blood gmp_blood",
        **NEUTROPHILS,
        **MONOCYTES,
        **DENDRITIC,
        **T_AND_B,
    },
    "spleen": {"gmp": "gmp_spleen", **NEUTROPHILS, **MONOCYTES, **DENDRITIC, **T_AND_B},
    "dln": {
        **MONOCYTES,
        **{kind: f"{kind}_resident_dln {kind}_migratory_dln" for kind in DENDRITIC},
        **T_AND_B,
    },
}


def observe(a: Assembly, numbers: dict[tuple[str, str], sympy.Expr]) -> None:
    """All that compares populations.

    Args:
        a: the assembly.
        numbers: cells (item) of a population in a place.
    """
    _shares(a, numbers)
    _sums(a, numbers)
    _distances(a, numbers)


def _shares(a: Assembly, numbers) -> None:
    for place, names in SHARES.items():
        where = place.replace("_", " ")
        whole = a.define(
            f"leukocyte_number_{place}", sum(numbers[n, place] for n in WHOLE[place].split()),
            "item", f"leukocytes and their progenitors in {where}",
        )  # fmt: skip
        for name in names.split():
            a.observe(f"{name}_freq_{place}", numbers[name, place] / whole, "dimensionless",
                      f"share of {name.replace('_', ' ')} among leukocytes in {where}")  # fmt: skip


def _sums(a: Assembly, numbers) -> None:
    p = a.p
    immature = {place: numbers["pmn_mdsc", place] + numbers["m_mdsc", place]
                for place in ("blood", "spleen", "tumour")}  # fmt: skip
    a.observe("immature_myeloid_blood",
              immature["blood"] / a.volume("blood") * p("litre_per_ul"),
              "item/microlitre", "immature neutrophils and monocytes in blood")  # fmt: skip
    for place in ("spleen", "tumour"):
        a.observe(f"immature_myeloid_{place}", immature[place], "item",
                  f"immature neutrophils and monocytes in the {place}")  # fmt: skip
    a.observe("myeloid_suppression_systemic", immature["blood"] + immature["spleen"], "item",
              "immature neutrophils and monocytes of blood and spleen, which suppress")  # fmt: skip
    a.observe("dc_systemic", sum(numbers["dc", place] for place in ("blood", "spleen", "dln")),
              "item", "conventional dendritic cells of blood, spleen and node")  # fmt: skip
    a.observe("myeloid_systemic",
              sum(numbers[name, place] for name, place in (
                  ("neutrophil", "blood"), ("neutrophil", "spleen"), ("monocyte", "blood"),
                  ("monocyte", "spleen"), ("monocyte", "dln"))),
              "item", "neutrophils and monocytes of blood, spleen and node")  # fmt: skip
    a.observe("memory_cd8_systemic",
              sum(numbers["memory_cd8", place]
                  for place in ("blood", "spleen", "dln", "bone_marrow")),
              "item", "memory CD8 T cells of blood, spleen, node and marrow")  # fmt: skip
    a.observe("nk_systemic", sum(numbers["nk", place] for place in WHOLE), "item",
              "natural killer cells of blood, spleen, node and marrow")  # fmt: skip
    effectors = sum(numbers["cd8", place] for place in ("blood", "spleen"))
    a.observe("suppressive_effector_ratio_systemic",
              (immature["blood"] + immature["spleen"]) / effectors, "dimensionless",
              "immature myeloid cells per CD8 T cell, blood and spleen")  # fmt: skip


def _distances(a: Assembly, numbers) -> None:
    squares = {place: [] for place in POPULATIONS}
    for place, populations in POPULATIONS.items():
        for name, stems in populations.items():
            health = sum(a.p(f"{stem}_baseline") for stem in stems.format(place=place).split())
            flowing = 1
            if place == "blood" and name in NEUTROPHILS:
                flowing = a.p("neutrophil_circulating_fraction")
            squares[place].append(sympy.log(numbers[name, place] / (health * flowing)) ** 2)
        words = f"distance of the composition of {place.replace('_', ' ')} from health"
        _distance(a, f"composition_distance_{place}", squares[place], words)
    everywhere = [square for each in squares.values() for square in each]
    _distance(a, "composition_distance_systemic", everywhere,
              "distance of the composition of blood and organs from health")  # fmt: skip


def _distance(a: Assembly, name: str, squares: list, words: str) -> None:
    a.observe(name, sympy.sqrt(sum(squares) / len(squares)), "dimensionless", words)
