from __future__ import annotations

import gzip
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import libsbml
import pytest
from sbml_factory import add_function, formula, save, tiny

from immacro.check import check, read_sbml
from immacro.check.reading import MAX_BYTES
from immacro.check.screening import MAX_DEPTH
from immacro.errors import SbmlError

CORE = "http://www.sbml.org/sbml/level3/version1/core"
SBML = f'<sbml xmlns="{CORE}" level="3" version="1">'
MATHML = "http://www.w3.org/1998/Math/MathML"


def refusal(path: Path | str) -> SbmlError:
    """Return the refusal of a file, which has to be the same for all who read it."""
    with pytest.raises(SbmlError) as caught:
        read_sbml(path)
    error = caught.value
    assert error.problem
    assert error.remedy
    assert "\n" not in str(error)
    with pytest.raises(SbmlError):
        check(path)
    return error


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "hostile.xml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def xml(document: libsbml.SBMLDocument) -> str:
    return str(libsbml.writeSBMLToString(document))


def test_a_good_file_gives_its_model(tmp_path: Path) -> None:
    document = read_sbml(save(tiny(), tmp_path))
    assert document.getModel().getId() == "tiny_mouse"


def test_level_2_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    text = (
        '<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4">'
        '<model id="old"/></sbml>'
    )
    document = read_sbml(written(tmp_path, b"\xef\xbb\xbf" + text.encode()))
    assert document.getModel().getId() == "old"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "none.xml").problem


def test_a_directory_is_refused(tmp_path: Path) -> None:
    assert "directory" in refusal(tmp_path).problem


@pytest.mark.parametrize("path", ["a\0b.xml", "x" * 5000])
def test_an_impossible_path_is_refused(path: str) -> None:
    assert "cannot be read" in refusal(path).problem


def test_devices_pipes_and_sockets_are_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.xml"
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        for path in (pipe, tmp_path / "s", Path("/dev/zero")):
            assert "not a regular file" in refusal(path).problem


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "is empty" in refusal(written(tmp_path, content)).problem


def test_50_mb_of_good_sbml_are_refused_by_size_alone(tmp_path: Path) -> None:
    path = save(tiny(), tmp_path)
    with path.open("r+b") as file:
        file.truncate(50 * 2**20)
    start = time.perf_counter()
    assert "larger than 32 MB" in refusal(path).problem
    assert time.perf_counter() - start < 0.5


def test_a_file_just_below_the_size_limit_is_not_refused_for_its_size(tmp_path: Path) -> None:
    text = xml(tiny())
    padding = " " * (MAX_BYTES - len(text.encode()) - len("<!---->"))
    assert read_sbml(written(tmp_path, f"{text}<!--{padding}-->")).getModel() is not None
    assert "larger" in refusal(written(tmp_path, f"{text}<!--{padding} -->")).problem


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused_as_cut_off(tmp_path: Path, share: float) -> None:
    text = xml(tiny())
    error = refusal(written(tmp_path, text[: int(share * len(text))]))
    assert "is cut off" in error.problem


@pytest.mark.parametrize(
    "damage",
    [
        ("</model>", "</modell>"),
        ('id="tiny_mouse"', "id=tiny_mouse"),
        ('id="tiny_mouse"', 'id="tiny_mouse" id="other"'),
        ("<listOfSpecies>", "<listOfSpecies>&undefined;"),
        ("<listOfSpecies>", "<listOfSpecies>\x07"),
        ("</sbml>", "</sbml><sbml/>"),
        ("<model", "<x:model"),
    ],
)
def test_malformed_xml_is_refused_with_its_line(tmp_path: Path, damage: tuple[str, str]) -> None:
    error = refusal(written(tmp_path, xml(tiny()).replace(*damage)))
    assert "not well-formed" in error.problem
    assert "in line" in error.problem


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ('<model xmlns="http://www.cellml.org/cellml/2.0#" name="m"/>', "<model>"),
        ('<sedML xmlns="http://sed-ml.org/sed-ml/level1/version4"/>', "<sedML>"),
        ('<sbml level="3" version="1"><model/></sbml>', "<sbml>"),
        ('<sbml xmlns="http://www.sbml.org/sbml/level9/version1/core"/>', "Level 9"),
        ('<sbml xmlns="http://example.org"><model/></sbml>', "<sbml>"),
        ("<html><body>Not found</body></html>", "web page"),
        ("<!DOCTYPE html>\n<html lang='en'><br></html>", "web page"),
        ("model m; S -> ; k*S; k = 1; end", "is not XML"),
        ('{"model": 1}', "is not XML"),
    ],
)
def test_what_is_not_sbml_is_refused_by_name(tmp_path: Path, content: str, word: str) -> None:
    assert word in refusal(written(tmp_path, content)).problem


