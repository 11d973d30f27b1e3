"""`risk-kit check`: which kind each file is, and every problem in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from risk_kit import (
    accepted,
    answers,
    cases,
    casework,
    catalogue,
    crossing,
    load,
    mapping,
    released,
)
from risk_kit.check import question_faults
from risk_kit.errors import BadInput, Problem, RiskKitError
from risk_kit.model import Pack
from risk_kit.yamlread import Document, read_file

UNREADABLE: Final = frozenset(
    {
        "no_file",
        "not_a_file",
        "no_yaml",
        "cannot_read",
        "too_large",
        "not_utf8",
        "unknown_pack_file",
    }
)
_ANY_DAY: Final = date(2026, 7, 7)


@dataclass(frozen=True, slots=True)
class Checked:
    """Files looked at, and what is wrong with them."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def readable(self) -> bool:
        """Every file could be read at all."""
        return not any(problem.code in UNREADABLE for problem in self.problems)


def check(paths: tuple[str, ...]) -> Checked:
    """Check pack ids, folders and files; a file reached twice is checked once."""
    files: dict[str, None] = {}
    problems: dict[Problem_, Problem] = {}
    for name in paths:
        for path in _files(name):
            if str(path) in files:
                continue
            files[str(path)] = None
            for problem in _problems(path):
                problems.setdefault(_key(problem), problem)
    return Checked(tuple(files), tuple(problems.values()))


Problem_ = tuple[str, str | None, int | None, str | None, str]


def _key(problem: Problem) -> Problem_:
    return (
        problem.code,
        problem.file,
        problem.line,
        problem.path,
        str(sorted(problem.facts.items(), key=str)),
    )


def _files(name: str) -> Iterator[Path]:
    path = Path(name)
    if not path.exists() and name.partition("@")[0] in catalogue.shipped():
        catalogue.pack(name)  # raises NotAvailable for a version that is not here
        path = catalogue.folder_of(name)
    if not path.is_dir():
        yield path
        return
    found = sorted(p for p in path.rglob("*") if p.suffix in (".yaml", ".yml"))
    if not found:
        raise BadInput(Problem("no_yaml", file=name))
    yield from found


def _problems(path: Path) -> tuple[Problem, ...]:
    try:
        document = read_file(path)
        _kind(document)(path, document)
    except RiskKitError as error:
        return error.problems
    return ()


def _kind(document: Document) -> Callable[[Path, Document], object]:
    value = document.value
    entry = value[0] if isinstance(value, list) and value else value
    if isinstance(entry, dict):
        if "expect" in entry:
            return _cases
        named = str(entry.get("format", "")).split("/")
        if named[0] == "risk-kit" and len(named) > 1 and named[1] in _KINDS:
            return _KINDS[named[1]]
        for key, kind in _KEYS.items():
            if key in entry:
                return _KINDS[kind]
    raise BadInput(document.problem("unknown_pack_file"))


def _questionnaire(path: Path, document: Document) -> None:
    whole = catalogue.questions_document(path)
    catalogue.refuse(document, question_faults(load.questionnaire(whole)))


def _framework(path: Path, document: Document) -> None:
    if path.name != "framework.yaml":
        raise BadInput(document.problem("framework_name"))
    gone = released.dropped(_pack_in(path.parent), path.parent)
    if gone:
        raise BadInput(*gone)


def _cases(path: Path, document: Document) -> None:
    folder = path.parent.parent
    if not (folder / "framework.yaml").is_file():
        raise BadInput(document.problem("case_place"))
    cases.read(path, _pack_in(folder), _ANY_DAY, lambda overlays: _pack_in(folder, overlays))


def _overlay(path: Path, document: Document) -> None:
    folder = path.parent.parent
    if path.parent.name != "overlays" or not (folder / "framework.yaml").is_file():
        raise BadInput(document.problem("overlay_place"))
    _pack_in(folder, (path.stem,))


def _pack_in(folder: Path, overlays: tuple[str, ...] = ()) -> Pack:
    """The pack of a folder, also where a shipped pack has the folder's name."""
    return catalogue.pack(str(folder) if folder.is_absolute() else f"./{folder}", overlays)


def _answers(path: Path, document: Document) -> None:
    file = answers.from_document(document)
    near = path.parent.parent
    ident = file.framework.partition("@")[0]
    inside = (near / "framework.yaml").is_file() and near.name == ident
    if inside:
        answers.bind(file, _pack_in(near, file.overlays))
    else:
        casework.open_case(file)


def _accepted(_: Path, document: Document) -> None:
    accepted.from_document(document)


def _vocabulary(_: Path, document: Document) -> None:
    mapping.vocabulary(document)


def _mapping(_: Path, document: Document) -> None:
    crossing.mapping_set(document)


def _beside(path: Path, document: Document) -> None:
    """What an import leaves beside a pack: a list that belongs nowhere else."""
    if not (path.parent / "framework.yaml").is_file():
        raise BadInput(document.problem("unknown_pack_file"))


_KINDS: Final[Mapping[str, Callable[[Path, Document], None]]] = {
    "questionnaire": _questionnaire,
    "framework": _framework,
    "overlay": _overlay,
    "answers": _answers,
    "accepted": _accepted,
    "survey-map": _beside,
    "not-translated": _beside,
    "vocabulary": _vocabulary,
    "mapping": _mapping,
}
# What a file without a format is most likely meant to be, by a key that only this kind has.
_KEYS: Final = {
    "sections": "questionnaire",
    "scales": "framework",
    "answers": "answers",
    "accepted": "accepted",
}
