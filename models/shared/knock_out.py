"""A lever that takes a gene or a signal away."""

from immacro.models.shared.levers import acting

from immacro.build import Assembly


def left_by(a: Assembly, lever: str, where, most: str = "knock_out_max"):
    """What a knock-out or blockade leaves of the step that needs what it takes, 0 to 1.

    Never nothing: the lever's helper is one only to within the integrator's rounding, and what one
    less it leaves would be noise of either sign, at which the step size breaks down.

    Args:
        a: the assembly.
        lever: a lever of strength 0 to 1, with rows ``<lever>_strength``, ``_start``, ``_stop``.
        where: the compartment of its helper species.
        most: ledger row of the largest share that is taken.
    """
    return a.define(f"{lever}_left", 1 - a.p(most) * acting(a, lever, where),
                    "dimensionless", f"what {lever.replace('_', ' ')} leaves")  # fmt: skip
