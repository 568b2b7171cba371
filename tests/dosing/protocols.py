"""Builders of small SBML files that dose one compartment, one per mechanism.

Every file has the floating species ``body_drug`` (an amount, lost at rate ``LOSS``), the observable
``drug`` that equals it, and ``onset``. Ours are `unrolled` (doses) and `switched` (infusions and
strengths); the others are mechanisms that are wrong in some simulator or after some reset. All take
the same numbers, so that one protocol can be written both ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import antimony

#: First-order loss, 1/day.
LOSS = 0.5
#: How many doses a file's events can give at most.
MOST_DOSES = 6

_OURS = "persistent=true, t0=false, fromTrigger=false"


@dataclass(frozen=True)
class Bolus:
    """The four parameters of a dosed lever."""

    dose: float
    start: float
    interval: float = 3
    count: int = 1


@dataclass(frozen=True)
class Pulse:
    """The parameters of an infusion or of a strength: a rate between two days."""

    rate: float
    start: float
    stop: float


def _file(*lines: str, onset: float = 0) -> str:
    """Return the SBML text of the one-compartment model with more lines of Antimony in it."""
    text = "\n".join(
        [
            "model dosing",
            "unit substance = 1 item; unit extent = 1 item",
            "unit volume = 1 litre; unit time_unit = 86400 second",
            # Not 1, so that a dose in amounts differs from a dose in concentrations.
            "compartment body = 5",
            "substanceOnly species body_drug in body; body_drug = 0",
            f"loss = {LOSS:.17g}; onset = {onset:.17g}",
            "elimination: body_drug -> ; loss * body_drug",
            "drug := body_drug; drug.sboTerm = 360",
            *lines,
            "end",
        ]
    )
    antimony.clearPreviousLoads()
    if antimony.loadAntimonyString(text) < 0:
        raise ValueError(antimony.getLastError())
    return str(antimony.getSBMLString("dosing"))


def _event(name: str, trigger: str, action: str, options: str = _OURS, delay: float = 0) -> str:
    after = f"{delay:.17g} after " if delay else ""
    return f"{name}: at {after}({trigger}), {options}: {action}"


def _number(name: str, value: float) -> str:
    return f"{name} = {value:.17g}"


def _bolus(lever: str, bolus: Bolus) -> list[str]:
    fields = ("dose", "start", "interval", "count")
    return [_number(f"{lever}_{field}", getattr(bolus, field)) for field in fields]


def _pulse(lever: str, pulse: Pulse) -> list[str]:
    fields = ("rate", "start", "stop")
    return [_number(f"{lever}_{field}", getattr(pulse, field)) for field in fields]


def unrolled(
    levers: Sequence[Bolus],
    *,
    onset: float = 0,
    options: str = _OURS,
    threshold: float = 0.5,
    target: str = "body_drug",
) -> str:
    """Ours for doses: one event per possible dose, which adds to a floating species.

    Args:
        levers: they all dose the same species.
        onset: day on which the clock of the levers starts.
        options: what Antimony calls the event's flags.
        threshold: added to k in ``count > k + threshold``.
        target: what the dose is added to.
    """
    lines: list[str] = []
    for number, bolus in enumerate(levers):
        lever = f"lever_{number}"
        lines += _bolus(lever, bolus)
        for k in range(MOST_DOSES):
            due = f"time >= onset + {lever}_start + {k} * {lever}_interval"
            given = f"{lever}_count > {k + threshold:g}"
            action = f"{target} = {target} + {lever}_dose"
            lines.append(_event(f"{lever}_{k}", f"{due} && {given}", action, options))
    return _file(*lines, onset=onset)


def switched(levers: Sequence[Pulse], *, onset: float = 0, additive: bool = True) -> str:
    """Ours for infusions and strengths: events move a floating helper species between 0 and 1.

    Args:
        levers: each infuses the same species at its rate while it is on.
        onset: day on which the clock of the levers starts.
        additive: +1/-1, as an infusion does, instead of 1/0, as a strength does.
    """
    lines: list[str] = []
    for number, pulse in enumerate(levers):
        lever = f"lever_{number}"
        on = f"{lever}_on"
        up, down = (f"{on} = {on} + 1", f"{on} = {on} - 1") if additive else (f"{on}=1", f"{on}=0")
        lines += [
            *_pulse(lever, pulse),
            f"substanceOnly species {on} in body; {on} = 0",
            f"{lever}_flow: -> body_drug; {lever}_rate * {on}",
            _event(f"{lever}_begins", f"time >= onset + {lever}_start", up),
            _event(f"{lever}_ends", f"time >= onset + {lever}_stop", down),
        ]
    return _file(*lines, onset=onset)


def piecewise(pulse: Pulse) -> str:
    """Write an infusion as a function of time in the rate law: nothing tells the integrator."""
    law = "piecewise(lever_rate, time >= lever_start && time < lever_stop, 0)"
    return _file(*_pulse("lever", pulse), f"flow: -> body_drug; {law}")


def periodic(pulse: Pulse, interval: float) -> str:
    """Write a repeated infusion as the phase of time, by floor, in the rate law."""
    phase = "(time - lever_start) - interval * floor((time - lever_start) / interval)"
    law = f"piecewise(lever_rate, time >= lever_start && {phase} < lever_stop - lever_start, 0)"
    lines = [*_pulse("lever", pulse), _number("interval", interval), f"flow: -> body_drug; {law}"]
    return _file(*lines)


def rearming(bolus: Bolus, counter: str, threshold: float = 0) -> str:
    """Use one event that arms itself again by counting the doses that it has given.

    Args:
        bolus: the protocol.
        counter: ``parameter``, ``rate rule`` (a parameter that a rate rule holds still) or
            ``species`` (a floating species with a reaction that never runs).
        threshold: subtracted in ``given < count - threshold``.
    """
    declared = {
        "parameter": ["given = 0"],
        "rate rule": ["given = 0", "given' = 0"],
        "species": [
            "substanceOnly species given in body; given = 0",
            "never: given -> ; 0 * given",
        ],
    }[counter]
    due = "time >= lever_start + given * lever_interval"
    left = f"given < lever_count - {threshold:g}"
    action = "body_drug = body_drug + lever_dose, given = given + 1"
    return _file(*_bolus("lever", bolus), *declared, _event("again", f"{due} && {left}", action))


def switch_outside_the_state(pulse: Pulse, kind: str) -> str:
    """Infuse while a switch is on that is not a floating species.

    Args:
        pulse: the protocol.
        kind: ``parameter`` or ``boundary species``.
    """
    declared = {
        "parameter": "switch = 0",
        "boundary species": "substanceOnly species $switch in body; switch = 0",
    }[kind]
    return _file(
        *_pulse("lever", pulse),
        declared,
        "flow: -> body_drug; lever_rate * switch",
        _event("begins", "time >= lever_start", "switch = 1"),
        _event("ends", "time >= lever_stop", "switch = 0"),
    )


def rate_raised_by_event(pulse: Pulse) -> str:
    """Use an event that raises a parameter for good; the pulse's end is not written."""
    return _file(
        *_pulse("lever", pulse),
        "flow_rate = 0",
        "flow: -> body_drug; flow_rate",
        _event("begins", "time >= lever_start", "flow_rate = flow_rate + lever_rate"),
    )


def delayed(bolus: Bolus, delay: float) -> str:
    """Use an event that fires early and acts after a delay: the dose waits in a queue."""
    trigger = f"time >= lever_start - {delay:.17g}"
    action = "body_drug = body_drug + lever_dose"
    return _file(*_bolus("lever", bolus), _event("dose", trigger, action, delay=delay))
