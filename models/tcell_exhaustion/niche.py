"""The average CD8 cell of a niche: its molecules, and the signals that the motifs share.

The same network is written twice, for the average stem-like cell and for the average cell that has
left the stem-like state. The site `of` of each molecule says to which of the two it belongs.
"""

from typing import Any, NamedTuple

from immacro.build import Assembly

NICHES = ("stem", "effector")
WORDS = {"stem": "stem-like cell", "effector": "differentiated cell"}

#: Monomer -> its other sites and their states.
MOLECULES: dict[str, dict[str, list[str]]] = {
    "TCR": {"y": ["u", "p"]},
    "CD28": {"y": ["u", "p"]},
    "PD1": {"lig": ["none", "pdl1", "drug"], "y": ["u", "p"]},
    "TOX_mRNA": {},
    "TOX": {},
    "ExhaustionLocus": {"chr": ["closed", "open", "primed", "locked"]},
    "Mitochondrion": {"s": ["sound", "damaged"]},
    "PGC1A": {},
    "BLIMP1": {},
    "TCF1": {},
    "CD39": {},
    "TIM3": {},
}


def molecule(a: Assembly, name: str):
    """Declare a molecule that every niche has."""
    sites = MOLECULES[name]
    return a.monomer(name, ("of", *sites), {"of": list(NICHES), **sites})


def nfat(a: Assembly):
    """NFAT: where it is, and whether AP-1 is bound to it."""
    return a.monomer("NFAT", ("of", "loc", "b"), {"of": list(NICHES), "loc": ["cyt", "nuc"]})


def ap1(a: Assembly):
    """AP-1 (Fos and Jun) of the nucleus."""
    return a.monomer("AP1", ("of", "b"), {"of": list(NICHES)})


class Niche(NamedTuple):
    """One average cell: its name, its compartment, and its signals (dimensionless)."""

    name: str
    place: Any
    #: share of TCR that signals
    tcr: Any
    #: phosphorylated CD28 over the number of a resting cell
    cd28: Any
    #: SHP2 on PD-1, over the number that halves phosphorylated CD28
    shp2: Any
    #: nuclear NFAT without AP-1, over its reference
    alone: Any
    #: all nuclear NFAT, over the same
    nuclear: Any
    #: NFAT with AP-1, over the same
    paired: Any
    #: TOX over the level at which it acts at half its rate constants
    tox: Any
    #: shares of the exhaustion loci that are locked, and that TOX holds (primed or locked)
    locked: Any
    held: Any
    #: BLIMP1 over the level that halves what it represses
    blimp1: Any
    #: share of mitochondria damaged, which make ROS, and what ROS leaves of phosphatases
    ros: Any
    phosphatase: Any
    #: PGC1A and TCF1 over what a cell without BLIMP1 and lock has
    pgc1a: Any
    tcf1: Any

    def id(self, stem: str) -> str:
        """Name of something of this cell."""
        return f"{stem}_{self.name}"

    def here(self, a: Assembly, name: str, **sites):
        """Pattern of a molecule of this cell."""
        return molecule(a, name)(of=self.name, **sites) ** self.place


def niche(a: Assembly, name: str, place) -> Niche:
    """Declare the molecules of the average cell of a niche and its signals."""
    p, volume, words = a.p, a.volume(place.name), WORDS[name]

    def amount(stem: str, pattern, what: str):
        return a.amount(f"{stem}_{name}", pattern, f"{what} per {words}")

    def count(stem: str, monomer: str, what: str, **sites):
        return amount(stem, molecule(a, monomer)(of=name, **sites) ** place, what)

    def signal(stem: str, expression, what: str):
        return a.define(f"{stem}_{name}", expression, "dimensionless", f"{what}, {words}")

    loci = p("exhaustion_loci")
    locked = count("loci_locked", "ExhaustionLocus", "locked exhaustion loci", chr="locked")
    primed = count("loci_primed", "ExhaustionLocus", "primed exhaustion loci", chr="primed")
    damaged = count("mito_damaged", "Mitochondrion", "damaged mitochondria", s="damaged")
    sound = count("mito_sound", "Mitochondrion", "sound mitochondria", s="sound")
    free = amount("nfat_alone", nfat(a)(of=name, loc="nuc", b=None) ** place,
                  "nuclear NFAT without AP-1")  # fmt: skip
    bound = amount("nfat_ap1", nfat(a)(of=name, loc="nuc", b=1) ** place
                   % ap1(a)(of=name, b=1) ** place, "NFAT with AP-1")  # fmt: skip
    reference = p("nfat_reference") * volume
    ros = signal("ros", damaged / (sound + damaged), "ROS, as the share of mitochondria damaged")
    return Niche(
        name, place,
        signal("tcr_signal", count("tcr_active", "TCR", "active TCR", y="p")
               / p("tcr_per_cell"), "share of TCR that signals"),
        signal("cd28_signal", count("cd28_active", "CD28", "phosphorylated CD28", y="p")
               / p("cd28_per_cell"), "phosphorylated CD28 over CD28 at rest"),
        signal("shp2_load", p("checkpoint_signal")
               * count("pd1_active", "PD1", "PD-1 with SHP2", y="p") / p("shp2_half"),
               "SHP2 on PD-1 over its half value"),
        signal("nfat_alone_signal", free / reference, "NFAT without AP-1"),
        signal("nfat_nuclear_signal", (free + bound) / reference, "nuclear NFAT"),
        signal("nfat_paired_signal", bound / reference, "NFAT with AP-1"),
        signal("tox_signal", count("tox_protein", "TOX", "TOX") / (p("tox_half") * volume),
               "TOX over its reference"),
        signal("lock", locked / loci, "share of exhaustion loci that are locked"),
        signal("held", (locked + primed) / loci, "share of exhaustion loci that TOX holds"),
        signal("blimp1_signal", count("blimp1_protein", "BLIMP1", "BLIMP1")
               / (p("blimp1_half") * volume), "BLIMP1 over its half value"),
        ros,
        signal("phosphatase", 1 / (1 + p("mito_to_epigenome")
               * (ros / p("ros_half")) ** p("ros_cooperativity")),
               "phosphatase that ROS leaves"),
        signal("pgc1a_signal", count("pgc1a_protein", "PGC1A", "PGC1A")
               / p("pgc1a_per_cell"), "PGC1A over that without BLIMP1"),
        signal("tcf1_signal", count("tcf1_protein", "TCF1", "TCF1") / p("tcf1_per_cell"),
               "TCF1 over that without BLIMP1 and lock"),
    )  # fmt: skip


def turns_over(a: Assembly, here: Niche, stem: str, pattern, made, rate, note: str) -> None:
    """A molecule that is made at `made` (item/day) and lost at a rate constant."""
    per_volume = a.define(here.id(f"{stem}_made_per_volume"), made / a.volume(here.place.name),
                          "item/litre/day",
                          f"{stem} made per volume of a {WORDS[here.name]}")  # fmt: skip
    a.rule(here.id(f"{stem}_made"), None >> pattern, per_volume, kind="production", note=note)
    a.rule(here.id(f"{stem}_lost"), pattern >> None, rate, kind="degradation",
           note="First-order turnover.")  # fmt: skip
