"""Where packs are: shipped ones by id, others by folder. Reads, checks and resolves them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeAlias

from risk_kit import borrow, load, load_overlay, schema
from risk_kit.check import Fault, faults, question_faults
from risk_kit.errors import BadInput, NotAvailable, Problem
from risk_kit.model import Pack
from risk_kit.overlay import resolve
from risk_kit.yamlread import Document, read_file

KINDS: Final = ("frameworks", "questionnaires", "vocabularies", "mappings")
LENT: Final = "lenders"
Stamped: TypeAlias = tuple[tuple[Path, int], ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders that hold frameworks, questionnaires, vocabularies and mappings."""

    frameworks: Path
    questionnaires: Path
    vocabularies: Path
    mappings: Path


def shelf() -> Shelf:
    """The wheel's package data when installed, else the checkout."""
    inside = Path(str(files("risk_kit"))) / "data"
    top = inside if (inside / "frameworks").is_dir() else Path(__file__).resolve().parents[2]
    return Shelf(*(top / name for name in KINDS))


def shipped() -> tuple[str, ...]:
    """Ids of the frameworks that came with this copy."""
    folder = shelf().frameworks
    return tuple(sorted(p.parent.name for p in folder.glob("*/framework.yaml")))


def folder_of(name: str) -> Path:
    """The folder of a PACK argument: `ID`, `ID@VERSION` or a folder. Raises NotAvailable."""
    ident = name.partition("@")[0]
    if ident in shipped():  # first: a folder of that name, written ./ID, must be meant to be used
        return shelf().frameworks / ident
    if not (Path(name) / "framework.yaml").is_file():
        near = get_close_matches(ident, shipped(), 1)
        facts = {"id": name, "offered": shipped(), "near": near}
        raise NotAvailable(Problem("no_framework", facts))
    return Path(name)


def pack(name: str, overlays: tuple[str, ...] = ()) -> Pack:
    """The resolved pack of a PACK argument with overlays, named by id.

    Raises NotAvailable (no such framework, version or overlay here) and BadInput (its files).
    """
    folder = folder_of(name)
    framework, questions, lent = _files(folder)
    layers = [_overlay_path(folder, one) for one in sorted(set(overlays))]
    files = (framework, questions, *layers)
    found = _resolved(_stamped(files), _stamped(lent.values()))
    version = name.partition("@")[2]
    if version and folder.parent == shelf().frameworks and version != found.framework.version:
        facts = {"id": name, "offered": [f"{found.framework.id}@{found.framework.version}"]}
        raise NotAvailable(Problem("no_version", facts))
    return found


def sources(name: str, overlays: tuple[str, ...] = ()) -> dict[str, Path]:
    """The files behind a PACK argument with overlays, by their path inside a framework folder."""
    pack(name, overlays)
    folder = folder_of(name)
    framework, questions, lent = _files(folder)
    laid = {f"overlays/{one}.yaml": _overlay_path(folder, one) for one in sorted(set(overlays))}
    lending = {f"{LENT}/{one}.yaml": path for one, path in lent.items()}
    return {"framework.yaml": framework, "questionnaire.yaml": questions, **laid, **lending}


def questions_document(path: Path) -> Document:
    """A questionnaire file with the questions it borrows written out. Raises BadInput."""
    lent = _lenders(path)
    return _asked(path, _stamped(lent.values()))


def overlays_of(folder: Path) -> tuple[str, ...]:
    """Ids of the overlays of a framework folder."""
    return tuple(sorted(path.stem for path in (folder / "overlays").glob("*.yaml")))


def asked_beside(framework: str) -> frozenset[str]:
    """Ids of the questions that shipped frameworks and overlays ask, but not that framework's."""
    asked = {name: _asked_by(shelf().frameworks / name) for name in shipped()}
    own = asked.pop(framework, frozenset())
    return frozenset().union(*asked.values()) - own


def asking(question: str) -> Pack | None:
    """The first shipped framework that asks a question, without overlays."""
    packs = (pack(name) for name in shipped())
    return next((one for one in packs if question in one.questions), None)


def _asked_by(folder: Path) -> frozenset[str]:
    _, questions, lent = _files(folder)
    documents = [_asked(questions, _stamped(lent.values()))]
    documents += [_document(path, _stamp(path)) for path in (folder / "overlays").glob("*.yaml")]
    return frozenset(ident for one in documents for ident in borrow.asked_in(one))


