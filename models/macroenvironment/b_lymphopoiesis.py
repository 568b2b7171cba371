"""B cells are made in the marrow: from MPP of the lymphoid fate over precursors to the blood.

CXCL12 of the niche decides how much of the MPP turns lymphoid, and other fates compete for them
(``haematopoiesis``). Most immature B cells die before they join the circulating pool; the share
that lives follows from the two pools in health.
"""

from immacro.models.macroenvironment.haematopoiesis import Progenitors
from immacro.models.macroenvironment.lymphocytes import present, total_baseline

from immacro.build import Assembly


def b_cells_made(a: Assembly, body, progenitors: Progenitors) -> None:
    """Precursors of the marrow, and the B cells that they supply to blood."""
    p = a.p
    precursor = a.monomer("BPrecursor")() ** body.bone_marrow
    b_cell = a.known("Lymphocyte")(kind="b_cell")
    a.initial(precursor, p("b_precursor_baseline"))
    born = a.define(
        "b_precursor_production",
        p("b_precursor_exit") * p("b_precursor_baseline") / p("mpp_bone_marrow_baseline")
        * progenitors.lymphoid_fate,
        "1/day", "B-cell precursors made per MPP",
    )  # fmt: skip
    supplied = a.define(
        "b_cell_production",
        p("b_cell_death") * total_baseline(a, "b_cell") / p("b_precursor_baseline"), "1/day",
        "B cells that join the pool per precursor",
    )  # fmt: skip
    mpp = progenitors.mpp
    a.rule("b_precursors_made", mpp >> mpp + precursor, born, kind="production",
           note="Progeny of MPP of the lymphoid fate.")  # fmt: skip
    a.rule("b_precursors_leave", precursor >> None, p("b_precursor_exit"), kind="cell transition",
           note="Precursors mature and leave, or die on the way.")  # fmt: skip
    a.rule("b_cells_made", precursor >> precursor + b_cell**body.blood, supplied,
           kind="production", note="Those that live join the circulating pool.")  # fmt: skip
    present(a, body, "b_cell", b_cell)
