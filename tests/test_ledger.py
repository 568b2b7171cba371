"""The ledger reads literature units, keeps hosts apart and refuses what cannot be trusted."""

import pytest

from immacro import catalogue, ledger
from immacro.errors import LedgerError, UnknownNameError

HEADER = "id,role,value,unit,model_unit,low,high,distribution,host,status,source,derivation,name\n"
GOOD = "kd,rate,0.1,nM,,0.05,0.2,loguniform,any,measured,PMID:12345678,,affinity\n"


@pytest.fixture
def written(tmp_path):
    """Write a ledger of these rows and read it for the mouse."""

    def write(*rows, contexts=None):
        (tmp_path / "parameters.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
        if contexts is not None:
            (tmp_path / "contexts.csv").write_text(contexts, encoding="utf-8")
        return ledger.read(tmp_path, "mouse")

    return write


def test_a_value_and_its_range_are_converted_to_model_units(written):
    row = written(GOOD)["kd"]
    assert row.model_unit == "item/litre"
    assert row.value == pytest.approx(6.02214076e13)
    assert (row.low, row.high) == pytest.approx((3.01107038e13, 1.204428152e14))
    assert row.literature_value == 0.1


def test_each_host_gets_its_own_row(tmp_path):
    rows = (
        "k,rate,1,1/day,,0.5,2,loguniform,mouse,assumed,,fast,rate\n"
        "k,rate,3,1/day,,2,4,loguniform,human,assumed,,slow,rate\n"
    )
    (tmp_path / "parameters.csv").write_text(HEADER + rows, encoding="utf-8")
    assert ledger.read(tmp_path, "mouse")["k"].value == 1
    assert ledger.read(tmp_path, "human")["k"].value == 3


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (GOOD.replace("PMID:12345678", ""), "measured without a source"),
        (GOOD.replace("PMID:12345678", "Smith 1999"), "is not a source"),
        (GOOD.replace("measured", "assumed"), "assumed without a rationale"),
        (GOOD.replace("measured", "guessed"), "unknown status"),
        (GOOD.replace(",0.1,", ",0.3,"), "outside its range"),
        (GOOD.replace(",0.1,", ",nan,"), "value is 'nan'"),
        (GOOD.replace(",0.05,", ",,"), "low is ''"),
        (GOOD.replace(",0.05,", ",0,"), "positive lower bound"),
        (GOOD.replace("nM", "bananas"), "not a unit"),
        (GOOD.replace("nM,,", "nM,1/day,"), "cannot be expressed"),
        (GOOD.replace("rate", "dice"), "unknown role"),
        (GOOD.replace(",any,", ",rat,"), "unknown host"),
        (GOOD.replace("kd,", "2kd,"), "not an SBML id"),
        (GOOD.replace(",affinity", ","), "no display name"),
        (GOOD.replace(",affinity", ",affinity,extra"), "too many or too few fields"),
        (GOOD + GOOD, "two rows"),
        (GOOD.replace(",any,", ",human,"), "no row for mouse"),
    ],
)
def test_an_untrustworthy_row_is_refused_with_its_place(written, row, problem):
    with pytest.raises(LedgerError, match=problem) as error:
        written(row)
    assert "parameters.csv" in str(error.value)


def test_a_used_id_without_a_row_is_refused(written):
    with pytest.raises(LedgerError, match="no row for mouse"):
        written(GOOD)["koff"]


def test_a_row_that_nothing_uses_is_refused(written):
    with pytest.raises(LedgerError, match="Nothing uses kd"):
        written(GOOD).refuse_unused([])


def test_a_missing_column_is_named(tmp_path):
    (tmp_path / "parameters.csv").write_text("id,value\nk,1\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="lacks the column"):
        ledger.read(tmp_path, "mouse")


def test_an_unknown_host_is_refused(tmp_path):
    with pytest.raises(UnknownNameError, match="mouse"):
        ledger.read(tmp_path, "moose")


def test_a_context_sets_ledger_rows_only(written):
    head = "context,host,parameter,value,status,source,derivation\n"
    settings = written(GOOD, contexts=head + "b16,any,kd,0.2,assumed,,guess\n").contexts
    assert settings == {"b16": {"kd": pytest.approx(1.204428152e14)}}
    with pytest.raises(LedgerError, match="'koff' is not in the ledger"):
        written(GOOD, contexts=head + "b16,any,koff,0.2,assumed,,guess\n")


@pytest.mark.parametrize("name", catalogue.models())
@pytest.mark.parametrize("host", ledger.HOSTS)
def test_every_shipped_ledger_says_where_each_number_comes_from(name, host):
    for row in catalogue.ledger(name, host).rows.values():
        assert row.source or row.derivation, row.id
        if row.role in ("rate", "initial", "compartment"):
            assert row.low < row.high or row.distribution == "fixed", row.id


def test_a_lever_id_tells_lever_and_field():
    assert ledger.lever_of("anti_gcsf_dose") == ("anti_gcsf", "dose")
    with pytest.raises(LedgerError, match="not the id of a lever"):
        ledger.lever_of("anti_gcsf")
