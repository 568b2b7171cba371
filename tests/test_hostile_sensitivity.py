"""Whatever a user does wrong with `immacro sensitivity`: one line, a remedy, nothing begun."""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from command import COMMAND, Command, Result, files_below, run_process

import immacro
from immacro.catalogue import Entry
from immacro.ensemble import executors, load_store

FACTORS = ["--factor", "gcsf_strength", "--factor", "jak_inhibitor_strength"]
OBSERVABLE = ["--observable", "cdc1_blood@3"]
MORRIS = ["--method", "morris", "--samples", "4"]
#: Runs that begin would take minutes: what is refused must be refused before.
LONG = ["--samples", "65536"]


@pytest.fixture
def command(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(capfd)


def words(
    *more: str,
    model: str = "gcsf_irf8",
    factors: list[str] = FACTORS,
    observables: list[str] = OBSERVABLE,
    out: str = "out",
) -> list[str]:
    """Return a study's command line."""
    return ["sensitivity", model, *factors, *observables, "--out", out, *more]


def factor(text: str) -> list[str]:
    """Return a command line with this as its only factor."""
    return words(factors=["--factor", text])


def observable(text: str, *more: str) -> list[str]:
    """Return a command line with this as its only observable."""
    return words(*more, observables=["--observable", text])


NAMES = {
    "model": (words(model="gcsf_irf9"), "Did you mean 'gcsf_irf8'"),
    "file": (words(model="nowhere.xml"), "Check the path"),
    "host": (words("--host", "rat"), "Known: human, mouse"),
    "context": (words("--context", "at4"), "Did you mean 'at3'"),
    "context of the other host": (words("--context", "breast"), "Known: 4t1"),
    "method": (words("--method", "sobbol"), "Did you mean 'sobol'"),
    "factor": (factor("gcsf_strengh"), "Did you mean 'gcsf_strength'"),
    "lever without its field": (
        factor("anti_gcsf"),
        "Vary one of its parameters: anti_gcsf_dose, anti_gcsf_start",
    ),
    "lever without its field, with a range": (factor("anti_gcsf=0:1"), "anti_gcsf_dose"),
    "range for all levers": (factor("levers=0:1"), "each lever with its own range"),
    "observable as a factor": (factor("cdc1_blood=0:1"), "`immacro show gcsf_irf8` lists all"),
    "clock of the story": (factor("onset=0:10"), "lists all|Did you mean"),
    "distribution": (factor("gcsf_strength=0:1:normall"), "Known: integer, loguniform, uniform"),
    "observable": (observable("cdc1_blod@3"), "Did you mean 'cdc1_blood'"),
    "observable without a name": (observable("@3"), "Known: "),
    "option": (words("--option", "levels=6"), "Known: second_order"),
    "group member": (words("--group", "both=gcsf_strength,anti_gcsf_dose"), "Known: gcsf_strength"),
}

NAMELESS = {
    "factor": (factor(""), "Write ID, ID=low:high or 'levers'"),
    "factor of blanks": (factor("  "), "Write ID, ID=low:high or 'levers'"),
    "factor with a range": (factor("=0:1"), "Write ID, ID=low:high or 'levers'"),
    "folder": (words(out=""), "Name a new folder"),
    "folder of blanks": (words(out=" "), "Name a new folder"),
    "context": (words("--context", ""), "Known: 4t1"),
    "host": (words("--host", ""), "Known: human, mouse"),
    "method": (words("--method", ""), "Known: delta"),
    "model": (words(model=""), "Give one SBML file"),
    "group": (words("--group", ""), "Write NAME=ID,ID"),
    "option": (words("--option", ""), "Write NAME=VALUE"),
    "scheduler": (words(*MORRIS, "--scheduler", ""), "Write tcp://HOST:PORT"),
}

RANGES = {
    "none": ("filgrastim_count", "Give one, as filgrastim_count=low:high"),
    "none of a switch": ("irf8_repression", "Give one, as irf8_repression=low:high"),
    "turned round": ("gcsf_strength=2:1", "lower bound that is less"),
    "empty": ("gcsf_strength=1:1", "lower bound that is less"),
    "nan": ("gcsf_strength=nan:1", "two finite numbers"),
    "nan above": ("gcsf_strength=0:nan", "two finite numbers"),
    "infinite": ("gcsf_strength=0:inf", "within it|two finite numbers"),
    "infinite for a switch": ("irf8_repression=0:inf", "within it"),
    "of what is fixed": ("gcsf_mass=0:1", "Leave it out"),
    "words": ("gcsf_strength=none:all", "low:high with two numbers"),
    "one number": ("gcsf_strength=1", "low:high with two numbers"),
    "four words": ("gcsf_strength=0:1:uniform:2", "low:high with two numbers"),
    "above the ledger's": ("gcsf_strength=0:99", "within it"),
    "below the ledger's": ("gcsf_strength=-1:1", "within it"),
    "loguniform from 0": ("gcsf_strength=0:1:loguniform", "positive lower bound"),
    "integer between": ("filgrastim_count=0.5:3:integer", "two whole numbers"),
    "the dummy's": ("dummy=0:1", "need not be named"),
}

DESIGNS = {
    "factor twice": (words("--factor", "gcsf_strength"), "Give it once"),
    "factor twice through levers": (words("--factor", "levers"), "'levers' already holds"),
    "group without members": (words("--group", "both="), "Write NAME=ID,ID"),
    "group without name": (words("--group", "gcsf_strength"), "Write NAME=ID,ID"),
    "group named as a factor": (
        words("--group", "gcsf_strength=jak_inhibitor_strength"),
        "name of its own",
    ),
    "member of two groups": (
        words("--group", "a=gcsf_strength", "--group", "b=gcsf_strength"),
        "one group",
    ),
    "groups in PAWN": (words("--method", "pawn", "--group", "a=gcsf_strength"), "sobol or morris"),
    "no samples": (words("--samples", "0"), "positive whole number"),
    "negative samples": (words("--samples", "-8"), "positive whole number"),
    "no power of two": (words("--samples", "100"), "as 64 or 128"),
    "too few for Sobol": (words("--samples", "8"), "as 16 or 32"),
    "too few for Morris": (words("--method", "morris", "--samples", "3"), "at least 4"),
    "too few for eFAST": (words("--method", "efast", "--samples", "64"), "at least 65"),
    "negative seed": (words("--seed", "-1"), "from 0 to"),
    "option without value": (words("--option", "second_order"), "NAME=VALUE"),
    "option that is no number": (words("--option", "second_order=maybe"), "NAME=VALUE"),
    "option of the wrong type": (words("--option", "second_order=3"), "True or False"),
    "option twice": (
        words(*MORRIS, "--option", "levels=4", "--option", "levels=6"),
        "Give it once",
    ),
    "odd levels": (words(*MORRIS, "--option", "levels=5"), "even number"),
    "a million levels": (words(*MORRIS, "--option", "levels=1000000"), "at most 1000"),
    "slices without number": (
        words("--method", "pawn", "--option", f"slices={10**12}"),
        "at most 1000",
    ),
    "harmonics without number": (
        words("--method", "efast", "--option", f"harmonics={10**400}"),
        "at most 100",
    ),
    "more runs than anybody has time for": (words("--samples", str(2**40)), "at most 10,000,000"),
    "more values than fit into memory": (
        observable("cdc1_blood", "--samples", "1024", "--points", "1000000"),
        "Ask for fewer times, observables or runs",
    ),
}

DAYS = {
    "negative": (observable("cdc1_blood@-1"), "day after 0"),
    "the onset": (observable("cdc1_blood@0"), "day after 0"),
    "a word": (observable("cdc1_blood@soon"), "day after 0"),
    "nothing": (observable("cdc1_blood@"), "day after 0|Did you mean"),
    "nan": (observable("cdc1_blood@nan"), "day after 0"),
    "infinite": (observable("cdc1_blood@inf"), "day after 0"),
    "too close to the onset": (observable("cdc1_blood@1e-300"), "day after 0"),
    "points without distance": (
        observable("cdc1_blood", "--days", "1e-300"),
        "fewer points or more days",
    ),
    "in a million years": (observable("cdc1_blood@1e9"), "at most 36525 days"),
    "a day too late": (observable("cdc1_blood@36526"), "at most 36525 days"),
    "a length of a million years": (observable("cdc1_blood", "--days", "1e9"), "at most 36525"),
    "twice": (words(*OBSERVABLE), "Request it once"),
    "negative length": (observable("cdc1_blood", "--days", "-3"), "Simulate for some time"),
    "one point": (observable("cdc1_blood", "--points", "1"), "from 2 to"),
}

RUNS = {
    "no workers": (words("--workers", "0"), "whole number from 1"),
    "negative workers": (words("--workers", "-2"), "whole number from 1"),
    "a crowd of workers": (words("--workers", "100000"), "or use a Dask cluster"),
    "negative time limit": (words("--time-limit", "-1"), "number of seconds"),
    "time limit that is no number": (words("--time-limit", "nan"), "finite number"),
    "time limit on Dask": (
        words("--time-limit", "9", "--scheduler", "tcp://127.0.0.1:9"),
        "Leave out the time limit",
    ),
    "completion": (words(*LONG, "--complete", "guess"), "Known: block, drop"),
    "completion of another method": (words(*LONG, "--complete", "drop"), "Use 'block'"),
    "completion of none": (words("--method", "rbd_fast", "--complete", "drop"), "another method"),
}

UNREADABLE = {
    "no factor": ["sensitivity", "gcsf_irf8", *OBSERVABLE, "--out", "out"],
    "no observable": ["sensitivity", "gcsf_irf8", *FACTORS, "--out", "out"],
    "no folder": ["sensitivity", "gcsf_irf8", *FACTORS, *OBSERVABLE],
    "samples in words": words("--samples", "many"),
    "half a sample": words("--samples", "2.5"),
    "unknown option": words("--sample", "16", "--sede", "1"),
}


class TestWrongWords:
    @pytest.mark.parametrize("case", NAMES)
    def test_an_unknown_name_is_refused_with_the_known_ones(self, command, case):
        refused(command, *NAMES[case])

    def test_an_unknown_context_is_no_fault_of_the_first_run(self, command):
        error = refused(command, words("--context", "nowhere"), "Known: 4t1, at3, healthy")
        assert error.startswith("immacro: Unknown context of gcsf_irf8 'nowhere'. Known: ")

    @pytest.mark.parametrize("case", NAMELESS)
    def test_what_has_no_name_is_refused(self, command, case):
        refused(command, *NAMELESS[case])

    @pytest.mark.parametrize("case", RANGES)
    def test_a_range_that_is_not_allowed_is_refused(self, command, case):
        text, remedy = RANGES[case]
        refused(command, factor(text), remedy)

    @pytest.mark.parametrize("case", DESIGNS)
    def test_an_impossible_design_is_refused(self, command, case):
        refused(command, *DESIGNS[case])

    @pytest.mark.parametrize("case", DAYS)
    def test_a_day_outside_the_story_is_refused(self, command, case):
        refused(command, *DAYS[case])

    @pytest.mark.parametrize("case", RUNS)
    def test_an_impossible_way_to_run_is_refused_before_the_first_run(self, command, case):
        refused(command, *RUNS[case])

    @pytest.mark.parametrize("case", UNREADABLE)
    def test_a_command_that_cannot_be_read_is_refused_with_where_to_find_help(self, command, case):
        refused(command, UNREADABLE[case], "--help`", code=2)

    def test_a_host_for_a_file_is_refused(self, command, tiny_entry):
        refused(command, words("--host", "human", model=tiny_file(tiny_entry)), "packaged models")

    def test_a_factor_of_a_file_needs_a_range(self, command, tiny_entry):
        refused(
            command,
            words(
                model=tiny_file(tiny_entry),
                factors=["--factor", "production"],
                observables=["--observable", "cells_blood@3"],
            ),
            "production=low:high|`immacro show",
        )


class TestWrongPlaces:
    @pytest.mark.parametrize(
        ("place", "remedy"),
        [
            ("file", "choose another place"),
            ("file/below", "choose another place"),
            ("a" * 300, "choose another place"),
            ("/dev/full", "choose another place"),
            ("/proc/study", "choose another place"),
        ],
    )
    def test_a_folder_that_cannot_be_made_is_refused(self, command, place, remedy):
        Path("file").touch()
        refused(command, words(*MORRIS, out=place), remedy)

    def test_a_folder_with_other_files_is_refused(self, command):
        """The study would write its own summary.txt over this one."""
        Path("out").mkdir()
        Path("out/summary.txt").write_text("precious")
        refused(command, words(*MORRIS), "another folder")
        assert Path("out/summary.txt").read_text("utf-8") == "precious"

    def test_a_disk_that_fills_up_is_one_line_and_a_resume_completes(self, tmp_path, tiny_entry):
        """A limit on the size of files stands for the full disk: figures do not fit."""
        limit = Path(tiny_file(tiny_entry)).stat().st_size + 1000
        result = run_process(
            *tiny_study(tiny_entry),
            cwd=tmp_path,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        )
        assert result.code == 1
        last = result.err.splitlines()[-1]
        assert "cannot be written (File too large). Free some space" in last
        assert "Traceback" not in result.err
        assert run_process(*tiny_study(tiny_entry), "--resume", cwd=tmp_path).code == 0


class TestScheduler:
    def test_an_address_that_is_none_is_refused(self, command):
        said = last_line(command(*words("--scheduler", "localhost")), 1)
        assert "Write tcp://HOST:PORT" in said

    def test_one_that_does_not_answer_is_refused(self, command, monkeypatch):
        monkeypatch.setattr(executors, "PATIENCE", 0.5)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        said = last_line(command(*words("--scheduler", address)), 1)
        assert f"No Dask scheduler answers at {address}" in said
        assert "Start one with `dask scheduler`" in said

    @pytest.mark.parametrize("there", [False, True])
    def test_one_that_does_not_answer_leaves_nothing_in_the_way_of_the_corrected_command(
        self, command, monkeypatch, tiny_entry, there
    ):
        monkeypatch.setattr(executors, "PATIENCE", 0.5)
        if there:
            Path("out").mkdir()
        line = [*tiny_study(tiny_entry)]
        workers = line.index("--workers")
        wrong = [*line[:workers], "--scheduler", "tcp://127.0.0.1:9", *line[workers + 2 :]]
        last_line(command(*wrong), 1)
        assert Path("out").exists() == there
        assert list(Path().rglob("*")) == [Path("out")] * there
        assert command(*line).code == 0


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, tiny_entry: Entry) -> Path:
    """A folder with a finished study in ``out``."""
    folder = tmp_path_factory.mktemp("finished")
    assert run_process(*tiny_study(tiny_entry), cwd=folder).code == 0
    return folder