def test_level_1_is_refused_with_a_way_out(tmp_path: Path) -> None:
    text = '<sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="2"><model/></sbml>'
    error = refusal(written(tmp_path, text))
    assert "Level 1" in error.problem
    assert "Level 3" in error.remedy


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
DOCTYPES = {
    "external entity": '<!DOCTYPE sbml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "billion laughs": f'<!DOCTYPE sbml [<!ENTITY l0 "ha">{LAUGHS}]>',
    "external definition": '<!DOCTYPE sbml SYSTEM "http://127.0.0.1:9/x.dtd">',
    "parameter entity": '<!DOCTYPE sbml [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
    "plain": "<!DOCTYPE sbml>",
}


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES.keys())
def test_a_document_type_is_refused_before_parsing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doctype: str
) -> None:
    monkeypatch.setattr(libsbml, "readSBMLFromString", lambda _: pytest.fail("reached libsbml"))
    text = f'<?xml version="1.0"?>{doctype}{SBML}<model id="m" name="&x;"/></sbml>'
    assert "document type or entities" in refusal(written(tmp_path, text)).problem


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-7", "cp037"])
def test_no_encoding_hides_a_document_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(libsbml, "readSBMLFromString", lambda _: pytest.fail("reached libsbml"))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE sbml>{SBML}<model/></sbml>'
    content = text.encode(encoding)
    if encoding == "utf-7":  # the attack: ASCII bytes that only the declaration makes a DOCTYPE
        head, rest = text.split("<!DOCTYPE")
        content = head.encode() + b"+ADwAIQ-DOCTYPE" + rest.encode()
    refusal(written(tmp_path, content))


def test_text_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    text = xml(tiny()).replace("neutrophil blood", "Zellen pro µL")
    error = refusal(written(tmp_path, text.encode("latin-1")))
    assert "not UTF-8" in error.problem
    assert "line" in error.problem


def test_a_declared_foreign_encoding_is_refused(tmp_path: Path) -> None:
    text = xml(tiny()).replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    assert "ISO-8859-1" in refusal(written(tmp_path, text)).problem


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (bytes(range(256)) * 10, "binary"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "binary"),
        (gzip.compress(b"<sbml/>", mtime=0), "gzip"),
        (b"PK\x03\x04" + bytes(100), "zip"),
        (b"BZh91AY&SY", "bzip2"),
    ],
)
def test_binary_and_compressed_files_are_refused(tmp_path: Path, content: bytes, word: str) -> None:
    assert word in refusal(written(tmp_path, content)).problem


@pytest.mark.parametrize("package", ["comp", "multi", "arrays", "spatial", "qual", "unheard_of"])
@pytest.mark.parametrize("prefix", ["same", "z"])
def test_packages_that_change_the_model_are_refused(
    tmp_path: Path, package: str, prefix: str
) -> None:
    name = package if prefix == "same" else prefix
    uri = f"http://www.sbml.org/sbml/level3/version1/{package}/version1"
    text = SBML.replace(">", f' xmlns:{name}="{uri}" {name}:required="true">')
    error = refusal(written(tmp_path, f"{text}<model/></sbml>"))
    assert package in error.problem
    assert "Flatten it first" in error.remedy


def test_submodels_declared_late_are_refused(tmp_path: Path) -> None:
    uri = "http://www.sbml.org/sbml/level3/version1/comp/version1"
    text = f'{SBML}<model><c:listOfSubmodels xmlns:c="{uri}"/></model></sbml>'
    assert "submodels" in refusal(written(tmp_path, text)).problem


@pytest.mark.parametrize("package", ["layout", "groups"])
def test_packages_that_only_decorate_are_read(tmp_path: Path, package: str) -> None:
    uri = f"http://www.sbml.org/sbml/level3/version1/{package}/version1"
    text = SBML.replace(">", f' xmlns:{package}="{uri}" {package}:required="false">')
    assert read_sbml(written(tmp_path, f"{text}<model/></sbml>")).getModel() is not None


def test_deep_nesting_is_refused_instead_of_crashing_libsbml(tmp_path: Path) -> None:
    depth = 100_000
    math = "<apply><minus/>" * depth + "<ci>a</ci>" + "</apply>" * depth
    notes = "<div>" * depth + "</div>" * depth
    for body in (
        f'<notes><body xmlns="http://www.w3.org/1999/xhtml">{notes}</body></notes>',
        '<listOfParameters><parameter id="a" constant="false"/></listOfParameters><listOfRules>'
        f'<assignmentRule variable="a"><math xmlns="{MATHML}">{math}</math></assignmentRule>'
        "</listOfRules>",
    ):
        error = refusal(written(tmp_path, f"{SBML}<model>{body}</model></sbml>"))
        assert f"more than {MAX_DEPTH} deep" in error.problem


