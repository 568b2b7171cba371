"""A bivalent antibody that neutralises a soluble ligand in plasma.

Each arm binds one ligand with the same affinity; bound ligand is hidden from receptors and leaves
with the antibody, which is why a neutralised cytokine accumulates in total while it falls in free
form. Distribution into tissue is lumped into one plasma volume.
"""

from immacro.models.shared.levers import camel

from immacro.build import Assembly


def neutralises(a: Assembly, lever: str, ligand, site: str, place, plasma):
    """Binding by two equal arms and linear clearance of free and loaded antibody.

    Args:
        a: the assembly.
        lever: the dosed lever; the ledger has `<lever>_kd`, `_koff`, `_clearance`, `_mass`.
        ligand: the ligand's monomer.
        site: its site that the antibody hides.
        place: the compartment.
        plasma: plasma volume, an expression in litre.

    Returns:
        The antibody's monomer.
    """
    p = a.p
    antibody = a.monomer(camel(lever), ("fab", "fab"))
    association = a.define(
        f"{lever}_kon",
        p(f"{lever}_koff") / p(f"{lever}_kd") * a.volume(place.name) / plasma,
        "litre/day/item", f"association of {lever} in plasma, referred to the blood volume",
    )  # fmt: skip
    free = ligand(**{site: None}) ** place
    bound = ligand(**{site: 1}) ** place
    a.rule(
        f"{lever}_binds",
        antibody(fab=None) ** place + free | antibody(fab=1) ** place % bound,
        association,
        p(f"{lever}_koff"),
        kind="binding",
        note="Either arm of the antibody binds one ligand; plasma, not whole blood, dilutes it.",
    )
    a.rule(
        f"{lever}_cleared",
        antibody() ** place >> None,
        p(f"{lever}_clearance"),
        kind="degradation",
        note="Antibody leaves with whatever it has bound.",
    )
    return antibody