@pytest.fixture
def study(finished: Path, tmp_path: Path, command: Command) -> Command:
    """The command in a folder with a finished study."""
    shutil.copytree(finished / "out", tmp_path / "out")
    return command


#: What is added to a command that had none of it, and all that is said of it.
CHANGES = {
    "seed": (["--seed", "2"], "seed: 0 -> 2"),
    "samples": (["--samples", "5"], "samples: 4 -> 5"),
    "method": (
        ["--method", "pawn", "--samples", "100"],
        "method: morris -> pawn; samples: 4 -> 100; "
        "option levels: 4 -> none; option slices: none -> 10",
    ),
    "option": (["--option", "levels=6"], "option levels: 4 -> 6"),
    "factor": (["--factor", "clearance=1:2"], "factor clearance: none -> 1 to 2"),
    "group": (
        ["--group", "both=production,loss"],
        "factor production group: none -> both; factor loss group: none -> both",
    ),
    "day": (["--observable", "cells_blood@7"], "days: 0, 5 -> 0, 5, 7"),
    "course": (["--observable", "cells_blood"], "days: 0, 5 -> 61 from 0 to 60"),
    "observable": (
        ["--observable", "drug_blood@5"],
        "observables: cells_blood -> cells_blood, drug_blood",
    ),
}

