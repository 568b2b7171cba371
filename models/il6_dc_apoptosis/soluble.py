"""IL-6 in plasma with its soluble receptors: made, bound, secreted by the tumour and cleared.

IL-6 binds the soluble IL-6 receptor, and only that complex binds soluble gp130, native or given as
a drug. Health has a closed form: IL-6 is so dilute that it leaves the receptors free, and the three
production rates are what is lost at the baselines, complexes included.
"""

from typing import Any, NamedTuple

from immacro.models.shared.plasma import plasma, secreted_by_tumour

from immacro.build import Assembly


class Serum(NamedTuple):
    """Densities in plasma (item/litre)."""

    il6: Any
    complex: Any


def il6(a: Assembly):
    """IL-6, with the site that its receptor holds."""
    return a.monomer("IL6", ("r",))


def soluble_il6r(a: Assembly):
    """Soluble IL-6R; `lig` holds IL-6 or an antibody arm, `gp` soluble gp130."""
    return a.monomer("SolubleIL6R", ("lig", "gp"))


def soluble_gp130(a: Assembly):
    """One binding site of soluble gp130, native or fused to Fc."""
    return a.monomer("SolubleGP130", ("c", "form"), {"form": ["native", "fc"]})


def _binary(a: Assembly, blood):
    return il6(a)(r=1) ** blood % soluble_il6r(a)(lig=1, gp=None) ** blood


def _ternary(a: Assembly, blood, **form):
    return (
        il6(a)(r=1) ** blood
        % soluble_gp130(a)(c=2, **form) ** blood
        % soluble_il6r(a)(lig=1, gp=2) ** blood
    )


def _healthy_densities(a: Assembly):
    """IL-6, soluble IL-6R, soluble gp130, binary and ternary complex in health (item/litre)."""
    p = a.p
    levels = [
        a.define(f"{name}_density_health", p(f"{name}_baseline") / p(f"{name}_mass"),
                 "item/litre", f"free {words} per plasma volume in health")
        for name, words in (("il6", "IL-6"), ("sil6r", "soluble IL-6R"),
                            ("sgp130", "soluble gp130"))
    ]  # fmt: skip
    ligand, receptor, partner = levels
    first = p("il6_koff") / p("il6_kd") * receptor
    second = p("il6_gp130_koff") / p("il6_gp130_kd") * partner
    lost = p("sgp130_elimination") / (p("il6_gp130_koff") + p("sgp130_elimination"))
    binary = a.define(
        "il6_binary_health",
        first * ligand / (p("il6_koff") + p("sil6r_elimination") + second * lost),
        "item/litre", "IL-6 with soluble IL-6R per plasma volume in health",
    )  # fmt: skip
    ternary = a.define(
        "il6_ternary_health",
        second * binary / (p("il6_gp130_koff") + p("sgp130_elimination")),
        "item/litre", "IL-6 with soluble IL-6R and gp130 per plasma volume in health",
    )  # fmt: skip
    return ligand, receptor, partner, binary, ternary


def il6_and_soluble_receptors(a: Assembly, blood) -> Serum:
    """The three soluble proteins, their binding, and how complexes leave."""
    p = a.p
    free_ligand, free_receptor = (
        il6(a)(r=None) ** blood,
        soluble_il6r(a)(lig=None, gp=None) ** blood,
    )
    free_partner = soluble_gp130(a)(c=None, form="native") ** blood
    patterns = (free_ligand, free_receptor, free_partner, _binary(a, blood),
                _ternary(a, blood, form="native"))  # fmt: skip
    names = ("il6", "sil6r", "sgp130", "il6_binary", "il6_ternary")
    healthy = _healthy_densities(a)
    for name, pattern, density in zip(names, patterns, healthy, strict=True):
        start = a.define(f"{name}_amount_health", density * plasma(a), "item",
                         f"{name} in health")  # fmt: skip
        a.initial(pattern, start)

    def association(name, words):
        return a.define(
            f"{name}_kon_plasma",
            p(f"{name}_koff") / p(f"{name}_kd") * a.volume("blood") / plasma(a),
            "litre/day/item", words,
        )  # fmt: skip

    a.rule(
        "il6_binds_soluble_il6r",
        free_ligand + free_receptor | _binary(a, blood),
        association("il6", "association of IL-6 and its receptor, referred to the blood volume"),
        p("il6_koff"),
        kind="binding",
        note="Soluble IL-6R binds IL-6 as the membrane form does.",
    )
    a.rule(
        "soluble_gp130_binds_complex",
        _binary(a, blood) + soluble_gp130(a)(c=None) ** blood | _ternary(a, blood),
        association("il6_gp130", "association of the complex and gp130, referred to blood"),
        p("il6_gp130_koff"),
        kind="binding",
        note="Soluble gp130 binds IL-6 only together with IL-6R: the buffer of the blood.",
    )
    _receptors_turn_over(a, blood, free_receptor, free_partner, healthy)
    free = a.amount("il6_free", free_ligand, "free IL-6 in blood")
    bound = a.amount("il6_binary", _binary(a, blood), "IL-6 with soluble IL-6R in blood")
    a.amount("il6_all", il6(a)() ** blood, "IL-6 in blood, free and bound")
    return Serum(
        a.define("il6_density", free / plasma(a), "item/litre", "free IL-6 in plasma"),
        a.define("il6_binary_density", bound / plasma(a), "item/litre",
                 "IL-6 with soluble IL-6R in plasma"),
    )  # fmt: skip


