"""The package as its users get it: what it carries, what it imports, and the checks of tools/."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Final

import pytest

import hygiene
import terms

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = ROOT / "src" / "risk_kit"

CORE: Final = {
    *("errors", "forms", "model", "domain", "condition", "reasons", "check", "digest"),
    *("layers", "rewrite", "polarity", "overlay", "difference", "assess", "whatif", "wire"),
    *("response", "distance", "item_levels"),
    *(path.stem for path in PACKAGE.glob("compile*.py")),
    *(path.stem for path in PACKAGE.glob("planes*.py")),
}

# Each outside library has one room: a family of modules whose names begin with the same word.
READING: Final = {"load", "yamlread", "schema"}
DRAWING: Final = {"pdf", "fonts"}
SIGNING: Final = {"sign", "identity"}
STORING: Final = {"store", "data"}  # data holds the migrations
ROOMS: Final = {
    "PIL": {"picture", "preview"},
    "alembic": STORING,
    "altair": {"web"},
    "asn1crypto": SIGNING,
    "babel": {"translations"},
    "click": {"cli"},
    "cryptography": SIGNING,
    "fontTools": DRAWING,
    "jinja2": {"html"},
    "jsonschema": READING,
    "lark": {"importers"},
    "odfdo": {"odf"},
    "pikepdf": DRAWING,
    "pkcs11": SIGNING,
    "pyhanko": SIGNING,
    "pyhanko_certvalidator": SIGNING,
    "pypdfium2": {"preview"},
    "reportlab": DRAWING,
    "sqlalchemy": STORING,
    "streamlit": {"web"},
    "yaml": READING,
    "z3": {"prove"},
}


def imports(path: Path) -> set[str]:
    """Full names of the modules that a source file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "risk_kit":
            found |= {f"risk_kit.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write imports in full"
            found.add(node.module or "")
    return found


def python(*arguments: str, cwd: Path = ROOT, **environment: str) -> str:
    """What this interpreter prints for the arguments."""
    return run(sys.executable, *arguments, cwd=cwd, **environment)


def run(*command: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


# ------------------------------------------------------------------ imports


def test_importing_the_package_brings_in_no_third_party_module() -> None:
    code = (
        "import sys; before = set(sys.modules); import risk_kit;"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(new - set(sys.stdlib_module_names) - {'risk_kit'}))"
    )
    assert python("-c", code, PYTHONPATH=str(PACKAGE.parent)).strip() == "[]"


@pytest.mark.parametrize(
    "name", [name for name in sorted(CORE) if (PACKAGE / f"{name}.py").exists()]
)
def test_the_core_imports_itself_and_the_standard_library_only(name: str) -> None:
    found = imports(PACKAGE / f"{name}.py")
    outside = {one for one in found if one.partition(".")[0] not in sys.stdlib_module_names}
    assert outside - {f"risk_kit.{one}" for one in CORE} - {"risk_kit"} == set()


def test_each_outside_library_is_imported_in_its_room_only() -> None:
    strays = [
        f"{path.relative_to(PACKAGE)} imports {library}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for library in sorted({name.partition(".")[0] for name in imports(path)})
        if library not in sys.stdlib_module_names and library != "risk_kit"
        if room_of(path) not in ROOMS.get(library, set())
    ]
    assert strays == []


def test_reports_are_built_in_one_place_so_that_their_pages_are_alike() -> None:
    """Elsewhere a report may be built only to be shown on the screen, without its place."""
    builds = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "report.build"
    }
    assert {one for one in builds if not one.startswith("web/")} == {"rendering.py"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py").partition("_")[0]


def test_every_library_of_the_rooms_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    listed = [*project["dependencies"], *extras["prove"], *extras["hsm"]]
    declared = {re.split(r"[<>=\[]", one)[0].lower() for one in listed}
    names = {"PIL": "pillow", "yaml": "pyyaml", "z3": "z3-solver", "pkcs11": "python-pkcs11"}
    carried = {"asn1crypto", "pyhanko_certvalidator"}  # pyHanko's own parts, at its version
    assert {names.get(one, one.lower()) for one in ROOMS.keys() - carried} == declared


# ------------------------------------------------------------------ wheel and sdist


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that is built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    python("-m", "build", "--no-isolation", "--outdir", str(folder), ".")
    return folder


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`bin/` of a fresh environment that holds the wheel; libraries are those of this one."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    python("-m", "venv", str(folder))
    binaries = folder / ("Scripts" if os.name == "nt" else "bin")
    fresh = str(binaries / "python")
    wheel = str(next(dist.glob("*.whl")))
    run(fresh, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=dist)
    purelib = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(fresh, "-c", purelib, cwd=dist).strip())
    # The .pth files of a folder that a .pth file names are not read: no editable install leaks in.
    here = sysconfig.get_path("purelib")
    (site / "libraries.pth").write_text(f"{here}\n", encoding="utf-8")
    return binaries


