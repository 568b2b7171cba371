"""Antibodies in plasma and what of them the draining node sees.

What one contact or one cell binds does not empty the plasma: the level in the node is a share of
that in plasma, whatever is bound there.
"""

from typing import Any

from immacro.models.shared.plasma import dosed_level

from immacro.build import Assembly

ANTIBODIES = ("cd40_agonist", "anti_pd1", "anti_pdl1", "anti_ctla4")


def given(a: Assembly, blood) -> dict[str, Any]:
    """Doses, plasma levels, and the level of each antibody in the node (item/litre)."""
    return {
        name: a.define(f"{name}_node", a.p("antibody_node_share") * dosed_level(a, name, blood),
                       "item/litre", f"{name.replace('_', ' ')} in the node")
        for name in ANTIBODIES
    }  # fmt: skip
