"""A ligand with two equal arms that holds one receptor or bridges two.

The receptor has a site `lig` (free or bound) and a site `d` for its partner. A ligand that holds
one receptor can bridge it to a second only if that one is free: there is one ligand in a pair. At
low levels pairs rise with ligand, at very high levels every receptor holds a ligand of its own and
none is left to be bridged. Ligand is a state, for one cell's receptors must not empty the blood.
"""

from immacro.build import Assembly


def pair(receptor, cell, **sites):
    """Two bridged receptors; the first holds the ligand, ``sites`` are those of both."""
    first = receptor(lig="bound", d=1, **sites) ** cell
    return first % (receptor(lig="free", d=1, **sites) ** cell)


def bridges(a: Assembly, ligand: str, receptor, cell, density, bare=1, **rest):
    """Binding of the first receptor and bridging to a second.

    Args:
        a: the assembly.
        ligand: its name; the ledger has `<ligand>_kon`, `_kd`, `_bridge_kon`, `_bridge_kd`.
        receptor: its monomer.
        cell: the compartment that is the cell.
        density: free ligand per volume outside (item/litre).
        bare: share of pairs that can open, if they are not told apart.
        rest: the other sites of a receptor that binds and lets go.

    Returns:
        Rate constants of binding at this density and of letting go (1/day).
    """
    p, name = a.p, receptor.name.lower()
    words = ligand.replace("_", " ")
    binding = a.define(f"{ligand}_association", p(f"{ligand}_kon") * density, "1/day",
                       f"binding of {words} to one receptor")  # fmt: skip
    leaving = a.define(f"{ligand}_koff", p(f"{ligand}_kon") * p(f"{ligand}_kd"), "1/day",
                       f"{words} leaves a single receptor")  # fmt: skip
    opening = a.define(f"{ligand}_bridge_koff",
                       p(f"{ligand}_bridge_kon") * p(f"{ligand}_bridge_kd"), "1/day",
                       f"one of two bridged receptors lets {words} go")  # fmt: skip
    if bare != 1:
        opening = a.define(f"{ligand}_pair_opening", opening * bare, "1/day",
                           f"pairs of {receptor.name} that open")  # fmt: skip
    free, holding = (receptor(lig=s, d=None, **rest) ** cell for s in ("free", "bound"))
    a.rule(f"{ligand}_binds_{name}", free | holding, binding, leaving, kind="binding",
           note="One arm of the ligand binds a receptor.")  # fmt: skip
    a.rule(f"{ligand}_bridges_{name}", holding + free | pair(receptor, cell, **rest),
           p(f"{ligand}_bridge_kon"), opening, kind="binding",
           note="The other arm binds a second receptor that is free; two receptors that each "
           "hold a ligand cannot pair.")  # fmt: skip
    return binding, leaving
