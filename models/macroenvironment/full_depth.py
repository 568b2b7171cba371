"""The composed model with gcsf_irf8 at full depth: what its reduction is tested against.

It takes the rows of both ledgers and is not shipped: 34 more species make a run of 60 days more
than twice as slow. The healthy level of IRF8, which no formula gives here, is *kept*: a technical
species follows it until the onset and stays there, so that IRF8 over its kept level is one in
health for any parameter values.
"""

from immacro.models.gcsf_irf8.model import signalling
from immacro.models.macroenvironment import model
from immacro.models.macroenvironment.body import Body
from immacro.models.macroenvironment.cascades.gcsf_irf8 import Cascade
from immacro.models.shared.kinase import jak_inhibition
from immacro.models.shared.stat3 import declare_stat3

from immacro.build import Assembly


def write(a: Assembly) -> None:
    """Write the composed model with the whole cascade."""
    model.write(a, cascade=gcsf_irf8)


def gcsf_irf8(a: Assembly, body: Body, gcsf) -> Cascade:
    """Receptor, JAK2, STAT3, SOCS3 and IRF8 of an average pre-DC."""
    cell = body.pre_dc
    irf8 = signalling(a, cell, body.blood, gcsf, jak_inhibition(a, body.blood, "JAK2"))
    pstat3 = a.amount("pstat3", declare_stat3(a)(y="p") ** cell, "pSTAT3 per pre-DC")
    start = a.p("irf8_mrna_unrepressed") * a.p("irf8_protein_per_mrna")
    return Cascade(pstat3, irf8, keep_healthy_level(a, "irf8_kept", irf8, body, start))


def keep_healthy_level(a: Assembly, name: str, level, body: Body, start):
    """A technical species that follows an amount until the onset.

    Args:
        a: the assembly.
        name: the monomer's name.
        level: the amount to follow (item).
        body: the compartments.
        start: a positive amount to start from, until it has settled.

    Returns:
        The kept amount (item).
    """
    p, place = a.p, body.pre_dc
    begun = a.monomer("story_begun")() ** body.blood
    a.seed("story_begins", begun, p("one_item"))
    before = 1 - a.amount("story_has_begun", begun, "one from the onset on") / p("one_item")
    kept = a.monomer(name)() ** place
    a.initial(kept, a.define(f"{name}_start", start, "item", "what it starts from"))
    # Any rate that settles within a burn-in will do, and this one is at hand.
    following = a.define(f"{name}_following", p("irf8_decay") * before, "1/day", "how it follows")
    target = a.define(
        f"{name}_target", following * level / a.volume(place.name), "item/litre/day",
        "what it follows, per volume",
    )  # fmt: skip
    note = "Technical: follows the healthy level, and keeps it from the onset on."
    a.rule(f"{name}_rises", None >> kept, target, kind="production", note=note)
    a.rule(f"{name}_falls", kept >> None, following, kind="degradation", note=note)
    return a.amount(f"{name}_level", kept, "healthy level")