def _receptors_turn_over(a: Assembly, blood, receptor, partner, healthy):
    p = a.p
    _, receptor0, partner0, binary0, ternary0 = healthy
    lost_with = p("sgp130_elimination") * ternary0
    made = {
        "soluble_il6r": (receptor, p("sil6r_elimination") * (receptor0 + binary0) + lost_with),
        "soluble_gp130": (partner, p("sgp130_elimination") * partner0 + lost_with),
    }
    for name, (pattern, rate) in made.items():
        production = a.define(f"{name}_production", rate * p("plasma_fraction"),
                              "item/litre/day", f"{name} made per blood volume")  # fmt: skip
        a.rule(
            f"{name}_made",
            None >> pattern,
            production,
            kind="production",
            note="Made at the rate at which it is lost at the baseline, free and in complexes.",
        )
    for name, pattern, rate, words in (
        ("soluble_il6r_cleared", receptor, "sil6r_elimination", "Soluble IL-6R leaves."),
        ("il6_binary_cleared", _binary(a, blood), "sil6r_elimination",
         "The complex leaves as its receptor does, later than free IL-6."),
        ("soluble_gp130_cleared", soluble_gp130(a)(form="native") ** blood, "sgp130_elimination",
         "Soluble gp130 leaves with what it has bound."),
    ):  # fmt: skip
        a.rule(name, pattern >> None, p(rate), kind="degradation", note=words)


def il6_made_and_cleared(a: Assembly, blood, serum: Serum, unblocked):
    """Elimination without receptors, uptake by cells that bear IL-6R, and healthy production.

    Args:
        a: the assembly.
        blood: the compartment.
        serum: densities in plasma.
        unblocked: share of IL-6R that no antibody blocks.
    """
    p, one = a.p, a.p("one_item")
    ligand0, _, _, binary0, ternary0 = (
        a.model.expressions[f"{name}_health"]
        for name in ("il6_density", "sil6r_density", "sgp130_density", "il6_binary", "il6_ternary")
    )

    def uptake(name, words, level, share):
        return a.define(
            name,
            p("clearing_cells") / one * p("il6r_per_clearing_cell") * share
            * p("il6r_internalisation") / (p("il6_kd") + level) / plasma(a),
            "1/day", words,
        )  # fmt: skip

    now = uptake("il6_uptake", "receptor uptake of IL-6", serum.il6, unblocked)
    health = uptake("il6_uptake_health", "the same in health", ligand0, 1)
    production = a.define(
        "il6_production",
        (ligand0 * (p("il6_elimination") + health) + p("sil6r_elimination") * binary0
         + p("sgp130_elimination") * ternary0) * p("plasma_fraction"),
        "item/litre/day", "healthy IL-6 production per blood volume",
    )  # fmt: skip
    free = il6(a)(r=None) ** blood
    a.rule(
        "il6_made",
        None >> free,
        production,
        kind="production",
        note="Healthy tissue makes IL-6 at the rate at which it is lost at the baseline.",
    )
    a.rule(
        "il6_eliminated",
        free >> None,
        p("il6_elimination"),
        kind="degradation",
        note="Renal and other clearance without receptors.",
    )
    a.rule(
        "il6_taken_up",
        free >> None,
        now,
        kind="degradation",
        note="Cells times receptors per cell times internalisation of the occupied share; an "
        "antibody that blocks IL-6R blocks this route.",
    )


def tumour_secretes(a: Assembly, blood) -> None:
    """The driver: il6_strength times the secretion of a reference tumour."""
    secreted_by_tumour(
        a, "il6", "IL-6", il6(a)(r=None) ** blood, blood,
        "The tumour and its stroma secrete IL-6 into the circulation.",
    )  # fmt: skip
