"""How a signal raises or lowers a rate so that health stays a fixed point.

A rate is multiplied by ``(1 + gain * effect) / (1 + gain * health)``, the effect being a saturating
function of the signal and ``health`` the same at the healthy level. It is one in health for any
gain, and stays positive when the signal is blocked.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from immacro.build import Assembly


class Signal(NamedTuple):
    """Half-saturating effect of a soluble factor, now and in health."""

    effect: Any
    health: Any


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
    return speeded_by(a, {gain: Signal(effect, health)}, on)


def speeded_by(a: Assembly, signals: Mapping[str, Signal], on=1):
    """How much faster a step runs than in health when several signals act on it.

    Their gains add up: receptors of one cell share what drives the step, so that signals together
    give less than the product of each alone.

    Args:
        a: the assembly.
        signals: a signal for each ledger row that is its gain.
        on: mechanism switch, 0 makes the factor one.
    """
    now = sum(a.p(gain) * signal.effect for gain, signal in signals.items())
    health = sum(a.p(gain) * signal.health for gain, signal in signals.items())
    return (1 + on * now) / (1 + on * health)


def slowed(a: Assembly, gain: str, effect, health, on=1):
    """How much slower a step runs than in health: the inverse of ``speeded``."""
    return 1 / speeded(a, gain, effect, health, on)