def test_a_formula_near_the_depth_limit_is_checked_without_recursion(tmp_path: Path) -> None:
    document = tiny()
    node = formula("neutrophil__blood / blood * 1e-6 litre_per_microlitre")
    for _ in range(MAX_DEPTH - 20):
        parent = libsbml.ASTNode(libsbml.AST_FUNCTION_ABS)
        parent.addChild(node)
        node = parent
    document.getModel().getRuleByVariable("neutrophil_blood").setMath(node)
    assert check(save(document, tmp_path)).clean


def test_functions_that_call_themselves_are_refused(tmp_path: Path) -> None:
    document = tiny()
    add_function(document, "f", "lambda(x, g(x))")
    add_function(document, "g", "lambda(x, f(x))")
    assert "by itself" in refusal(save(document, tmp_path)).problem


def test_functions_that_double_sixty_times_are_refused_at_once(tmp_path: Path) -> None:
    document = tiny()
    add_function(document, "f0", "lambda(x, x + x)")
    for i in range(1, 60):
        add_function(document, f"f{i}", f"lambda(x, f{i - 1}(x) + f{i - 1}(x))")
    start = time.perf_counter()
    assert "expands to more than" in refusal(save(document, tmp_path)).problem
    assert time.perf_counter() - start < 2


def test_a_document_without_a_model_is_refused(tmp_path: Path) -> None:
    refusal(written(tmp_path, f"{SBML}</sbml>"))


def test_an_impossible_version_is_refused(tmp_path: Path) -> None:
    text = f'<sbml xmlns="{CORE}" level="3" version="7"><model/></sbml>'
    with pytest.raises(SbmlError, match="not valid SBML"):
        read_sbml(written(tmp_path, text))


@pytest.mark.parametrize(
    "damage",
    [
        ('hasOnlySubstanceUnits="true"', ""),
        ('value="10000000"', 'value="many"'),
        ('id="blood"', 'id="1 blood"'),
        ("<listOfSpecies>", "<listOfWonders/><listOfSpecies>"),
    ],
)
def test_a_schema_error_is_refused_by_reading_and_listed_by_check(
    tmp_path: Path, damage: tuple[str, str]
) -> None:
    path = written(tmp_path, xml(tiny()).replace(*damage))
    with pytest.raises(SbmlError, match="not valid SBML") as caught:
        read_sbml(path)
    assert caught.value.remedy
    assert check(path).counts["errors"] >= 1


CRASHES = {
    "an unknown operator": (r"<plus/>", "<wonder/>"),
    "an empty lambda": (r"<ci> drug_dose </ci>", "<lambda> drug_dose </lambda>"),
    "a kinetic law without formula": (r"<kineticLaw>.*?</kineticLaw>", "<kineticLaw/>"),
    "an argument that is none": (r"<bvar>(\s*<ci> x </ci>\s*)</bvar>", r"<infinity>\1</infinity>"),
}


@pytest.mark.parametrize(("part", "damage"), CRASHES.values(), ids=CRASHES.keys())
def test_a_formula_that_crashes_the_validator_of_libsbml_is_reported(
    tmp_path: Path, part: str, damage: str
) -> None:
    document = tiny(3, 2)
    add_function(document, "hill", "lambda(x, k, n, x^n / (k^n + x^n))")
    text, count = re.subn(part, damage, xml(document), flags=re.DOTALL)
    assert count
    script = "import sys; from immacro.check import check; print(check(sys.argv[1]).clean)"
    done = subprocess.run(
        [sys.executable, "-c", script, str(written(tmp_path, text))],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "False"


def test_random_damage_gives_a_refusal_or_a_report_and_never_a_crash(tmp_path: Path) -> None:
    """In a process of its own, since what is feared is a crash of compiled code."""
    path = save(tiny(), tmp_path)
    script = """
import random, sys
from pathlib import Path
from immacro.check import check
from immacro.errors import SbmlError
path = Path(sys.argv[1])
good, dice, seen = path.read_bytes(), random.Random(1), set()
for _ in range(150):
    bad = bytearray(good)
    for _ in range(dice.choice([1, 1, 2, 5])):
        start = dice.randrange(len(bad))
        bad[start:start + dice.choice([0, 1, 1, 8, 200])] = dice.choice(
            [b"", b"<", b'"', b"0", b"&lt;", b"\\xff", bytes(good[start // 2:start // 2 + 40])])
    path.write_bytes(bytes(bad))
    try:
        check(path)
        seen.add("report")
    except SbmlError:
        seen.add("refusal")
print(sorted(seen))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "['refusal', 'report']"
