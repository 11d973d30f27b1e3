"""`accepted.yaml` of a framework folder: findings of `prove` that its author accepts, with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from risk_kit import schema
from risk_kit.errors import BadInput
from risk_kit.yamlread import Document, read_file

NAME = "accepted.yaml"
Subject = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One accepted finding: its check and id, and the reason in the author's words."""

    check: str
    id: str
    because: str


def of_folder(folder: Path) -> Mapping[Subject, Acceptance]:
    """What a framework folder accepts, by check and id; nothing when it has no such file."""
    path = folder / NAME
    return from_document(read_file(path)) if path.is_file() else {}


def from_document(document: Document) -> Mapping[Subject, Acceptance]:
    """The acceptances of a parsed file. Raises BadInput: shape, or one finding named twice."""
    schema.check(document, "accepted")
    found: dict[Subject, Acceptance] = {}
    problems = []
    for place, raw in enumerate(document.value["accepted"]):
        one = Acceptance(**raw)
        if (one.check, one.id) in found:
            name = f"{one.check}:{one.id}"
            problems.append(document.problem("broken_acceptance", ("accepted", place), id=name))
        found[one.check, one.id] = one
    if problems:
        raise BadInput(*problems)
    return found
