"""What every test may use: system programs by name, and a home folder that is nobody's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

REQUIRE_ALL: Final = os.environ.get("RISK_KIT_REQUIRE_ALL") == "1"

# What a test may ask for → the Debian package that brings it.
PROGRAMS: Final = {
    "certutil": "libnss3-tools",
    "chromium": "chromium",
    "initdb": "postgresql",
    "openssl": "openssl",
    "pdfsig": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pk12util": "libnss3-tools",
    "qpdf": "qpdf",
    "soffice": "libreoffice-writer-nogui",
    "softhsm2-util": "softhsm2",
    "TW-Sung-Ext-B": "fonts-cns11643-sung",
}
# Fonts are no programs: they are there when a file of this pattern is.
FONTS: Final = {"TW-Sung-Ext-B": "TW-Sung-Ext-B*.ttf"}
FONT_FOLDERS: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
)

settings.register_profile("local", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def find_program(name: str) -> Path | None:
    """Where the program or font is, or None."""
    if name in FONTS:
        found = (one for folder in FONT_FOLDERS for one in sorted(folder.rglob(FONTS[name])))
        return next(found, None)
    where = shutil.which(name)
    if where is None and name == "initdb":  # Debian keeps the server's programs off PATH
        return next(iter(sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    return Path(where) if where else None


def need_program(name: str) -> Path:
    """The program or font, else a skip that says what to install; the name is in PROGRAMS."""
    package = PROGRAMS[name]
    found = find_program(name)
    if found is None:
        pytest.skip(f"{name} is not here; on Debian: sudo apt install {package}")
    return found


@pytest.fixture(scope="session")
def require_program() -> Callable[[str], Path]:
    """`require_program("qpdf")` gives the program's path, or skips the test."""
    return need_program


class ByFile(LoadScopeScheduling):
    """A file of tests stays with one worker; the browser is all with one, so that it has a core."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "browser" if "/browser/" in file else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """How tests are dealt out where there are several workers."""
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is required, a skip for any reason is a failure that gives that reason."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, with RISK_KIT_REQUIRE_ALL=1: {_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that skips itself."""
    report = yield
    if REQUIRE_ALL and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, with RISK_KIT_REQUIRE_ALL=1: {_reason(report)}"
    return report


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    where = report.longrepr
    return where[2] if isinstance(where, tuple) else str(where)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of this run, so that no test reads or writes the keys of whoever runs it."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.setenv("USERPROFILE", str(folder))
        patch.setenv("RISK_KIT_HOME", str(folder / "risk_kit"))
        patch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
        patch.setenv("XDG_DATA_HOME", str(folder / ".local/share"))
        patch.setenv("XDG_STATE_HOME", str(folder / ".local/state"))
        patch.setenv("XDG_CACHE_HOME", str(folder / ".cache"))
        yield folder
