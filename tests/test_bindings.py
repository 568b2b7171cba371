"""The bindings say for every finding what is run, and nothing in them is left to guess."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from immacro.ledger import HOSTS, LEVER_FIELDS

FOLDER = Path(__file__).parents[1] / "models" / "macroenvironment"
TEXT = (FOLDER / "BINDINGS.md").read_text("utf-8")
with (FOLDER / "bindings.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, strict=True))


def words(text: str) -> list[str]:
    return text.split()


COLUMNS = words(
    "id tier refs observable direction status model host context also_contexts test threshold "
    "arm_a arm_b reference day day_b window observable_b also_observable cohort control "
    "by_construction reason note"
)
TESTS_OF = {
    "up": {"ratio", "rank", "threshold"},
    "down": {"ratio"},
    "unchanged": {"ratio"},
    "not_up": {"ratio"},
    "restored": {"restored"},
    "required": {"required"},
    "abrogated": {"abrogated"},
    "positive_association": {"association"},
    "negative_association": {"association"},
    "no_association": {"association"},
}
SIGN_OF = {"positive_association": "+", "negative_association": "-", "no_association": "0"}
MODELS = words(
    "gcsf_irf8 il6_dc_apoptosis vegf_dc_maturation cd40_pd1_priming tcell_exhaustion "
    "nk_activation cd4_cytokine_response flt3l_cdc macroenvironment"
)
CONTEXTS = {
    "mouse": set(words("healthy at3 4t1 mmtv_pymt kpc pan02 b16 mc38 ct26 os")),
    "human": set(
        words(
            "healthy breast breast_tnbc breast_er breast_er_her2 breast_her2 nsclc sclc melanoma "
            "pancreatic rcc crc gastric gist chl nb nb_localised hnscc ovarian prostate cervical "
            "glioma bcc leukaemia"
        )
    ),
}
#: The first table of the text is columns; switches are the names in code below this heading.
SWITCHES = set(
    re.findall(r"`(\w+)`", TEXT.split("## Names that the models must provide")[1].split("## ")[0])
)
NUMBER = re.compile(r"\d+(\.\d+)?")
NAME = re.compile(r"[a-z][a-z0-9_]*")
ARMS = ("arm_a", "arm_b", "reference")
Check = Callable[[dict[str, str]], None]

REPRESENTED = [row for row in ROWS if row["status"] != "not_represented"]
BOUND = [row for row in ROWS if row["status"] == "bound"]
STUDIES = [row for row in ROWS if row["status"] == "study"]


def every(rows: list[dict[str, str]]) -> Callable[[Check], Callable[[], None]]:
    """Make one test of a check of a row; it names each row that fails, and why."""

    def decorate(check: Check) -> Callable[[], None]:
        def test() -> None:
            assert rows
            failed = {}
            for row in rows:
                try:
                    check(row)
                except (AssertionError, ValueError) as error:
                    failed[row["id"]] = str(error)
            assert failed == {}

        test.__name__ = check.__name__
        return test

    return decorate


def alternatives(arm: str) -> list[dict[str, str]]:
    """Return the settings of each alternative of an arm; a setting given twice is an error."""
    found = []
    for alternative in filter(None, arm.split(" | ")):
        pairs = [setting.split("=") for setting in alternative.split("; ")]
        assert all(len(pair) == 2 for pair in pairs), alternative
        assert len({name for name, _ in pairs}) == len(pairs), f"set twice: {alternative}"
        found.append(dict(pairs))
    return found


def settings(row: dict[str, str]) -> Iterator[dict[str, str]]:
    for arm in ARMS:
        if row[arm] != "zero":
            yield from alternatives(row[arm])


def lever_field(name: str) -> str:
    return name.rpartition("_")[2]


def check_setting(name: str, value: str) -> None:
    assert NAME.fullmatch(name), name
    assert NUMBER.fullmatch(value), f"{name}={value}"
    if name in SWITCHES:
        assert value == "0", f"a switch is only ever taken out: {name}={value}"
        return
    lever, _, field = name.rpartition("_")
    assert lever, name
    assert field in LEVER_FIELDS, name
    if field == "strength":
        assert 0 <= float(value) <= 1, name
    if field == "extent":
        assert 0 < float(value) <= 1, name
    if field == "count":
        assert value.isdigit(), name
        assert int(value) > 0, name


def test_the_file_has_line_feeds_the_columns_and_one_row_per_finding():
    raw = (FOLDER / "bindings.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert list(ROWS[0]) == COLUMNS
    assert len(ROWS) == 476
    assert [name for name, n in Counter(row["id"] for row in ROWS).items() if n > 1] == []


def test_the_counts_in_the_text_are_those_of_the_file():
    status = Counter(row["status"] for row in ROWS)
    told = TEXT.rpartition("\nCounts:")[2].replace("\n", " ")
    assert f"bound {status['bound']}, study {status['study']}" in told
    assert f"not represented {status['not_represented']} " in told
    for name, n in Counter(row["test"] for row in REPRESENTED).items():
        assert f"{name} {n}" in told.lower(), name
    for name, n in Counter(row["model"] for row in REPRESENTED).items():
        assert f"{name} {n}" in told, name
    assert f"By construction {sum(r['by_construction'] == 'yes' for r in ROWS)}." in told


def test_every_documented_switch_is_used_and_none_looks_like_a_lever():
    assert {name for name in SWITCHES if lever_field(name) in LEVER_FIELDS} == set()
    used = {name for row in REPRESENTED for arm in settings(row) for name in arm}
    used |= {entry for row in REPRESENTED for entry in row["control"].split("; ")}
    assert SWITCHES
    assert used >= SWITCHES


@every(ROWS)
def test_a_row_is_complete_and_uses_known_words(row):
    assert set(row) == set(COLUMNS)
    assert all(value is not None and value == value.strip() for value in row.values())
    assert row["tier"] in {"core", "text", "untestable"}
    assert row["status"] in {"bound", "study", "not_represented"}
    assert row["direction"] in TESTS_OF
    assert NAME.fullmatch(row["observable"])
    assert re.fullmatch(r"(\d+(;\d+)*)?", row["refs"])
    assert row["tier"] != "untestable" or row["status"] == "not_represented"


@every([row for row in ROWS if row["status"] == "not_represented"])
def test_a_finding_that_is_not_represented_says_why_and_runs_nothing(row):
    assert len(row["reason"]) > 10
    facts = {"id", "tier", "refs", "observable", "direction", "status", "reason", "note"}
    assert {name for name in set(COLUMNS) - facts if row[name]} == set()


@every(REPRESENTED)
def test_a_represented_row_names_model_host_context_and_test(row):
    assert row["model"] in MODELS
    assert row["host"] in HOSTS
    assert row["context"] in CONTEXTS[row["host"]]
    assert row["by_construction"] in {"yes", "no"}
    assert row["test"] in TESTS_OF[row["direction"]]
    assert bool(row["threshold"]) == (row["test"] in {"threshold", "rank"})
    assert re.fullmatch(r"((max|mean|half_time) [\d.]+-[\d.]+)?", row["window"])
    for column in ("observable_b", "also_observable"):
        assert not row[column] or NAME.fullmatch(row[column])
    assert row["also_observable"] != row["observable"]


@every(REPRESENTED)
def test_further_contexts_exist_and_keep_the_host_where_doses_depend_on_it(row):
    further = [name for name in row["also_contexts"].split(";") if name]
    assert len(further) == len(set(further))
    assert row["context"] not in further
    assert "healthy" not in further
    assert set(further) <= set.union(*CONTEXTS.values())
    timed = {"dose", "start", "stop", "day"}
    if any(lever_field(name) in timed for arm in settings(row) for name in arm):
        assert set(further) <= CONTEXTS[row["host"]]


@every(REPRESENTED)
def test_the_settings_of_a_row_parse_and_its_first_arm_is_in_its_context(row):
    assert {arm["context"] for arm in alternatives(row["arm_a"])} == {row["context"]}
    for arm in settings(row):
        assert arm.pop("context") in CONTEXTS[row["host"]]
        for name, value in arm.items():
            check_setting(name, value)


@every(REPRESENTED)
def test_a_lever_is_set_with_its_amount_and_a_schedule_that_ends_after_it_starts(row):
    amounts = {"dose", "strength", "fold", "extent"}
    # The context of the exhaustion model switches antigen and stress on; here they only end.
    from_context = {"antigen", "metabolic_stress"}
    for arm in settings(row):
        fields: dict[str, dict[str, float]] = {}
        for name, value in arm.items():
            if name != "context" and name not in SWITCHES:
                lever, _, field = name.rpartition("_")
                fields.setdefault(lever, {})[field] = float(value)
        for lever, given in fields.items():
            assert amounts & set(given) or lever in from_context, f"{lever} has no amount"
            assert given.get("start", 0) < given.get("stop", float("inf")), lever
            assert given.get("count", 1) == 1 or "interval" in given, lever


@every(REPRESENTED)
def test_nothing_is_read_before_it_is_given(row):
    read = {arm: float(row["day"]) for arm in ARMS}
    if row["day_b"]:
        read["arm_b"] = float(row["day_b"])
    for arm, day in read.items():
        for given in alternatives(row[arm]) if row[arm] != "zero" else []:
            for name, value in given.items():
                if lever_field(name) in {"start", "day"}:
                    assert float(value) < day, f"{arm}: {name}={value} is read on day {day}"


@every(BOUND)
def test_a_bound_row_has_a_day_and_two_arms_that_differ_in_settings_day_or_observable(row):
    assert row["arm_a"]
    assert row["arm_b"]
    assert row["arm_a"] != row["arm_b"] or row["day_b"] or row["observable_b"]
    assert float(row["day"]) > 0
    assert not row["cohort"]


@every(REPRESENTED)
def test_effects_are_counted_from_a_reference_and_alternatives_pair_up(row):
    arms = {arm: len(row[arm].split(" | ")) for arm in ARMS if row[arm]}
    if row["test"] in {"restored", "required", "abrogated"} or row["observable"] == "ici_response":
        assert row["reference"]
    if arms["arm_a"] == 1:
        assert arms.get("arm_b", 1) == 1
        assert arms.get("reference", 1) <= 2
    else:
        assert {arms.get("arm_b", 1), arms.get("reference", 1)} <= {1, arms["arm_a"]}
        assert row["observable"] != "ici_response"


@every([row for row in REPRESENTED if row["observable"] == "ici_response"])
def test_a_response_has_a_control_without_the_therapy_for_each_arm(row):
    arms = [alternatives(row[arm])[0] for arm in ("arm_a", "arm_b")]
    for arm, control in zip(arms, alternatives(row["reference"]), strict=True):
        assert control.items() < arm.items()
        dropped = {name.rsplit("_", 1)[0] for name in arm.keys() - control.keys()}
        assert dropped & {"anti_pd1", "anti_pdl1", "anti_ctla4"}
        assert not any(name.startswith(tuple(dropped)) for name in control)


@every(STUDIES)
def test_a_study_says_what_is_run_and_an_association_what_is_ranked(row):
    assert row["arm_a"]
    assert row["day"]
    if row["test"] == "association":
        side = r"[a-z0-9_]+(@\d+)?( - [a-z0-9_]+@\d+)?"
        match = re.fullmatch(rf"x={side}; y={side}; sign=([-+0]); n=\d+", row["cohort"])
        assert match, row["cohort"]
        assert match[5] == SIGN_OF[row["direction"]]


@every(REPRESENTED)
def test_a_control_is_a_documented_switch_or_a_lever_setting(row):
    for entry in filter(None, row["control"].split("; ")):
        name, _, value = entry.partition("=")
        if value:
            check_setting(name, value)
        else:
            assert name in SWITCHES


@every(REPRESENTED)
def test_a_dose_is_said_to_be_assumed_in_the_note(row):
    for arm in settings(row):
        for name, value in arm.items():
            if name.endswith("_dose"):
                assert f"{name.removesuffix('_dose')} {value} " in row["note"], name