def test_the_wheel_carries_law_questions_fonts_and_licences(dist: Path) -> None:
    names = set(zipfile.ZipFile(next(dist.glob("*.whl"))).namelist())
    wanted = {
        f"risk_kit/data/{path.relative_to(ROOT).as_posix()}"
        for folder in ("frameworks", "questionnaires")
        for path in (ROOT / folder).rglob("*.yaml")
    } | {
        f"risk_kit/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - names == set()
    assert any(name.startswith("risk_kit/data/frameworks/tw-ai-risk/") for name in names)
    assert any(name.startswith("risk_kit/data/questionnaires/") for name in names)
    assert {"risk_kit/py.typed", "risk_kit/data/fonts/OFL.txt"} <= names
    assert any(name.endswith(".ttf") for name in names)
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_wheel_carries_nothing_else(dist: Path) -> None:
    names = zipfile.ZipFile(next(dist.glob("*.whl"))).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"risk_kit"}


def test_the_sdist_carries_what_a_developer_needs(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = "LICENSE Makefile README.md app.py requirements/dev.txt tools/terms.py tools/venv"
    assert {*wanted.split(), "tests/conftest.py"} - names == set()


def test_the_installed_wheel_works_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    where = "import risk_kit; print(risk_kit.__file__)"
    home = run(str(installed / "python"), "-c", where, cwd=tmp_path, PYTHONPATH="").strip()
    assert Path(home).is_relative_to(installed.parent)
    program = str(installed / "risk-kit")
    run(program, "check", "tw-ai-risk", cwd=tmp_path, PYTHONPATH="")
    told = run(program, "test", "tw-ai-risk", "--format", "json", cwd=tmp_path, PYTHONPATH="")
    result = json.loads(told)
    assert result["passed"] == result["cases"] > 0


def test_the_installed_wheel_makes_a_store_of_cases(installed: Path, tmp_path: Path) -> None:
    code = "from risk_kit.store import open_store; print(open_store('a.db').cases().total)"
    assert run(str(installed / "python"), "-c", code, cwd=tmp_path, PYTHONPATH="").strip() == "0"


def test_the_version_is_said_once_and_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = "import risk_kit; print(risk_kit.__version__)"
    said = python("-c", code, PYTHONPATH=str(PACKAGE.parent)).strip()
    assert said == project["version"]


# ------------------------------------------------------------------ requirements


@pytest.mark.parametrize("name", ["app.txt", "dev.txt"])
def test_pins_have_hashes_and_name_no_host_and_no_place(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=sha256:", ""), re.MULTILINE)
    pins = re.findall(r"^[\w.-]+==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[A-Za-z]", text, re.MULTILINE)) > 0


def test_the_app_and_the_tests_use_the_same_versions() -> None:
    app, dev = pins_of("app.txt"), pins_of("dev.txt")
    assert app.items() - dev.items() == set()
    assert {"hatchling", "editables", "pip", "streamlit"} <= app.keys()


def pins_of(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


# ------------------------------------------------------------------ tools/terms.py

TERMS: Final = terms.read_terms(terms.LIST.read_text(encoding="utf-8"))


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.refused)
def test_each_refused_word_is_found_once_and_its_cure_is_not(term: terms.Term) -> None:
    assert terms.complaints("a.md", f"按{term.refused}。", TERMS) == [
        f"a.md:1:2: 「{term.refused}」請改用「{term.wanted}」"
    ]
    assert term.positions(" ".join((term.wanted, *term.innocent))) == []


def test_a_simplified_character_is_found() -> None:
    simplified = "\u8f6f"
    assert terms.complaints("a.md", f"x\n{simplified}體", TERMS) == [
        f"a.md:2:1: 「{simplified}」是簡體字"
    ]
    assert terms.complaints("a.md", "堃喆煊峯龘𨭎𠮷", TERMS) == []


def test_a_line_may_be_excused() -> None:
    assert terms.complaints("a.md", f"{TERMS[0].refused} # {terms.EXCUSE}", TERMS) == []


def test_a_broken_list_is_refused() -> None:
    with pytest.raises(ValueError, match="not `refused"):
        terms.read_terms("甲")


def test_terms_ends_with_1_for_a_bad_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.md"
    bad.write_text(TERMS[0].refused, encoding="utf-8")
    assert terms.main([str(bad)]) == 1
    assert f"{bad}:1:1" in capsys.readouterr().out
    assert terms.main([str(ROOT / "tools" / "terms.py"), str(terms.LIST)]) == 0


# ------------------------------------------------------------------ tools/hygiene.py


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("index = https://" + "pypi" + ".org/simple", "a package registry: pypi" + ".org"),
        ("files." + "pythonhosted" + ".org", "registry: pythonhosted" + ".org"),
        ('open("' + "/" + 'work/main/x")', "path of one machine: /" + "work"),
        ("see " + "/" + "root.", "path of one machine: /" + "root"),
        ("cd " + "/" + "home/wang/x", "path of one machine: /" + "home/wang"),
        ("-----BEGIN EC " + "PRIVATE KEY-----", "a private key"),
    ],
)
def test_hygiene_refuses(line: str, fault: str) -> None:
    (complaint,) = hygiene.complaints(ROOT / "docs" / "x.md", f"\n{line}\n")
    assert complaint.startswith("docs/x.md:2: ")
    assert fault in complaint


