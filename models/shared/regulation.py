"""How a signal raises or lowers a rate so that health stays a fixed point.

A rate is multiplied by ``(1 + gain * effect) / (1 + gain * health)``, the effect being a saturating
function of the signal and ``health`` the same at the healthy level. It is one in health for any
gain, and stays positive when the signal is blocked.
"""

from immacro.build import Assembly


def saturated(level, half, hill=1):
    """Half-saturating response to a level, 0 to 1, with a Hill coefficient."""
    driven = (level / half) ** hill
    return driven / (1 + driven)


def speeded(a: Assembly, gain: str, effect, health, on=1):
    """How much faster a step runs than in health.

    Args:
        a: the assembly.
        gain: ledger row, the gain of the saturated signal over none.
        effect: effect of the signal now, 0 to 1.
        health: the same in health.
        on: mechanism switch, 0 makes the factor one.
    """
    return (1 + on * a.p(gain) * effect) / (1 + on * a.p(gain) * health)


def slowed(a: Assembly, gain: str, effect, health, on=1):
    """How much slower a step runs than in health: the inverse of ``speeded``."""
    return 1 / speeded(a, gain, effect, health, on)
