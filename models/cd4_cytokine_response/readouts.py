"""Observables in the units an immunologist reads."""

from immacro.models.cd4_cytokine_response.receptor import gp130, il6r
from immacro.models.cd4_cytokine_response.stat1 import declare_stat1
from immacro.models.cd4_cytokine_response.stimuli import Stimuli
from immacro.models.shared.plasma import observe_level
from immacro.models.shared.stat3 import declare_stat3

from immacro.build import Assembly


def observe(a: Assembly, naive, memory, given: Stimuli) -> None:
    """Levels in plasma and molecules per cell; cytokines are observed where they are made."""
    amounts = a.model.observables
    observe_level(a, "il6", given.plasma_il6, "IL-6 in plasma")
    a.observe("peroxide_blood", given.peroxide / given.peroxide_health, "dimensionless",
              "hydrogen peroxide where T cells of blood are, over health")  # fmt: skip
    for name, pattern, words in (
        ("il6r_cd4_blood", il6r(a)() ** naive, "IL-6R on a naive CD4 T cell"),
        ("gp130_cd4_blood", gp130(a)() ** naive, "gp130 on a naive CD4 T cell"),
        ("hexamer_cd4_blood", gp130(a)(part="front", y="p") ** naive,
         "phosphorylated hexamers on a naive CD4 T cell"),
        ("pstat1_cd4_blood", declare_stat1(a)(y="p") ** naive,
         "pSTAT1 molecules in a naive CD4 T cell"),
        ("pstat3_cd4_blood", declare_stat3(a)(y="p") ** naive,
         "pSTAT3 molecules in a naive CD4 T cell"),
        ("socs3_cd4_blood", a.known("SOCS3")() ** naive, "SOCS3 in a naive CD4 T cell"),
        ("nfat_memory", a.known("NFAT")(loc="nuc") ** memory,
         "NFAT in the nucleus of a memory T cell"),
        ("ap1_memory", a.known("AP1")() ** memory, "AP-1 in a memory T cell"),
    ):  # fmt: skip
        a.observe(name, 1 * a.amount(f"{name}_number", pattern, words), "item", words)
    a.observe("nfkb_memory", 1 * amounts["nfkb_nuclear"], "item",
              "free NF-kB in the nucleus of a memory T cell")  # fmt: skip
    oxidised = a.amount("prkcq_oxidised_number", a.known("PRKCQ")(s="oxidised") ** memory,
                       "oxidised PKC-theta per memory cell")  # fmt: skip
    every = a.amount("prkcq_all", a.known("PRKCQ")() ** memory, "PKC-theta per memory cell")
    a.observe("prkcq_oxidised_memory", oxidised / every, "dimensionless",
              "share of PKC-theta of a memory T cell that is oxidised")  # fmt: skip