@pytest.mark.parametrize(
    "line",
    [
        "a framework/work",
        "https://example.tw/{}/1".format("work"),
        "~/root",
        "/workflow",
        "and/or",
        "pypi",
    ],
)
def test_hygiene_lets_ordinary_text_be(line: str) -> None:
    assert hygiene.complaints(ROOT / "docs" / "x.md", line) == []


def test_a_throw_away_key_of_the_tests_is_no_secret() -> None:
    line = "-----BEGIN " + "PRIVATE KEY-----"
    assert hygiene.complaints(ROOT / "tests" / "pki" / "a.pem", line) == []


def test_modules_may_not_grow_too_long() -> None:
    assert hygiene.length_complaints({"a.py": 450, "b.py": 10, "c.py": 20}) == []
    assert len(hygiene.length_complaints({"a.py": 451, "b.py": 10, "c.py": 20})) == 1
    assert len(hygiene.length_complaints({"a.py": 201, "b.py": 201, "c.py": 20})) == 1


def test_hygiene_ends_with_1_for_a_bad_file(tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    bad.write_text("/" + "root/x", encoding="utf-8")
    assert hygiene.main([str(bad)]) == 1
    assert hygiene.main([str(ROOT / "LICENSE")]) == 0


# ------------------------------------------------------------------ conftest.py


@pytest.mark.parametrize(("everything", "word"), [("0", "1 skipped"), ("1", "1 failed")])
def test_a_missing_program_skips_or_fails(everything: str, word: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    asks = "def test_it(require_program):\n    require_program('qpdf')\n"
    (tmp_path / "test_it.py").write_text(asks, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "."],
        cwd=tmp_path,
        env=os.environ | {"PATH": str(tmp_path), "RISK_KIT_REQUIRE_ALL": everything},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert word in done.stdout
    assert "sudo apt install qpdf" in done.stdout


def test_tests_live_in_a_home_of_their_own(home: Path) -> None:
    assert Path.home() == home
    assert Path(os.environ["RISK_KIT_HOME"]).is_relative_to(home)
