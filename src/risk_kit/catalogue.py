"""Where packs are: shipped ones by id, others by folder. Reads, checks and resolves them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from risk_kit import load
from risk_kit.check import Fault, faults, question_faults
from risk_kit.errors import BadInput, NotAvailable, Problem
from risk_kit.model import Pack
from risk_kit.overlay import resolve
from risk_kit.yamlread import Document, read_file


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders that hold frameworks and questionnaires."""

    frameworks: Path
    questionnaires: Path


def shelf() -> Shelf:
    """The wheel's package data when installed, else the checkout."""
    inside = Path(str(files("risk_kit"))) / "data"
    if (inside / "frameworks").is_dir():
        return Shelf(inside / "frameworks", inside / "questionnaires")
    top = Path(__file__).resolve().parents[2]
    return Shelf(top / "frameworks", top / "questionnaires")


def shipped() -> tuple[str, ...]:
    """Ids of the frameworks that came with this copy."""
    folder = shelf().frameworks
    return tuple(sorted(p.parent.name for p in folder.glob("*/framework.yaml")))


def folder_of(name: str) -> Path:
    """The folder of a PACK argument: `ID`, `ID@VERSION` or a folder. Raises NotAvailable."""
    path = Path(name)
    if (path / "framework.yaml").is_file():
        return path
    ident = name.partition("@")[0]
    if ident not in shipped():
        raise NotAvailable(Problem("no_framework", {"id": name, "offered": shipped()}))
    return shelf().frameworks / ident


def pack(name: str, overlays: tuple[str, ...] = ()) -> Pack:
    """The resolved pack of a PACK argument.

    Raises NotAvailable (no such framework, version or overlay here) and BadInput (its files).
    """
    found = _read(folder_of(name))
    version = name.partition("@")[2]
    if version and not Path(name).is_dir() and version != found.framework.version:
        facts = {"id": name, "offered": [f"{found.framework.id}@{found.framework.version}"]}
        raise NotAvailable(Problem("no_version", facts))
    for overlay in overlays:
        raise NotAvailable(Problem("no_overlay", {"id": overlay, "framework": name}))
    return found


def _read(folder: Path) -> Pack:
    document = _document(folder / "framework.yaml", _stamp(folder / "framework.yaml"))
    questions = _questions_path(folder, document)
    return _resolved(document.file, _stamp(Path(document.file)), questions, _stamp(questions))


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=16)
def _document(path: Path, stamp: int) -> Document:  # noqa: ARG001 - the stamp keys the cache
    return read_file(path)


@lru_cache(maxsize=16)
def _resolved(framework: str, stamp: int, questions: Path, asked: int) -> Pack:  # noqa: ARG001
    document = read_file(questions)
    questionnaire = load.questionnaire(document)
    refuse(document, question_faults(questionnaire))
    document = _document(Path(framework), stamp)
    built = load.framework(document, questionnaire)
    refuse(document, faults(built, questionnaire))
    return resolve(built, questionnaire)


def _questions_path(folder: Path, document: Document) -> Path:
    """The questionnaire of a framework folder: beside it, or the shared one that it names."""
    beside = folder / "questionnaire.yaml"
    if beside.is_file():
        return beside
    value = document.value
    name = value.get("questionnaire") if isinstance(value, dict) else None
    file = f"{name}.yaml" if isinstance(name, str) and name.replace("-", "").isalnum() else "-"
    near = folder.resolve().parent.parent / "questionnaires" / file
    return near if near.is_file() else shelf().questionnaires / file


def refuse(document: Document, found: Iterable[Fault]) -> None:
    """Raise BadInput for faults, each placed in its document."""
    problems = [document.problem(one.code, one.path, **one.facts) for one in found]
    if problems:
        raise BadInput(*problems)
