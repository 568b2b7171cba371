"""What reaches IKK: a tonic signal and TNF, divided by what the VEGF receptors do.

VEGF lowers the TNF-induced loss of IkBa in haematopoietic precursors, and VEGFR1 alone is enough
(doi:10.4049/jimmunol.174.1.215), so that the block sits above IKK. How it works is not known: the
signal is divided by one plus phosphorylated receptor over its half value, VEGFR2 counting less.
"""

from immacro.build import Assembly


def signal_to_ikk(a: Assembly, blood, vegfr):
    """Share of the largest rate at which IKK is turned on; `vegf_nfkb_block` at 0 frees it."""
    p = a.p
    active = a.switch("tnf", blood)
    tnf = p("tnf_reference") * p("tnf_strength") * active / p("one_item")
    occupied = a.define(
        "tnf_occupancy", tnf / (tnf + p("tnf_half")), "dimensionless", "effect of TNF on IKK"
    )
    stimulus = a.define(
        "ikk_stimulus", p("nfkb_tonic") + (1 - p("nfkb_tonic")) * occupied, "dimensionless",
        "tonic signal and TNF",
    )  # fmt: skip
    load = a.define(
        "vegfr_load",
        (vegfr.phospho["vegfr1"] + p("vegfr2_weight") * vegfr.phospho["vegfr2"])
        / p("vegfr_half_block"),
        "dimensionless", "VEGFR signal relative to that which halves the signal to IKK",
    )  # fmt: skip
    return a.define(
        "ikk_signal", stimulus / (1 + p("vegf_nfkb_block") * load), "dimensionless",
        "signal that reaches IKK",
    )  # fmt: skip
