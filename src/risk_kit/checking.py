"""`risk-kit check`: which kind each file is, and every problem in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from risk_kit import answers, cases, catalogue, load
from risk_kit.check import question_faults
from risk_kit.errors import BadInput, Problem, RiskKitError
from risk_kit.yamlread import Document, read_file

UNREADABLE: Final = frozenset(
    {"no_file", "cannot_read", "too_large", "not_utf8", "unknown_pack_file"}
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
        path = catalogue.folder_of(name)
    if path.is_dir():
        yield from sorted(p for p in path.rglob("*") if p.suffix in (".yaml", ".yml"))
    else:
        yield path


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
        form = str(entry.get("format", ""))
        if "expect" in entry:
            return _cases
        if form.startswith("risk-kit/questionnaire/") or "sections" in entry:
            return _questionnaire
        if form.startswith("risk-kit/framework/") or "scales" in entry:
            return _framework
        if "answers" in entry:
            return _answers
    raise BadInput(document.problem("unknown_pack_file"))


def _questionnaire(_: Path, document: Document) -> None:
    catalogue.refuse(document, question_faults(load.questionnaire(document)))


def _framework(path: Path, _: Document) -> None:
    catalogue.pack(str(path.parent))


def _cases(path: Path, _: Document) -> None:
    cases.read(path, catalogue.pack(str(path.parent.parent)), _ANY_DAY)


def _answers(path: Path, document: Document) -> None:
    file = answers.from_document(document)
    near = path.parent.parent
    ident = file.framework.partition("@")[0]
    inside = (near / "framework.yaml").is_file() and near.name == ident
    answers.bind(file, catalogue.pack(str(near) if inside else file.framework, file.overlays))
