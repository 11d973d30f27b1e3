# ruff: noqa: INP001 - a script
"""The job's pack as the two YAML files that an author would write, to measure a cold load."""

from __future__ import annotations

import json
from typing import Any

from risk_kit.forms import All, AnyOf, AtLeast, Between, Chosen, Condition, Equals, Not, Score
from risk_kit.model import Pack, Question, Rule, Text


def questionnaire(pack: Pack) -> str:
    """The text of `questionnaire.yaml`."""
    lines = ["format: risk-kit/questionnaire/1", "id: job", 'version: "1"', "sections:"]
    lines += [
        "  - id: all",
        "    step: all",
        f"    title: {_text(Text('全部', 'All'))}",
        "    questions:",
    ]
    lines += [line for one in pack.questions.values() for line in _question(one)]
    return "\n".join(lines) + "\n"


def framework(pack: Pack) -> str:
    """The text of `framework.yaml`."""
    law = {"id": "law", "title": _both("法規"), "issuer": _both("機關"), "force": "method"}
    head: dict[str, Any] = {
        "format": "risk-kit/framework/1",
        "id": "job",
        "version": "1",
        "title": _both("測試工作"),
        "questionnaire": "job",
        "main_scale": "tier",
        "steps": [{"id": "all", "title": _both("全部")}],
        "sources": [law | {"verified": True}],
        "scales": [
            {
                "id": "tier",
                "title": _both("級距"),
                "levels": [_level(o.id) for o in pack.main_scale.levels],
            }
        ],
        "dimensions": [
            {
                "id": one.id,
                "title": _both("面向"),
                "unit": _both("點"),
                "minimum": one.minimum,
                "maximum": one.maximum,
                "thresholds": [{"id": mark.id, "at": mark.at} for mark in one.thresholds],
            }
            for one in pack.dimensions.values()
        ],
    }
    lines = [f"{key}: {_flow(value)}" for key, value in head.items()]
    lines.append("rules:")
    lines += [line for rule in pack.framework.rules for line in _rule(rule)]
    return "\n".join(lines) + "\n"


def _question(one: Question) -> list[str]:
    lines = [f"      - id: {one.id}", f"        kind: {one.kind}"]
    lines.append(
        f"        label: {_text(Text(f'本系統是否涉及第 {one.id} 項情形？', f'Does {one.id} apply?'))}"
    )
    if one.options:
        lines.append("        options:")
        lines += [f"          - {_flow({'id': o.id, 'label': _both('選項')})}" for o in one.options]
    if one.minimum is not None:
        lines += [f"        minimum: {one.minimum}", f"        maximum: {one.maximum}"]
    return lines


def _rule(rule: Rule) -> list[str]:
    lines = [
        f"  - id: {rule.id}",
        f"    title: {_text(Text(f'規則 {rule.id}', f'Rule {rule.id}'))}",
    ]
    lines.append("    when:")
    lines += _condition(rule.when, 6)
    if rule.raises:
        lines.append(f"    raise: {_flow({one.scale: one.level for one in rule.raises})}")
    if rule.points:
        points = [{"dimension": one.dimension, "amount": one.amount} for one in rule.points]
        lines.append(f"    points: {_flow(points)}")
    lines.append(
        f"    because: {_text(Text('這些情形合在一起會增加風險。', 'Together these raise the risk.'))}"
    )
    return [*lines, "    cites:", "      - source: law", "    basis: toolkit"]


def _condition(condition: Condition, indent: int) -> list[str]:
    pad = " " * indent
    match condition:
        case All(parts) | AnyOf(parts):
            word = "all" if isinstance(condition, All) else "any"
            return [f"{pad}{word}:", *_parts(parts, indent + 2)]
        case AtLeast(n, parts):
            return [f"{pad}at_least:", f"{pad}  n: {n}", f"{pad}  of:", *_parts(parts, indent + 4)]
        case Not(part):
            return [f"{pad}not:", *_condition(part, indent + 2)]
        case Score(dimension, threshold):
            return [f"{pad}score: {_flow({'dimension': dimension, 'reaches': threshold})}"]
        case _:
            return [f"{pad}{line}" for line in [_leaf(condition)]]


def _parts(parts: tuple[Condition, ...], indent: int) -> list[str]:
    lines = []
    for part in parts:
        first, *rest = _condition(part, indent + 2)
        lines += [" " * indent + "- " + first.lstrip(), *rest]
    return lines


def _leaf(leaf: Condition) -> str:
    match leaf:
        case Equals(question, (bool() as wanted,)):
            return f"{question}: {_flow(wanted)}"
        case Equals(question, values):
            return f"{question}: {_flow({'in': list(values)})}"
        case Between(question, low, high):
            test = {"at_least": low} if high is None else {"at_most": high}
            return f"{question}: {_flow(test)}"
        case Chosen(question, options, 1, None):
            return f"{question}: {_flow({'includes_any': list(options)})}"
        case Chosen(question, options, least, None):
            return f"{question}: {_flow({'count': {'of': list(options), 'at_least': least}})}"
    raise ValueError(f"not in the job: {leaf}")


def _level(word: str) -> dict[str, Any]:
    return {"id": word, "label": _both(word), "meaning": _both(word)}


def _both(word: str) -> dict[str, str]:
    return {"zh": word, "en": word}


def _text(text: Text) -> str:
    return _flow({"zh": text.zh, "en": text.en})


def _flow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
