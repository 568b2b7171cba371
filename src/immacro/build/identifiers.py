"""Readable, stable SBML ids for the species and reactions of a network.

A species is ``<monomer>_<site>_<state>__<compartment>``, a complex joins its monomers by ``__`` in
the order of a walk along the bonds, so that two complexes of the same parts, bound differently, get
different ids. Reactions are ``<rule>__<n>``, or the rule's name where it makes only one.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from pysb.core import MultiState

from immacro.build.network import Network, Reaction
from immacro.errors import BuildError

#: Words that Antimony or AMICI would rename or refuse.
RESERVED = frozenset(
    """
    after at avogadro compartment const delete end event exp false function gamma has import in inf
    is log model module nan persistent pi priority reaction species substanceonly t0 time true unit
    var x k p y w h t
    """.split()  # noqa: SIM905 (a list of 40 quoted words reads worse)
)


def species_ids(network: Network) -> list[str]:
    """Return the id of each species, in network order.

    Raises:
        BuildError: two species would share an id.
    """
    return _unique([f"{_walk(s, _word)}__{compartment_of(s)}" for s in network.species])


def species_names(network: Network) -> list[str]:
    """Return a short display name of each species, in network order."""
    return [
        f"{_walk(s, _label, ' : ')} [{compartment_of(s).replace('_', ' ')}]"
        for s in network.species
    ]


def reaction_ids(reactions: tuple[Reaction, ...]) -> list[str]:
    """Return the id of each reaction, in network order."""
    stems = [f"{r.rule}_reverse" if r.reverse else r.rule for r in reactions]
    total, seen = Counter(stems), Counter[str]()
    ids = []
    for stem in stems:
        seen[stem] += 1
        ids.append(stem if total[stem] == 1 else f"{stem}__{seen[stem]}")
    return _unique(ids)


def compartment_of(species: Any) -> str:
    """Return the compartment of a species.

    Raises:
        BuildError: it spans several; give location as a site state instead.
    """
    places = {m.compartment.name for m in species.monomer_patterns if m.compartment}
    if species.compartment:
        places.add(species.compartment.name)
    if len(places) != 1:
        raise BuildError(
            f"{species} lies in {len(places)} compartments", "Make its location a site state"
        )
    return str(places.pop())


def _unique(ids: list[str]) -> list[str]:
    twice = [i for i, n in Counter(ids).items() if n > 1]
    if twice:
        raise BuildError(
            f"Several elements would be called '{twice[0]}'", "Tell their states apart"
        )
    clash = RESERVED.intersection(i.lower() for i in ids)
    if clash:
        raise BuildError(f"'{min(clash)}' is reserved in Antimony or AMICI", "Rename it")
    return ids


def _values(molecule: Any, site: str) -> list[Any]:
    """Return what a site holds; a monomer with two equal sites holds two things there."""
    state = molecule.site_conditions[site]
    return list(state.sites) if isinstance(state, MultiState) else [state]


def _states(molecule: Any) -> list[tuple[str, str]]:
    """Return (site, state) of the sites that have states, in the monomer's order."""
    pairs = []
    for site in dict.fromkeys(molecule.monomer.sites):
        for value in _values(molecule, site):
            state = value[0] if isinstance(value, tuple) else value
            if isinstance(state, str):
                pairs.append((site, state))
    return pairs


def _word(molecule: Any) -> str:
    return "_".join([molecule.monomer.name, *(w for pair in _states(molecule) for w in pair)])


def _label(molecule: Any) -> str:
    states = ",".join(state for _, state in _states(molecule))
    return f"{molecule.monomer.name}({states})" if states else str(molecule.monomer.name)


def _bonds(molecule: Any) -> list[tuple[str, int]]:
    """Return (site, bond number) of the bound sites, in the monomer's order."""
    bonds = []
    for site in dict.fromkeys(molecule.monomer.sites):
        for value in _values(molecule, site):
            bond = value[1] if isinstance(value, tuple) else value
            if isinstance(bond, int):
                bonds.append((site, bond))
    return bonds


def _walk(species: Any, spell: Any, joint: str = "__") -> str:
    """Spell a complex along its bonds, from the start that gives the alphabetically first text."""
    molecules = species.monomer_patterns
    by_bond: dict[int, list[int]] = {}
    for index, molecule in enumerate(molecules):
        for _, bond in _bonds(molecule):
            by_bond.setdefault(bond, []).append(index)
    first = min(m.monomer.name for m in molecules)

    def visit(index: int, seen: set[int]) -> list[str]:
        seen.add(index)
        molecule = molecules[index]
        words = [spell(molecule)]
        onward = []
        for site, bond in _bonds(molecule):
            (other,) = [i for i in by_bond[bond] if i != index] or [index]
            onward.append((molecules[other].monomer is molecule.monomer, site, other))
        for _, _, other in sorted(onward):
            if other not in seen:
                words += visit(other, seen)
        return words

    starts = [i for i, m in enumerate(molecules) if m.monomer.name == first]
    return min(joint.join(visit(start, set())) for start in starts)
