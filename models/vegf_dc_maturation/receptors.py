"""VEGFR1 and VEGFR2 on an average pre-DC, bridged by the dimeric ligand.

VEGF has two equal poles. It binds one receptor from the plasma and then a second one, of either
kind, in the membrane; only a bridged pair phosphorylates its tyrosines. Ligand on the cell is a
molecule of its own, made where it binds: one cell does not empty the blood. The cells' uptake is
in ``ligand``. Bridging happens in the membrane, so that its rate is per molecule of the cell,
whatever the volume.
"""

from typing import Any, NamedTuple

from pysb import ANY
from pysb.core import MultiState

from immacro.build import Assembly

KINDS = ("vegfr1", "vegfr2")


class Receptors(NamedTuple):
    """What other parts need of the receptors of one cell."""

    #: phosphorylated receptors (item)
    phospho: dict[str, Any]
    #: VEGF on one receptor only (item)
    single: Any
    #: association rate of free VEGF, summed over free receptors (litre/day)
    binding_capacity: Any


def _receptor(a: Assembly, kind: str):
    return a.monomer(kind.upper(), ("v", "y"), {"y": ["u", "p"]})


def _ligand(a: Assembly):
    return a.monomer("VEGFOnCell", ("r", "r"))


def vegf_receptors(a: Assembly, cell, density) -> Receptors:
    """All that happens to the receptors.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        density: free VEGF per plasma volume.
    """
    p = a.p
    for kind in KINDS:
        receptor_turns_over(a, cell, kind)
        vegf_binds(a, cell, kind, density)
        pair_phosphorylates(a, cell, kind)
    vegf_bridges(a, cell)
    ligand_taken_in(a, cell)
    free = {
        kind: a.amount(
            f"{kind}_free", _receptor(a, kind)(v=None) ** cell, f"free {kind.upper()} per pre-DC"
        )
        for kind in KINDS
    }
    phospho = {
        kind: a.amount(
            f"{kind}_phospho", _receptor(a, kind)(y="p") ** cell, f"p{kind.upper()} per pre-DC"
        )
        for kind in KINDS
    }
    single = a.amount(
        "vegf_on_one", _ligand(a)(r=MultiState(ANY, None)) ** cell, "VEGF on one receptor"
    )
    capacity = a.define(
        "vegf_binding_capacity", sum(p(f"{kind}_kon") * free[kind] for kind in KINDS),
        "litre/day", "association of VEGF with the free receptors of a pre-DC",
    )  # fmt: skip
    return Receptors(phospho, single, capacity)


def receptor_turns_over(a: Assembly, cell, kind: str):
    """Receptors are made at a constant rate and taken in, bound or not, at one rate."""
    p, receptor = a.p, _receptor(a, kind)
    synthesis = a.define(
        f"{kind}_synthesis",
        p(f"{kind}_per_pre_dc") * p("vegfr_internalisation") / a.volume(cell.name),
        "item/litre/day", f"{kind.upper()} synthesis per cell volume",
    )  # fmt: skip
    a.rule(
        f"{kind}_synthesised",
        None >> receptor(v=None, y="u") ** cell,
        synthesis,
        kind="production",
        note="Receptors are made at the rate that keeps their number.",
    )
    a.rule(
        f"{kind}_taken_in",
        receptor(v=None) ** cell >> None,
        p("vegfr_internalisation"),
        kind="degradation",
        note="Free receptors are taken in.",
    )


def vegf_binds(a: Assembly, cell, kind: str, density):
    """VEGF of the plasma binds one receptor."""
    p, receptor = a.p, _receptor(a, kind)
    association = a.define(
        f"vegf_{kind}_association", p(f"{kind}_kon") * density, "1/day",
        f"binding of VEGF to one {kind.upper()}",
    )  # fmt: skip
    a.rule(
        f"vegf_binds_{kind}",
        receptor(v=None) ** cell
        | receptor(v=1) ** cell % _ligand(a)(r=MultiState(1, None)) ** cell,
        association,
        p("vegfr_koff"),
        kind="binding",
        note="One pole of VEGF binds one receptor; the marrow sees the plasma level.",
    )


def vegf_bridges(a: Assembly, cell):
    """The free pole of bound VEGF binds a second receptor; either pole lets go again."""
    p, ligand = a.p, _ligand(a)
    coupling = a.define(
        "vegfr_coupling_in_cell", p("vegfr_coupling") * a.volume(cell.name), "litre/day/item",
        "bridging in the membrane, per cell volume",
    )  # fmt: skip
    for first in KINDS:
        for second in KINDS:
            one, two = _receptor(a, first), _receptor(a, second)
            a.rule(
                f"vegf_on_{first}_bridges_to_{second}",
                ligand(r=MultiState(1, None)) ** cell % one(v=1) ** cell + two(v=None) ** cell
                | ligand(r=MultiState(1, 2)) ** cell % one(v=1) ** cell % two(v=2) ** cell,
                coupling,
                p("vegfr_koff"),
                kind="binding",
                note="VEGF on one receptor bridges to a second in the membrane.",
            )


def pair_phosphorylates(a: Assembly, cell, kind: str):
    """In a bridged pair each receptor is phosphorylated by the other."""
    p, receptor, ligand = a.p, _receptor(a, kind), _ligand(a)
    bridge = ligand(r=MultiState(1, ANY)) ** cell
    a.rule(
        f"{kind}_phosphorylated",
        bridge % receptor(v=1, y="u") ** cell >> bridge % receptor(v=1, y="p") ** cell,
        p(f"{kind}_kcat"),
        kind="phosphorylation",
        note="The partner of a bridged pair phosphorylates the receptor.",
    )
    a.rule(
        f"{kind}_dephosphorylated",
        receptor(y="p") ** cell >> receptor(y="u") ** cell,
        p("vegfr_dephosphorylation"),
        kind="dephosphorylation",
        note="Phosphatases act on the receptor in any state.",
    )


def ligand_taken_in(a: Assembly, cell):
    """Bound VEGF is taken in with its one or two receptors."""
    a.rule(
        "vegf_taken_in",
        _ligand(a)() ** cell >> None,
        a.p("vegfr_internalisation"),
        kind="degradation",
        note="Bound VEGF is taken in and degraded with its receptors.",
    )
