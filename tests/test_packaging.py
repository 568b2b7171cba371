"""The wheel: exactly the three folders, and it works where there is no Perl, PySB or tellurium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
#: Folder in the checkout -> folder in the wheel.
FOLDERS = {
    "src/immacro": "immacro",
    "models": "immacro/models",
    "sbml": "immacro/sbml",
}
_IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info", ".*")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "packaging"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def wheel(shared: Path) -> Path:
    """A wheel of a clean copy: a `build` folder in the checkout would leak into it."""
    with FileLock(shared / "wheel.lock"):
        if not list(shared.glob("*.whl")):
            source = shared / "source"
            for folder in ("src", "models", "sbml", "tests"):
                shutil.copytree(ROOT / folder, source / folder, ignore=_IGNORED)
            for name in ("pyproject.toml", "README.md", "LICENSE"):
                shutil.copy(ROOT / name, source / name)
            run([sys.executable, "-m", "build", "--wheel", "--outdir", shared, source])
    (path,) = shared.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def installed(wheel: Path, shared: Path) -> Callable[..., str]:
    """The wheel in an environment of its own, without extras; call it to run a command there."""
    python, empty = shared / "venv" / "bin" / "python", shared / "empty"
    with FileLock(shared / "venv.lock"):
        if not empty.exists():
            run([sys.executable, "-m", "venv", shared / "venv"])
            run([python, "-m", "pip", "install", "-q", wheel])
            empty.mkdir()

    def call(program: str, *words: object) -> str:
        environment = {"PATH": str(empty), "HOME": str(empty), "LANG": "C.UTF-8"}
        return run([python.with_name(program), *words], env=environment, cwd=shared)

    return call


def run(words: list[object], **options: object) -> str:
    options.setdefault("env", {k: v for k, v in os.environ.items() if k != "PYTHONPATH"})
    done = subprocess.run(
        list(map(str, words)), capture_output=True, encoding="utf-8", check=False, **options
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def shipped() -> dict[str, Path]:
    """Return name in the wheel -> file in the checkout of all that should ship."""
    files = {}
    for folder, inside in FOLDERS.items():
        for path in (ROOT / folder).rglob("*"):
            hidden = any(part.startswith((".", "__pycache__")) for part in path.parts)
            if path.is_file() and not hidden:
                files[f"{inside}/{path.relative_to(ROOT / folder)}"] = path
    return files


def test_pyproject_lists_every_folder_of_code_and_no_other():
    found = set()
    for folder, inside in FOLDERS.items():
        for path in (ROOT / folder).rglob("__init__.py"):
            part = path.parent.relative_to(ROOT / folder)
            found.add(".".join([*inside.split("/"), *part.parts]))
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found


@pytest.mark.slow
class TestWheel:
    def test_it_contains_every_file_of_the_folders_and_nothing_else(self, wheel):
        with zipfile.ZipFile(wheel) as archive:
            inside = {n for n in archive.namelist() if ".dist-info/" not in n}
        assert inside == set(shipped())

    def test_its_sbml_is_byte_for_byte_that_of_the_checkout(self, wheel):
        with zipfile.ZipFile(wheel) as archive:
            for name, path in shipped().items():
                if name.endswith((".xml", ".net", ".csv")):
                    assert archive.read(name) == path.read_bytes()

    def test_it_carries_licence_and_readme_and_needs_no_build_tool(self, wheel):
        with zipfile.ZipFile(wheel) as archive:
            (metadata,) = (n for n in archive.namelist() if n.endswith("METADATA"))
            text = archive.read(metadata).decode("utf-8")
            assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
        needed = [line for line in text.splitlines() if line.startswith("Requires-Dist:")]
        plain = [line for line in needed if "extra ==" not in line]
        assert plain
        assert not re.search(r"pysb|bionetgen|sympy|tellurium|copasi|dask", " ".join(plain), re.I)
        assert "# immacro" in text


@pytest.mark.slow
class TestCleanEnvironment:
    def test_it_has_no_build_tool_and_no_perl(self, installed):
        code = (
            "import importlib.util as u, shutil; "
            "print([n for n in ('pysb', 'bionetgen', 'tellurium') if u.find_spec(n)], "
            "shutil.which('perl'))"
        )
        assert installed("python", "-c", code) == "[] None\n"

    def test_models_are_listed(self, installed):
        assert re.search(r"gcsf_irf8 +mouse, human", installed("immacro", "models"))

    def test_a_model_is_simulated_and_drawn(self, installed, tmp_path):
        out = installed(
            "immacro", "simulate", "gcsf_irf8", "--days", 5, "--plot", tmp_path / "a.png"
        )
        assert "cdc1_blood" in out
        assert (tmp_path / "a.png").stat().st_size > 10_000

    def test_a_model_is_exported_to_antimony(self, installed, tmp_path):
        path = tmp_path / "model.ant"
        installed("immacro", "export", "gcsf_irf8", "--to", "antimony", "--out", path)
        assert "model *gcsf_irf8_mouse" in path.read_text("utf-8")

    def test_all_files_are_checked_clean(self, installed):
        assert "gcsf_irf8.xml" in installed("immacro", "check")

    def test_without_tellurium_the_error_says_what_to_install(self, installed):
        code = (
            "import immacro\n"
            "try: immacro.load('gcsf_irf8').tellurium()\n"
            "except immacro.errors.ImmacroError as error: print(error)"
        )
        assert "pip install 'immacro[notebook]'" in installed("python", "-c", code)

    def test_every_module_but_the_builder_is_importable(self, installed):
        code = (
            "import importlib, pkgutil, immacro\n"
            "walk = pkgutil.walk_packages(immacro.__path__, 'immacro.', onerror=str)\n"
            "for name in (module.name for module in walk):\n"
            "    if not name.startswith(('immacro.build', 'immacro.models.')):\n"
            "        importlib.import_module(name)\n"
            "import immacro.models.gcsf_irf8\n"
            "print('all')"
        )
        assert installed("python", "-c", code) == "all\n"
