"""CD40 of an average dendritic cell, clustered by a bivalent antibody or by trimeric CD40L.

The antibody bridges two CD40; the trimer of a helper cell's CD40L binds one, a second and a third.
A bridged pair or a full trimer recruits TRAF6. Clusters are taken in and degraded. Little CD40L is
there in health.
"""

from immacro.models.cd40_pd1_priming.innate import TARGETS
from immacro.models.shared.knock_out import left_by
from immacro.models.shared.levers import acting
from immacro.models.shared.sensing import Route, cd40_bridged
from pysb import ANY
from pysb.core import MultiState

from immacro.build import Assembly


def clustered(a: Assembly, node, cell, antibody) -> tuple[Route, Route]:
    """CD40, both of its ligands, and TRAF6."""
    cd40 = a.monomer("CD40", ("lig", "d", "ad", "t"), {"lig": ["free", "bound"]})
    left = left_by(a, "cd40_ko", node)
    pair = cd40_bridged(a, cell, antibody, cd40, t=None)
    return (Route("cd40", pair, left, TARGETS),
            Route("cd40l", _trimerised(a, node, cell, cd40), left, TARGETS))  # fmt: skip


def _trimerised(a: Assembly, node, cell, cd40):
    """CD40L of a helper cell; returns the pattern that signals."""
    p, traf6 = a.p, a.known("TRAF6")
    ligand = a.monomer("CD40L", ("c", "c", "c", "ad"))
    help_ = p("cd40l_health") + acting(a, "cd40l", node)
    rate = a.define("cd40l_association", p("cd40l_kon") * p("cd40l_reference") * help_, "1/day",
                    "CD40L of helper cells binds one CD40")  # fmt: skip
    leaving = a.define("cd40l_koff", p("cd40l_kon") * p("cd40l_kd"), "1/day",
                       "CD40L lets one CD40 go")  # fmt: skip
    opening = a.define("cd40l_bridge_koff", p("cd40l_bridge_kon") * p("cd40l_bridge_kd"), "1/day",
                       "clustered CD40L lets one CD40 go")  # fmt: skip
    free = cd40(lig="free", d=None, ad=None, t=None) ** cell

    def on(number):
        places = [i + 1 if i < number else None for i in range(3)]
        pattern = ligand(c=MultiState(*places), ad=None) ** cell
        for i in range(number):
            pattern = pattern % cd40(lig="free", d=None, ad=None, t=i + 1) ** cell
        return pattern

    a.rule("cd40l_binds_cd40", free | on(1), rate, leaving, kind="binding",
           note="One CD40L of a trimer binds a CD40; the helper has many.")  # fmt: skip
    for number in (1, 2):
        a.rule(f"cd40l_clusters_{number + 1}", on(number) + free | on(number + 1),
               p("cd40l_bridge_kon"), opening, kind="binding",
               note="The trimer binds a further CD40 of the same membrane.")  # fmt: skip
    signalling = ligand(c=MultiState(1, 2, 3), ad=4) ** cell
    for i in (1, 2, 3):
        signalling = signalling % cd40(lig="free", d=None, ad=None, t=i) ** cell
    signalling = signalling % traf6(r=4) ** cell
    alone = traf6(r=None) ** cell
    a.rule("traf6_docks_on_trimer", on(3) + alone | signalling, p("adaptor_kon"),
           p("adaptor_koff"), kind="binding",
           note="Three CD40 on one trimer recruit TRAF6.")  # fmt: skip
    a.rule("cd40l_single_lost", on(1) >> None, p("sensor_turnover"), kind="degradation",
           note="A CD40 that holds a ligand alone turns over.")  # fmt: skip
    for pattern, state in ((on(2), "two"), (on(3), "three"), (signalling, "signalling")):
        a.rule(f"cd40l_{state}_internalised", pattern >> None, p("cd40_internalisation"),
               kind="degradation", note="Clusters are taken in and degraded.")  # fmt: skip
    a.amount("cd40_trimerised", ligand(ad=ANY) ** cell, "trimers of CD40 with TRAF6 per DC")
    return signalling