def _overlay_path(folder: Path, ident: str) -> Path:
    offered = overlays_of(folder)
    if ident not in offered:
        facts = {"id": ident, "framework": folder.name, "offered": offered}
        raise NotAvailable(Problem("no_overlay", facts))
    return folder / "overlays" / f"{ident}.yaml"


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=32)
def _document(path: Path, stamp: int) -> Document:  # noqa: ARG001 - the stamp keys the cache
    return read_file(path)


def _stamped(files: Iterable[Path]) -> Stamped:
    return tuple((file, _stamp(file)) for file in files)


def _files(folder: Path) -> tuple[Path, Path, Mapping[str, Path]]:
    """The framework, its questionnaire, and the questionnaires that lend questions to it, by id."""
    framework = folder / "framework.yaml"
    questions = _questions_path(folder, _document(framework, _stamp(framework)))
    return framework, questions, _lenders(questions)


def _lenders(questions: Path) -> Mapping[str, Path]:
    wanted = borrow.lenders(_document(questions, _stamp(questions)))
    found = {name: _lender(questions.parent, name) for name in wanted}
    return {name: path for name, path in found.items() if path is not None}


def _lender(folder: Path, name: str) -> Path | None:
    """A questionnaire by id: beside the borrower, carried along with it, or a shipped one."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]*", name):
        return None
    places = (folder, folder / LENT, shelf().questionnaires)
    return next((p for one in places if (p := one / f"{name}.yaml").is_file()), None)


def _asked(questions: Path, lent: Stamped) -> Document:
    lending = {path.stem: _document(path, stamp) for path, stamp in lent}
    return borrow.expand(_document(questions, _stamp(questions)), lending.get)


@lru_cache(maxsize=32)
def _resolved(files: Stamped, lent: Stamped) -> Pack:
    (framework, stamp), (questions, _), *layers = files
    asked, document = _asked(questions, lent), _document(framework, stamp)
    base, questionnaire = load.both(document, asked)
    refuse(asked, question_faults(questionnaire))
    refuse(document, faults(base, questionnaire))
    laid = [read_file(path) for path, _ in layers]
    overlays = [load_overlay.overlay(one, base, questionnaire) for one in laid]
    found = resolve(base, questionnaire, overlays)
    problems = [
        _placed(one, found, laid) for one in faults(found.framework, found.questionnaire) if laid
    ]
    if problems:
        raise BadInput(*problems)
    return found


def _placed(fault: Fault, found: Pack, laid: list[Document]) -> Problem:
    """A fault of base and overlays together, at the line of the overlay that carries it."""
    kind, number, *rest = (*fault.path, "", "")
    things = getattr(found.framework, str(kind), ())
    if isinstance(number, int) and number < len(things):
        ident = things[number].id
        for document in laid:
            raw = document.value
            for place, one in enumerate(raw.get(str(kind), [])):
                if one["id"] == ident:
                    path = (kind, place, *(part for part in rest if part != ""))
                    return document.problem(fault.code, path, **fault.facts)
            for place, one in enumerate(raw.get("changes", [])):
                if one["target"].split("/")[:2] == [kind, ident]:
                    return document.problem(fault.code, ("changes", place), **fault.facts)
    nowhere = Document(None, {}, ", ".join(document.file for document in laid))
    return nowhere.problem(fault.code, fault.path, **fault.facts)


def _questions_path(folder: Path, document: Document) -> Path:
    """The questionnaire of a framework folder: beside it, or the shared one that it names."""
    beside = folder / "questionnaire.yaml"
    if beside.is_file():
        return beside
    value = document.value
    name = value.get("questionnaire") if isinstance(value, dict) else None
    file = f"{name}.yaml" if isinstance(name, str) and "/" not in name and "\\" not in name else "-"
    near = folder.resolve().parent.parent / "questionnaires" / file
    found = near if near.is_file() else shelf().questionnaires / file
    if not found.is_file():
        schema.check(document, "framework")
        raise BadInput(document.problem("no_questionnaire", ("questionnaire",), id=name))
    return found


def refuse(document: Document, found: Iterable[Fault]) -> None:
    """Raise BadInput for faults, each placed in its document."""
    problems = [document.problem(one.code, one.path, **one.facts) for one in found]
    if problems:
        raise BadInput(*problems)
