"""Doubling a compartment changes what chemistry says it must, and nothing else.

PySB's own export writes volumes into the laws as numbers, so that a changed compartment changes
nothing there; these tests would fail on such a file.
"""

import pytest

import immacro

TUMOUR = {"gcsf_strength": 1.0}


@pytest.fixture(scope="module", params=["mouse", "human"])
def model(request):
    return immacro.load("gcsf_irf8", host=request.param)


def doubled(model, compartment, observables):
    """Fold change of observables when a compartment doubles, beyond its ledger range if need be."""
    values = []
    for factor in (1.0, 2.0):
        rr = model.roadrunner()
        rr.timeCourseSelections = list(observables)
        rr["gcsf_strength"] = 1.0
        rr["onset"] = 1000.0
        rr[compartment] = factor * rr[compartment]
        rr.reset()
        values.append(rr.simulate(0, 1030, 2)[-1])
    return dict(zip(observables, values[1] / values[0], strict=True))


def test_more_blood_dilutes_the_tumours_gcsf_and_spares_cdc1(model):
    fold = doubled(model, "blood", ["gcsf_blood", "pstat3_pre_dc", "irf8_pre_dc"])
    # Half, were it not for fewer neutrophils, which then clear less.
    assert 0.5 < fold["gcsf_blood"] < 0.85
    assert fold["pstat3_pre_dc"] < 0.97
    assert fold["irf8_pre_dc"] > 1.02


def test_a_larger_cell_slows_every_encounter_inside_it(model):
    # Receptors per cell stay; STAT3, JAK2 and phosphatases keep their concentrations, so that
    # receptors find each other less often and the dimers' density falls: IRF8 rises.
    fold = doubled(model, "pre_dc", ["stat3_dimer_nucleus", "pre_dc", "irf8_pre_dc", "gcsf_blood"])
    assert fold["stat3_dimer_nucleus"] / fold["pre_dc"] < 0.9
    assert fold["irf8_pre_dc"] > 1.05
    assert fold["gcsf_blood"] == pytest.approx(1, abs=1e-6)


def test_a_larger_marrow_changes_no_count_because_no_encounter_happens_in_it(model):
    fold = doubled(model, "bone_marrow",
                   ["pre_dc_bone_marrow", "neutrophil_bone_marrow", "cdc1_blood"])  # fmt: skip
    for name, value in fold.items():
        assert value == pytest.approx(1, abs=1e-6), name
