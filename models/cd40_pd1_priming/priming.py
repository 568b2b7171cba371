"""TCR and CD28 together activate MAPK; with it naive cells of the node are primed and divide.

Neither signal does it alone: activation goes with the product of signalling TCR and phosphorylated
CD28. MAPK works when it is phosphorylated twice, one after the other.
"""

from itertools import pairwise

from immacro.models.cd40_pd1_priming.b7 import cd28

from immacro.build import Assembly

STATES = ("u", "p", "pp")


def coincidence(a: Assembly, contact, signalling):
    """Share of MAPK that is active."""
    p, mapk = a.p, a.monomer("MAPK", ("y",), {"y": list(STATES)})
    phospho = a.amount("cd28_phospho", cd28(a)(y="p") ** contact, "phosphorylated CD28 per contact")
    a.initial(mapk(y="u") ** contact, p("mapk_per_contact"))
    rate = a.define("mapk_activation", p("coincidence") * signalling * phospho, "1/day",
                    "MAPK phosphorylated under TCR and CD28")  # fmt: skip
    made = a.define("mapk_synthesis",
                    p("mapk_per_contact") * p("surface_turnover") / a.volume(contact.name),
                    "item/litre/day", "MAPK made, per volume")  # fmt: skip
    a.rule("mapk_made", None >> mapk(y="u") ** contact, made, kind="production",
           note="Made at the rate that keeps its number.")  # fmt: skip
    a.rule("mapk_lost", mapk() ** contact >> None, p("surface_turnover"), kind="degradation",
           note="It turns over, active or not.")  # fmt: skip
    for before, after in pairwise(STATES):
        a.rule(f"mapk_phosphorylated_{after}", mapk(y=before) ** contact
               >> mapk(y=after) ** contact, rate, kind="phosphorylation",
               note="TCR and CD28 are both needed.")  # fmt: skip
        a.rule(f"mapk_dephosphorylated_{after}", mapk(y=after) ** contact
               >> mapk(y=before) ** contact, p("mapk_dephosphorylation"),
               kind="dephosphorylation", note="Phosphatases act on one phosphate.")  # fmt: skip
    active = a.amount("mapk_active", mapk(y="pp") ** contact, "active MAPK per contact")
    total = a.amount("mapk_all", mapk() ** contact, "MAPK per contact")
    return a.define("mapk_share", active / total, "dimensionless", "active share of MAPK")


def cells(a: Assembly, node, active) -> None:
    """Naive tumour-specific CD8 T cells pass the node, are primed, divide and leave."""
    p = a.p
    naive, primed, effector = (
        a.monomer(n)() ** node for n in ("NaiveCD8", "PrimedCD8", "EffectorCD8")
    )
    present = a.define("naive_cd8_health", p("naive_cd8_dln_baseline") * p("naive_cd8_share"),
                       "item", "naive tumour-specific CD8 T cells of the node")  # fmt: skip
    a.initial(naive, present)
    entry = a.define("naive_cd8_entry", present * p("naive_cd8_exit") / a.volume(node.name),
                     "item/litre/day", "naive cells that enter, per node volume")  # fmt: skip
    rate = a.define("priming_rate", p("priming_max") * active, "1/day", "naive cells primed")
    burst = a.define("cd8_burst_rate", p("cd8_programme") * p("cd8_burst"), "1/day",
                     "effectors made per primed cell")  # fmt: skip
    for name, reaction, constant, kind, note in (
        ("naive_cd8_enter", None >> naive, entry, "production",
         "Naive cells enter from blood as fast as they leave without antigen."),
        ("naive_cd8_leave", naive >> None, p("naive_cd8_exit"), "transport",
         "Naive cells leave the node within half a day."),
        ("naive_cd8_primed", naive >> primed, rate, "cell transition",
         "A naive cell in contact is primed as fast as its MAPK is active."),
        ("primed_cd8_expand", primed >> primed + effector, burst, "production",
         "Progeny of a primed cell: a fixed burst."),
        ("primed_cd8_finish", primed >> None, p("cd8_programme"), "cell transition",
         "The primed cell has become its progeny."),
        ("effector_cd8_leave", effector >> None, p("effector_cd8_exit"), "transport",
         "Effectors leave the node."),
        ("effector_cd8_die", effector >> None, p("effector_cd8_death"), "cell death",
         "Effectors are short-lived."),
    ):  # fmt: skip
        a.rule(name, reaction, constant, kind=kind, note=note)
    for name, pattern, words in (("naive_cd8", naive, "naive"), ("primed_cd8", primed, "primed"),
                                 ("effector_cd8", effector, "effector")):  # fmt: skip
        count = a.amount(f"{name}_pool", pattern, f"{words} cells of the node")
        a.observe(f"{name}_dln", 1 * count, "item",
                  f"tumour-specific {words} CD8 T cells of the node")  # fmt: skip
    a.observe("cd8_proliferation_dln", burst * a.model.observables["primed_cd8_pool"], "item/day",
              "tumour-specific CD8 T cells born in the node")  # fmt: skip
    a.observe("priming_dln", rate * a.model.observables["naive_cd8_pool"], "item/day",
              "naive CD8 T cells primed in the node")  # fmt: skip
