"""The SBML gives what PySB's own equations give, at perturbed values.

PySB knows neither events nor symbolic volumes: the network is generated anew with the changed
values, and the integration is cut at every dose and switch. Both start from the same amounts.
"""

import dataclasses
import itertools

import numpy as np
import pytest
import sympy
from immacro.models.gcsf_irf8 import model as rules
from parity import draw, error
from pysb.simulator import ScipyOdeSimulator

import immacro
from immacro import ledger as ledgers
from immacro.build import Assembly, identifiers, network

DAYS, POINTS = 16.0, 65


def with_values(ledger, values):
    rows = {i: dataclasses.replace(r, value=values.get(i, r.value)) for i, r in ledger.rows.items()}
    return dataclasses.replace(ledger, rows=rows)


class Segmented:
    """PySB's equations of one assembly, integrated from event to event."""

    def __init__(self, ledger):
        self.assembly = Assembly("gcsf_irf8", ledger)
        rules.write(self.assembly)
        self.ids = identifiers.species_ids(network.generate(self.assembly.model))
        self.value = {p.name: p.value for p in self.assembly.model.parameters}
        self.simulator = ScipyOdeSimulator(
            self.assembly.model, compiler="python", integrator="lsoda",
            integrator_options={"rtol": 1e-9, "atol": 1e-9, "mxstep": 100_000},
        )  # fmt: skip

    def events(self):
        """Return (day, species index, new amount from old) of all doses and switches."""
        v, found = self.value, []
        species = {str(s): i for i, s in enumerate(self.assembly.model.species)}
        for bolus in self.assembly.boluses:
            amount = float(sympy.sympify(bolus.amount).subs(
                {s: v[s.name] for s in bolus.amount.free_symbols}))  # fmt: skip
            for k in range(bolus.maximum):
                if v[f"{bolus.lever}_count"] > k + 0.5:
                    day = v[f"{bolus.lever}_start"] + k * v[f"{bolus.lever}_interval"]
                    found.append((day, species[str(bolus.target)], lambda x, a=amount: x + a))
        for switch in self.assembly.switches:
            target = species[str(switch.target)]
            found.append((v[f"{switch.lever}_start"], target, lambda x: 1.0))
            found.append((v[f"{switch.lever}_stop"], target, lambda x: 0.0))
        return sorted((e for e in found if e[0] < DAYS), key=lambda e: e[0])

    def run(self, start, observables):
        grid = np.linspace(0, DAYS, POINTS)
        amounts = np.array([start[i] for i in self.ids])
        rows = np.full((POINTS, len(observables)), np.nan)
        events = self.events()
        cuts = sorted({0.0, DAYS, *(e[0] for e in events)})
        for begin, stop in itertools.pairwise(cuts):
            for _, index, change in (e for e in events if e[0] == begin):
                amounts[index] = change(amounts[index])
            inside = grid[(grid > begin) & (grid < stop)]
            times = np.array([begin, *inside, stop])
            result = self.simulator.run(tspan=times, initials=amounts)
            values = np.column_stack([result.expressions[o] for o in observables])
            rows[np.isin(grid, times)] = values[np.isin(times, grid)]
            amounts = result.species[-1].copy()
        return rows


@pytest.mark.slow
@pytest.mark.parametrize(("host", "seed"), [("mouse", 101), ("human", 102), ("mouse", 103)])
def test_the_sbml_equals_pysb_with_other_rates_volumes_and_doses(host, seed):
    model = immacro.load("gcsf_irf8", host=host)
    values = draw(model.ledger, seed)
    values |= {"filgrastim_dose": 20.0 if host == "mouse" else 5.0, "anti_gcsf_dose": 1.0,
               "gcsf_strength": 1.0, "anti_gcsf_start": 6.1, "gcsf_stop": 13.3}  # fmt: skip
    observables = list(model.observables.index)

    rr = model.roadrunner()
    rr.integrator.relative_tolerance = 1e-9
    rr.integrator.absolute_tolerance = [1e-9] * rr.model.getNumFloatingSpecies()
    for identifier, value in values.items():
        rr[identifier] = value
    rr.reset()
    start = dict(zip(rr.model.getFloatingSpeciesIds(), rr.model.getFloatingSpeciesAmounts(),
                     strict=True))  # fmt: skip
    # Events of day zero have fired at the reset; PySB's run makes them itself.
    for switched_or_dosed in ("gcsf_on", "jak_inhibitor_on", "irf8_overexpression_on",
                              "FilgrastimDepot"):  # fmt: skip
        start[f"{switched_or_dosed}__blood"] = 0.0
    rr.timeCourseSelections = observables
    ours = np.array(rr.simulate(0, DAYS, POINTS))

    theirs = Segmented(with_values(ledgers.read(model.ledger.path.parent, host), values))
    rows = theirs.run(start, observables)
    assert np.isfinite(rows).all()
    for j, name in enumerate(observables):
        at_dose = np.isin(np.linspace(0, DAYS, POINTS), [e[0] for e in theirs.events()])
        assert error(ours[~at_dose, j], rows[~at_dose, j]) < 1e-4, name