#: Words of the command that are replaced, and all that is said of it.
REPLACED = {
    "range": ("loss=0.1:0.2", "loss=0.1:0.3", "factor loss range: 0.1 to 0.2 -> 0.1 to 0.3"),
    "distribution": (
        "loss=0.1:0.2",
        "loss=0.1:0.2:loguniform",
        "factor loss distribution: uniform -> loguniform",
    ),
    "factor": (
        "loss=0.1:0.2",
        "kill=0:1",
        "factor loss: 0.1 to 0.2 -> none; factor kill: none -> 0 to 1",
    ),
    "day": ("cells_blood@5", "cells_blood@6", "days: 0, 5 -> 0, 6"),
}


class TestFolderOfAStudy:
    def test_a_study_is_not_started_over_another(self, study, tiny_entry):
        refused(study, tiny_study(tiny_entry), "Resume it, or choose another folder")

    @pytest.mark.parametrize("case", CHANGES)
    def test_another_study_is_not_continued_and_the_change_is_named(self, study, tiny_entry, case):
        more, changed = CHANGES[case]
        error = refused(study, [*tiny_study(tiny_entry), *more, "--resume"], "another folder")
        assert error.startswith(f"immacro: out/runs holds another study: {changed}. Ask ")

    @pytest.mark.parametrize("case", REPLACED)
    def test_what_was_replaced_in_the_command_is_named(self, study, tiny_entry, case):
        old, new, changed = REPLACED[case]
        line = [new if word == old else word for word in tiny_study(tiny_entry)]
        error = refused(study, [*line, "--resume"], "another folder")
        assert error.startswith(f"immacro: out/runs holds another study: {changed}. Ask ")

    def test_a_study_of_another_model_is_not_continued(self, study, tiny_entry):
        text = Path(tiny_file(tiny_entry)).read_text("utf-8")
        Path("other.xml").write_text(text.replace('value="0.1"', 'value="0.11"', 1))
        line = tiny_study(tiny_entry)
        line[1] = "other.xml"
        error = refused(study, [*line, "--resume"], "another folder")
        assert re.search(r"content of the SBML file: SHA-256 \w{8}… -> \w{8}…\. Ask", error)

    def test_a_design_that_was_altered_is_refused(self, study, tiny_entry):
        design = Path("out/runs/design.csv")
        design.write_text(design.read_text("utf-8").replace("1", "2"))
        error = refused(study, [*tiny_study(tiny_entry), "--resume"], "another folder")
        assert "altered" in error

    def test_a_folder_of_results_that_was_deleted_is_made_again(self, study, tiny_entry):
        before = Path("out/indices.csv").read_bytes()
        shutil.rmtree("out/runs/chunks")
        assert study(*tiny_study(tiny_entry), "--resume").code == 0
        assert Path("out/indices.csv").read_bytes() == before

    def test_a_description_that_is_none_is_refused(self, study, tiny_entry):
        Path("out/runs/study.json").write_text("[")
        refused(study, [*tiny_study(tiny_entry), "--resume"], "another folder")


