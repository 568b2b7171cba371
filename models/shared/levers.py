"""What a lever of strength 0 to 1, or of a strength relative to a reference, does at present."""

from immacro.build import Assembly


def camel(lever: str) -> str:
    """Return a lever as a monomer is called: ``AntiPd1`` of ``anti_pd1``."""
    return "".join(word.capitalize() for word in lever.split("_"))


def acting(a: Assembly, lever: str, where):
    """Strength of a lever while it acts, 0 before its start and after its stop (dimensionless).

    Args:
        a: the assembly.
        lever: a lever with rows ``<lever>_strength``, ``_start`` and ``_stop``.
        where: the compartment of its helper species.
    """
    return a.p(f"{lever}_strength") * a.switch(lever, where) / a.p("one_item")
