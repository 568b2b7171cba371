"""A second challenge in the spleen: two infections and two vaccines that share no tumour antigen.

*Listeria* and LCMV lodge in the spleen, multiply while host cells last, and are killed by
phagocytes that the alarm wakes and by CD8 T cells. *Listeria* enters the spleen's T-cell zone in
cDC1, without which it does not grow (PMID:21867927). Ovalbumin with CpG, and a protein with a
weaker adjuvant, are depots that decay. All carry one model antigen, as strains and vaccines of such
experiments do (ovalbumin), and alarm dendritic cells; the alarm saturates in their sum. Poly-ICLC
alarms without antigen, in spleen and node.
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.dendritic_precursors import dendritic_cell
from immacro.models.shared.levers import camel
from immacro.models.shared.plasma import dosed_level, observe_drug

from immacro.build import Assembly

#: Lever -> the pathogen, and the observable of its load.
PATHOGENS = {"listeria": ("Listeria", "bacterial"), "lcmv": ("LCMV", "viral")}
#: Lever -> the vaccine.
VACCINES = {"ova_cpg_vaccine": "ovalbumin with CpG", "immunisation": "protein with adjuvant"}


class Challenge(NamedTuple):
    """Antigen and alarm of the spleen, alarm of the node (0 to 1), pathogens by their lever."""

    antigen: Any
    alarm: Any
    node_alarm: Any
    pathogens: dict[str, Any]


def given(a: Assembly, body) -> Challenge:
    """Infections, vaccines, poly-ICLC, and what dendritic cells notice of them."""
    p, load, pathogens = a.p, 0, {}
    hosts = {"listeria": _carried_by_cdc1(a, body), "lcmv": 1}
    for lever in PATHOGENS:
        pathogens[lever], number = _multiplies(a, body, lever, hosts[lever])
        load += number / p(f"{lever}_half")
    for lever in VACCINES:
        load += _decays(a, body, lever)
    drug = dosed_level(a, "poly_iclc", body.blood)
    observe_drug(a, "poly_iclc", drug, "poly-ICLC")
    alone = drug * p("poly_iclc_mass") / p("poly_iclc_half")

    def share(name, amount, words):
        return a.define(name, amount / (1 + amount), "dimensionless",
                        f"{words} over the most there can be")  # fmt: skip

    return Challenge(
        share("challenge_antigen", load, "antigen of a challenge in the spleen"),
        share("challenge_alarm", load + alone, "alarm of a challenge or poly-ICLC in the spleen"),
        share("node_alarm", alone, "alarm of poly-ICLC in the node"),
        pathogens,
    )


def _carried_by_cdc1(a: Assembly, body):
    """Growth that cDC1 of the spleen allow, one at their healthy number."""
    p = a.p
    cells = a.amount("cdc1_hosts", dendritic_cell(a)(kind="cdc1") ** body.spleen,
                     "cDC1 of the spleen")  # fmt: skip
    share, half = cells / p("cdc1_spleen_baseline"), p("listeria_cdc1_half")
    return a.define("listeria_carried", share * (1 + half) / (share + half), "dimensionless",
                    "growth of Listeria that cDC1 allow, over that in health")  # fmt: skip


def _multiplies(a: Assembly, body, lever: str, hosted):
    """A pathogen of the spleen: its pattern and its number (item); less than one dies out."""
    p, (name, kind) = a.p, PATHOGENS[lever]
    pathogen = a.monomer(name)() ** body.spleen
    a.absent(pathogen)
    a.bolus(lever, pathogen, p(f"{lever}_dose") * p(f"{lever}_lodged"))
    number = a.amount(f"{lever}_number", pathogen, f"{name} in the spleen")
    growth = a.define(
        f"{lever}_growth_now",
        p(f"{lever}_growth") * hosted / (1 + number / p(f"{lever}_capacity"))
        * number / (number + p("one_item")),
        "1/day", f"growth of {name}",
    )  # fmt: skip
    a.rule(f"{lever}_multiplies", pathogen >> pathogen + pathogen, growth, kind="production",
           note="It multiplies while host cells last. Less than one does not.")  # fmt: skip
    a.rule(f"{lever}_lost", pathogen >> None, p(f"{lever}_loss"), kind="cell death",
           note="Phagocytes of the spleen kill some of it from the first hour.")  # fmt: skip
    a.observe(f"{kind}_load_spleen", 1 * number, "item", f"{name} in the spleen")
    return pathogen, number


def _decays(a: Assembly, body, lever: str):
    """A vaccine of the spleen over the dose that gives half of the alarm."""
    p, words = a.p, VACCINES[lever]
    depot = a.monomer(f"{camel(lever)}Depot")() ** body.spleen
    a.absent(depot)

    def molecules(mass):
        return mass * p("pg_per_ug") / p(f"{lever}_mass")

    a.bolus(lever, depot, molecules(p(f"{lever}_dose")))
    a.rule(f"{lever}_decays", depot >> None, p(f"{lever}_decay"), kind="degradation",
           note="The vaccine is taken up and degraded.")  # fmt: skip
    return a.amount(f"{lever}_left", depot, words) / molecules(p(f"{lever}_half"))


def killed(a: Assembly, challenge: Challenge, killers) -> None:
    """Phagocytes, as far as the alarm wakes them, and CD8 T cells kill pathogens.

    Args:
        a: the assembly.
        challenge: the alarm and the pathogens.
        killers: effectors of the spleen that would kill as much as all its specific CD8 (item).
    """
    p = a.p
    for lever, pathogen in challenge.pathogens.items():
        rate = a.define(
            f"{lever}_killing",
            p(f"{lever}_phagocytosis") * challenge.alarm
            + p("challenge_cd8_kill") * killers / (killers + p("challenge_cd8_half")),
            "1/day", f"killing of {PATHOGENS[lever][0]}",
        )  # fmt: skip
        a.rule(f"{lever}_killed", pathogen >> None, rate, kind="cell death",
               note="Woken phagocytes and CD8 T cells kill it.")  # fmt: skip