class TestUnusualButRight:
    def test_a_day_may_have_many_digits(self, command, tiny_entry):
        line = [w.replace("@5", "@5.12345678") for w in tiny_study(tiny_entry)]
        assert command(*line).code == 0
        assert "cells_blood@5.12345678" in Path("out/summary.txt").read_text("utf-8")

    @pytest.mark.parametrize("day", ["0.3", "0.9999999999999999", "1e-08"])
    def test_days_may_be_as_good_as_the_same(self, command, tiny_entry, day):
        """0.3 and the third tenth of a day, which no solver can tell from it."""
        line = [w.replace("@5", f"@{day}") for w in tiny_study(tiny_entry)]
        line = [w.replace("production=50:100", "drug_dose=0:10") for w in line]
        whole = ["--observable", "cells_blood", "--days", "1", "--points", "11"]
        result = command(*line, *whole)
        assert result.code == 0, result.err
        assert len(load_store("out/runs")["time"]) == 11 + (day == "1e-08")

    def test_a_name_may_hold_any_characters(self, command, tiny_entry):
        group = r"a$\frac{1$^_%#& ü\n" + "long " * 60
        line = [*tiny_study(tiny_entry), "--group", f"{group}=production,loss"]
        assert command(*line).code == 0

    def test_a_factor_may_be_called_as_we_call_our_own(self, command, sbml_file):
        names = ["run", "factor", "observable", "value", "low", "bound", "n", "index"]
        rates = "\n".join(f"{name} = 1; x' = {name}" if not i else f"{name} = 1"
                          for i, name in enumerate(names))  # fmt: skip
        total = " + ".join(names)
        path = sbml_file(f"model m\n{rates}\nx = 0\nsum_ := x + {total}\nend\n")
        factors = [word for name in names for word in ("--factor", f"{name}=0:1")]
        line = ["sensitivity", path, *factors, "--observable", "sum_@3", *MORRIS]
        result = command(*line, "--out", "out")
        assert result.code == 0, result.err


