"""Dendritic cells of the spleen: made, leaving, dying by apoptosis, and cleared when dead."""

from typing import Any, NamedTuple

from immacro.build import Assembly


class Cells(NamedTuple):
    """What other parts need of the dendritic cells."""

    living: Any
    dying: Any
    apoptosis: Any


def live_and_die(a: Assembly, spleen, caspase) -> Cells:
    """Supply is constant; free caspase-3, relative to health, sets the rate of apoptosis."""
    p = a.p
    cell = a.monomer("DendriticCell", ("state",), {"state": ["living", "apoptotic"]})
    living, dying = cell(state="living") ** spleen, cell(state="apoptotic") ** spleen
    a.initial(living, p("dc_baseline"))

    share = p("dc_apoptosis_share")
    apoptosis = a.define(
        "dc_apoptosis",
        p("dc_turnover") * share * caspase / p("caspase3_reference"),
        "1/day", "death of dendritic cells by apoptosis",
    )  # fmt: skip
    elsewhere = a.define("dc_exit", p("dc_turnover") * (1 - share), "1/day",
                         "dendritic cells lost otherwise")  # fmt: skip
    made = a.define("dc_production", p("dc_turnover") * p("dc_baseline") / a.volume("spleen"),
                    "item/litre/day", "dendritic cells supplied per spleen volume")  # fmt: skip
    a.rule("dc_supplied", None >> living, made, kind="production",
           note="Precursors supply dendritic cells.")  # fmt: skip
    a.rule("dc_leave", living >> None, elsewhere, kind="cell death",
           note="Dendritic cells emigrate or die by other routes.")  # fmt: skip
    a.rule("dc_die", living >> dying, apoptosis, kind="cell transition",
           note="Caspase-3 commits a dendritic cell to apoptosis.")  # fmt: skip
    a.rule("apoptotic_dc_cleared", dying >> None, p("dc_efferocytosis"), kind="cell death",
           note="Macrophages take up apoptotic cells.")  # fmt: skip
    return Cells(
        a.amount("dc_living", living, "living dendritic cells"),
        a.amount("dc_dying", dying, "apoptotic dendritic cells not yet cleared"),
        apoptosis,
    )
