"""Ask once: a questionnaire may take questions over from another, so that one answer serves both.

An entry `{from: LENDER, id: QUESTION}` stands for that question of the other questionnaire, with its
wording, kind, options and bounds. When it is shown is the borrower's own business (`show`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Final

from risk_kit.errors import BadInput, Problem
from risk_kit.yamlread import Document, Path_

Lend = Callable[[str], Document | None]
OWN: Final = ("from", "id", "show")
# What only has a meaning among the lender's own rules, items and sources.
KEPT_BACK: Final = ("show", "cites", "phase")


def lenders(document: Document) -> tuple[str, ...]:
    """Ids of the questionnaires from which a document borrows, each once."""
    return tuple(sorted({str(raw["from"]) for _, raw in _borrowed(document)}))


def expand(document: Document, lend: Lend) -> Document:
    """The questionnaire with every borrowed question written out. Raises BadInput.

    `lend` gives the questionnaire of an id, or None where there is none.
    """
    problems: list[Problem] = []
    whole: dict[Path_, Mapping[str, Any]] = {}
    for path, raw in _borrowed(document):
        found = _question(document, path, raw, lend)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            whole[path] = found
    if problems:
        raise BadInput(*problems)
    return _with(document, whole) if whole else document


def asked_in(document: Document) -> Iterator[str]:
    """Ids of the questions that a questionnaire, or an overlay, asks."""
    for _, raw in _entries(document):
        if isinstance(raw, dict) and isinstance(raw.get("id"), str):
            yield raw["id"]


def _borrowed(document: Document) -> Iterator[tuple[Path_, Mapping[str, Any]]]:
    for path, raw in _entries(document):
        if isinstance(raw, dict) and "from" in raw:
            yield path, raw


def _entries(document: Document) -> Iterator[tuple[Path_, Any]]:
    """Whatever stands where a question may, in a document whose shape is not yet checked."""
    value = document.value
    sections = value.get("sections") if isinstance(value, dict) else None
    for s, section in enumerate(sections if isinstance(sections, list) else []):
        asked = section.get("questions") if isinstance(section, dict) else None
        for q, raw in enumerate(asked if isinstance(asked, list) else []):
            yield ("sections", s, "questions", q), raw


def _question(
    document: Document, path: Path_, raw: Mapping[str, Any], lend: Lend
) -> Mapping[str, Any] | Problem:
    for key in raw:
        if key not in OWN:
            near = get_close_matches(key, OWN, 1)
            return document.problem("unknown_key", (*path, key), key=key, offered=OWN, near=near)
    lender = lend(str(raw["from"]))
    if lender is None:
        return document.problem("no_lender", (*path, "from"), id=raw["from"])
    offered = {
        str(one.get("id")): one
        for _, one in _entries(lender)
        if isinstance(one, dict) and "from" not in one and "measures" not in one
    }
    name = str(raw.get("id", ""))
    if name not in offered:
        near = get_close_matches(name, offered, 1)
        facts = {"id": name, "lender": raw["from"], "near": near}
        return document.problem("not_lent", (*path, "id"), **facts)
    kept = {key: part for key, part in offered[name].items() if key not in KEPT_BACK}
    return kept | ({"show": raw["show"]} if "show" in raw else {})


def _with(document: Document, whole: Mapping[Path_, Mapping[str, Any]]) -> Document:
    sections = [
        section
        if not isinstance(section, dict)
        else {
            **section,
            "questions": [
                whole.get(("sections", s, "questions", q), raw)
                for q, raw in enumerate(section.get("questions", []))
            ],
        }
        for s, section in enumerate(document.value["sections"])
    ]
    return replace(document, value={**document.value, "sections": sections})