#: Fails for the uppermost of eight levels of ``burst_strength``, and there only.
FAILING = [
    *("--factor", "burst_strength=0:0.57", "--factor", "loss=0.1:0.11"),
    *("--observable", "cells_blood@60", "--method", "morris", "--samples", "8"),
    *("--option", "levels=8", "--seed", "1", "--workers", "1", "--out", "out"),
]


class TestFailedRuns:
    def test_a_study_with_failed_runs_is_refused_with_their_number_and_reasons(
        self, command, tiny_entry
    ):
        error = last_line(command("sensitivity", tiny_file(tiny_entry), *FAILING), 1)
        failed = int(load_store("out/runs")["failed"].sum())
        assert failed
        assert "of 32 runs have no usable output" in error
        assert "x The simulation failed at time" in error
        assert ".." not in error
        assert "grows without bound" in error
        assert "Narrow the factors' ranges" in error
        assert "'block'" in error
        assert not Path("out/indices.csv").exists()

    def test_it_can_be_completed_without_running_anything_again(self, command, tiny_entry):
        line = ["sensitivity", tiny_file(tiny_entry), *FAILING]
        assert command(*line).code == 1
        chunks = files_below(Path("out/runs/chunks"))
        result = command(*line, "--resume", "--complete", "block")
        assert result.code == 0, result.err
        assert "left out" in result.out
        assert "of 8 blocks" in result.out
        assert "nan" not in Path("out/summary.txt").read_text("utf-8")
        assert Path("out/indices.csv").exists()
        assert files_below(Path("out/runs/chunks")) == chunks

    def test_one_that_fails_everywhere_cannot_be_completed(self, command, tiny_entry):
        line = ["sensitivity", tiny_file(tiny_entry), *FAILING, "--complete", "block"]
        line[line.index("burst_strength=0:0.57")] = "burst_strength=1:2"
        error = last_line(command(*line), 1)
        assert "32 of 32 runs" in error
        assert "too many to leave out" in error
        assert not Path("out/indices.csv").exists()


