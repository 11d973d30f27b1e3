"""Overlay files → `risk_kit.layers`, read against the base that they change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from risk_kit import schema
from risk_kit.errors import BadInput
from risk_kit.layers import Additions, Change, Expected, Overlay
from risk_kit.load import Builder, names_in, parameter, scale, text
from risk_kit.model import Framework, Notice, Question, Questionnaire, Section, Text, by_id
from risk_kit.yamlread import Document, Path_, read_file

Raw = Mapping[str, Any]
_FIELDS = {
    "set": "value",
    "narrow": "when",
    "widen": "when",
    "retire": "retired",
    "require_evidence": "evidence",
}


def overlay_file(path: Path, framework: Framework, questions: Questionnaire) -> Overlay:
    """Read and check `overlays/<id>.yaml` against its base. Raises BadInput."""
    return overlay(read_file(path), framework, questions)


def overlay(document: Document, framework: Framework, questions: Questionnaire) -> Overlay:
    """An overlay from a parsed document. Raises BadInput with every problem of the file."""
    schema.check(document, "overlay")
    raw = document.value
    bare = Builder(document, {})
    own = [bare.question(q, s["id"], path, None) for s, q, path in _asked(raw)]
    bare.unique([("question", q["id"], path) for _, q, path in _asked(raw)])
    known = by_id([*questions.questions, *own])
    builder = Builder(document, known, _names(raw, framework), _numbers(raw, framework))
    base, _, version = raw["base"].partition("@")
    built = Overlay(
        id=raw["id"],
        version=raw["version"],
        title=text(raw["title"]),
        base=base,
        base_version=version,
        additions=_additions(builder, raw, questions, own),
        changes=tuple(
            _change(builder, one, ("changes", i)) for i, one in _numbered(raw, "changes")
        ),
        resolutions=tuple((one["target"], one["winner"]) for one in raw.get("resolutions", [])),
        file=document.file,
    )
    builder.done(bare)
    return built


def _asked(raw: Raw) -> list[tuple[Raw, Raw, Path_]]:
    return [
        (section, question, ("sections", s, "questions", q))
        for s, section in _numbered(raw, "sections")
        for q, question in enumerate(section["questions"])
    ]


def _numbered(raw: Raw, key: str) -> list[tuple[int, Any]]:
    return list(enumerate(raw.get(key, [])))


def _names(raw: Raw, framework: Framework) -> Mapping[str, frozenset[str]]:
    own = names_in(raw)
    marks = {f"{d.id}.{t.id}" for d in framework.dimensions for t in d.thresholds}
    base = {
        "criterion": {one.id for one in framework.criteria},
        "dimension": {one.id for one in framework.dimensions},
        "threshold": marks,
    }
    return {kind: own[kind] | base[kind] for kind in own}


def _numbers(raw: Raw, framework: Framework) -> Mapping[str, int]:
    base = {one.id: one.value for one in framework.parameters}
    return base | {one["id"]: one["value"] for one in raw.get("parameters", [])}


def _additions(
    builder: Builder, raw: Raw, questions: Questionnaire, own: list[Question]
) -> Additions:
    there = {section.id for section in questions.sections}
    shown = [
        builder.question(q, s["id"], path, builder.maybe(q, "show", path))
        for s, q, path in _asked(raw)
    ]
    sections = []
    for place, one in _numbered(raw, "sections"):
        if one["id"] not in there:
            if "title" not in one or "step" not in one:
                missing = builder.document.problem(
                    "missing_key", ("sections", place), keys=["title", "step"]
                )
                raise BadInput(missing)
            sections.append(Section(one["id"], text(one["title"]), one["step"]))
    return Additions(
        sources=builder.each("sources", builder.source),
        items=builder.each("items", builder.item),
        scales=tuple(scale(one) for one in raw.get("scales", [])),
        dimensions=builder.each("dimensions", builder.dimension),
        parameters=tuple(parameter(one) for one in raw.get("parameters", [])),
        criteria=builder.each("criteria", builder.criterion),
        rules=builder.each("rules", builder.rule),
        obligations=builder.each("obligations", builder.obligation),
        notices=tuple(Notice(one["id"], text(one["text"])) for one in raw.get("notices", [])),
        sections=tuple(sections),
        questions=tuple(shown) if own else (),
    )


def _change(builder: Builder, raw: Raw, path: Path_) -> Change:
    kind, name, *rest = raw["target"].split("/")
    operation = raw["op"]
    field = _FIELDS.get(operation) or (rest[0] if rest else "")
    if operation in ("strengthen", "weaken"):
        field = f"raise.{raw.get('scale', '')}"
    if operation == "translate":
        field = f"{field}.{raw.get('language', '')}"
    return Change(
        operation=operation,
        kind=kind,
        id=name,
        field=field,
        expect=_value(raw.get("expect")),
        value=_value(raw.get("with")),
        when=builder.maybe(raw, "when", path),
        authority=text(raw["authority"]) if "authority" in raw else None,
        reason=text(raw["reason"]) if "reason" in raw else None,
        date=builder.day(raw, "date", path),
        line=builder.document.lines.get(path, 1),
    )


def _value(raw: Any) -> Expected:  # noqa: ANN401 - a text, a level or a number
    return Text(raw.get("zh", ""), raw.get("en", "")) if isinstance(raw, dict) else raw
