"""The crosswalk as JSON values, for pipelines."""

from __future__ import annotations

from typing import Any, Final

from risk_kit.assess import Finding
from risk_kit.crossing import Crosswalk, TableRow
from risk_kit.crosswalk import Coming, Row
from risk_kit.model import Pack, Text
from risk_kit.wire import assessment_json, value_json

FORMAT: Final = "risk-kit/crosswalk/1"
Json = dict[str, Any]


def crosswalk_json(found: Crosswalk) -> Json:
    """Every row with its range, why, duties, dates and questions; then the table of items."""
    return {
        "format": FORMAT,
        "indicative": True,
        "as_of": found.home.assessment.as_of.isoformat(),
        "home": found.home.pack.framework.id,
        "rows": [_row(one) for one in (found.home, *found.rows)],
        "table": [_table_row(one) for one in found.table],
    }


def _row(row: Row) -> Json:
    pack, whole = row.pack, assessment_json(row.pack, row.assessment)
    kept = ("framework", "version", "pack_digest", "applies", "tier", "scales", "dimensions")
    return {key: whole[key] for key in kept} | {
        "title": _text(pack.framework.title),
        "why": [_why(pack, one) for one in row.why],
        "flags": list(row.flags),
        "notes": [{"rule": one, "because": _text(pack.rules[one].because)} for one in row.notes],
        "obligations": [one for one in whole["obligations"] if one["state"] == "holds"],
        "coming": [_coming(pack, one) for one in row.coming],
        "extra_questions": list(row.extra),
        "waiting": list(row.waiting),
        "open_questions": [one["question"] for one in whole["open_questions"]],
        "sources_verified": all(one.verified for one in pack.framework.sources),
    }


def _why(pack: Pack, finding: Finding) -> Json:
    rule = pack.rules[finding.rule]
    return {
        "rule": rule.id,
        "state": finding.state,
        "title": _text(rule.title),
        "because": _text(rule.because),
        "witness": {q: value_json(value) for q, value in finding.witness.items()},
        "open": list(finding.open),
        "cites": [{"source": one.source, "at": one.at} for one in rule.cites],
        "basis": rule.basis,
    }


def _coming(pack: Pack, one: Coming) -> Json:
    return {
        "from": one.day.isoformat(),
        "tier": {"low": one.tier.low, "high": one.tier.high, "decided": one.tier.decided},
        "rules": list(one.rules),
        "may": list(one.may),
        "obligations": [{"id": d, "text": _text(pack.obligations[d].text)} for d in one.duties],
    }


def _table_row(row: TableRow) -> Json:
    return {
        "item": row.item.id,
        "title": _text(row.item.title),
        "beside": {
            name: [
                {
                    "item": one.item.id,
                    "title": _text(one.item.title),
                    "predicate": one.mapped.predicate,
                    "confidence": one.mapped.confidence,
                    "state": one.state,
                }
                for one in cells
            ]
            for name, cells in row.beside.items()
        },
    }


def _text(text: Text) -> Json:
    return {"zh": text.zh, "en": text.en}