class TestInterruption:
    @pytest.mark.slow
    @pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
    @pytest.mark.parametrize("workers", [1, 2])
    def test_ctrl_c_says_how_to_resume_and_a_resume_gives_the_same_bytes(
        self, tmp_path: Path, busy: immacro.Model, workers: int
    ) -> None:
        """The signal goes to the whole process group, as a terminal sends it."""
        line = [
            *("sensitivity", busy.sbml_path, "--factor", "gap=0.006:0.007"),
            *("--factor", "decay=0.05:0.2", "--observable", "x@30", "--method", "morris"),
            *("--option", "levels=60", "--samples", 48 * workers, "--workers", workers),
            *("--out", "out"),
        ]
        (tmp_path / "whole").mkdir()
        assert run_process(*line, cwd=tmp_path / "whole").code == 0
        process = subprocess.Popen(
            [*COMMAND, *map(str, line)],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        runs = tmp_path / "out" / "runs"
        until = time.monotonic() + 60
        while not (runs / "study.json").exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(2)  # a worker takes a while to start, and may not have finished any
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 130
        assert output == ""
        assert "Traceback" not in errors
        said = errors.splitlines()[-1]
        assert said.startswith("immacro: Interrupted")
        assert "--resume" in said
        planned = json.loads((runs / "study.json").read_text("utf-8"))["design"]["runs"]
        assert len(load_store(runs).run) < planned

        resumed = run_process(*line, "--resume", cwd=tmp_path)
        assert resumed.code == 0, resumed.err
        for name in ("indices.csv", "convergence.csv", "summary.txt"):
            assert (tmp_path / "out" / name).read_bytes() == (
                tmp_path / "whole" / "out" / name
            ).read_bytes()


def tiny_file(entry: Entry) -> str:
    """Return the tiny model as a file of somebody else's."""
    return str(entry.sbml / "mouse" / "tiny.xml")


def tiny_study(entry: Entry) -> list[str]:
    """Return the command line of a study of a few seconds."""
    return [
        *("sensitivity", tiny_file(entry), "--factor", "production=50:100"),
        *("--factor", "loss=0.1:0.2", "--observable", "cells_blood@5", *MORRIS),
        *("--workers", "1", "--out", "out"),
    ]


def last_line(result: Result, code: int) -> str:
    """Return the error line below what was shown of progress."""
    assert result.code == code, result
    lines = result.err.splitlines()
    assert "Traceback" not in result.err + result.out
    assert [line for line in lines if line.startswith("immacro: ")] == lines[-1:], result.err
    return lines[-1]


def refused(command: Command, words: list[str], remedy: str, code: int = 1) -> str:
    """Run a command that must fail at once, leave no file and name a remedy; return its error."""
    before = files_below(Path())
    result = command(*words)
    error = result.error
    assert result.code == code, error
    assert any(part in error for part in remedy.split("|")), error
    problem, _, advice = error.partition(". ")
    assert problem
    assert advice, f"no remedy in: {error}"
    assert error.isprintable()
    after = {path: size for path, size in files_below(Path()).items() if path.name[0] != "."}
    assert after == {path: size for path, size in before.items() if path.name[0] != "."}
    return error
