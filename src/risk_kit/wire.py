"""The versioned JSON forms: assessments and answer sets, for files, pipelines and attachments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from risk_kit.assess import Assessment, Duty, Finding, LevelRange
from risk_kit.digest import plain
from risk_kit.distance import Nearest, distance
from risk_kit.model import Answer, AnswerSet, Cite, FollowUp, Pack, Text, Value
from risk_kit.whatif import Change, Effect, Explorer

ASSESSMENT: Final = "risk-kit/assessment/1"
ANSWERS: Final = "risk-kit/answers/1"
WHATIF: Final = "risk-kit/whatif/1"
Json = dict[str, Any]


def assessment_json(pack: Pack, assessment: Assessment) -> Json:
    """An assessment as JSON values; states `pack_digest`, `answers_digest` and `as_of`."""
    return {
        "format": ASSESSMENT,
        "framework": assessment.framework,
        "version": assessment.version,
        "overlays": list(assessment.overlays),
        "pack_digest": assessment.pack_digest,
        "answers_digest": assessment.answers_digest,
        "as_of": assessment.as_of.isoformat(),
        "applies": assessment.applies,
        "indicative": True,
        "tier": _range(assessment.tier),
        "scales": [{"id": one.scale, **_range(one)} for one in assessment.scales],
        "dimensions": [{"id": d.id, "low": d.low, "high": d.high} for d in assessment.dimensions],
        "findings": [_finding(pack, one) for one in assessment.findings],
        "obligations": [_duty(pack, one) for one in assessment.obligations],
        "open_questions": [
            {
                "question": one.question,
                "state": one.state,
                "asked": one.asked,
                "level": one.level,
                "rules": one.rules,
                "label": _text(pack.questions[one.question].label),
            }
            for one in assessment.open_questions
        ],
        "not_needed": assessment.not_needed,
        "dormant": list(assessment.dormant),
    } | ({"unanswered_as_none": True} if assessment.unanswered_as_none else {})


def essence(stated: Json) -> Json:
    """What must be the same when an assessment is recomputed, by whatever version of the toolkit.

    Identity, day, scope, ranges, and the state of each finding and obligation; not the wording, nor
    which of several sufficient answers a reason names. Raises KeyError or TypeError for other JSON.
    """
    whole = ("framework", "version", "overlays", "pack_digest", "answers_digest", "as_of")
    ranges = ("applies", "tier", "scales", "dimensions")
    found = {key: stated[key] for key in (*whole, *ranges)}
    found["findings"] = {one["rule"]: one["state"] for one in stated["findings"]}
    found["obligations"] = {one["id"]: one["state"] for one in stated["obligations"]}
    return found


def answers_json(pack: Pack, answers: AnswerSet, as_of: date) -> Json:
    """An answer set in the form of an answer file, pinned to the pack's id, version and overlays."""
    return {
        "format": ANSWERS,
        "framework": f"{pack.framework.id}@{pack.framework.version}",
        "overlays": list(pack.overlays),
        "as_of": as_of.isoformat(),
        "case": dict(answers.case),
        "answers": {question: _answer(one) for question, one in answers.answers.items()},
    } | ({"follow_up": [_followed(one) for one in answers.followups]} if answers.followups else {})


def _followed(one: FollowUp) -> Json:
    """A follow-up as an answer file writes it: without what is empty."""
    return {k: v for k, v in plain(one).items() if k != "form"}


def value_json(value: Value) -> Any:  # noqa: ANN401
    """A value as an answer file writes it."""
    return plain(value)


def whatif_json(pack: Pack, found: Explorer) -> Json:
    """What would change the tier: single changes, the least lowering, the nearest rises."""
    lowering, near = found.lowering(), distance(found)
    return {
        "format": WHATIF,
        "tier": {"low": _level(pack, found.low), "high": _level(pack, found.high)},
        "single": [_effect(pack, one) for one in found.single_changes()],
        "rises": [_effect(pack, one) for one in found.rises()],
        "lowering": {
            "outcome": lowering.outcome,
            "ways": [_effect(pack, one) for one in lowering.ways],
            "blocked_by": list(lowering.blocked_by),
        },
        "distance": {
            "up": _nearest(near.up),
            "down": _nearest(near.down),
            "edge": [_effect(pack, one) for one in near.edge],
        },
    }


def _level(pack: Pack, place: int | None) -> str | None:
    return None if place is None else pack.main_scale.levels[place].id


def _nearest(one: Nearest | None) -> Json | None:
    """`answers`: 1, 2, or 3 for three and more; null at an end of the scale."""
    if one is None:
        return None
    return {"answers": one.count or 3, "ways": [_changes(way) for way in one.ways]}


def _changes(changes: tuple[Change, ...]) -> list[Json]:
    return [
        {"question": c.question, "before": plain(c.before), "after": plain(c.after)}
        for c in changes
    ]


def _effect(pack: Pack, effect: Effect) -> Json:
    return {
        "changes": _changes(effect.changes),
        "low": _level(pack, effect.low),
        "high": _level(pack, effect.high),
    }


def record_json(record: Any) -> Json:  # noqa: ANN401 - any dataclass
    """Any frozen record of plain fields as a JSON object."""
    return {f.name: plain(getattr(record, f.name)) for f in fields(record)}


def _answer(answer: Answer) -> Any:  # noqa: ANN401
    value = value_json(answer.value)
    if not answer.note and not answer.evidence:
        return value
    proofs = [{k: v for k, v in plain(one).items() if k != "form"} for one in answer.evidence]
    return {"value": value, "note": answer.note, "evidence": proofs}


def _range(one: LevelRange) -> Json:
    return {"low": one.low, "high": one.high, "decided": one.decided}


def _finding(pack: Pack, finding: Finding) -> Json:
    rule = pack.rules[finding.rule]
    return {
        "rule": rule.id,
        "state": finding.state,
        "item": rule.item,
        "title": _text(rule.title),
        "raises": {one.scale: one.level for one in rule.raises},
        "because": _text(rule.because),
        "witness": _witness(finding.witness),
        "open": list(finding.open),
        "exempted_by": list(finding.exempted_by),
        "flag": rule.flag,
        "cites": _cites(rule.cites),
        "basis": rule.basis,
        "verified": rule.verified,
    }


def _witness(witness: Mapping[str, Value]) -> Json:
    return {question: value_json(value) for question, value in witness.items()}


def _duty(pack: Pack, duty: Duty) -> Json:
    obligation = pack.obligations[duty.obligation]
    return {
        "id": obligation.id,
        "state": duty.state,
        "text": _text(obligation.text),
        "roles": list(obligation.roles),
        "rules": list(duty.rules),
        "cites": _cites(obligation.cites),
        "basis": obligation.basis,
        "verified": obligation.verified,
    }


def _text(text: Text) -> Json:
    return {"zh": text.zh, "en": text.en}


def _cites(cites: tuple[Cite, ...]) -> list[Json]:
    return [{"source": one.source, "at": one.at} for one in cites]
