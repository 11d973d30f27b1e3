"""What was done to a case, in words: the question, what stood there, what stands there now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from risk_kit import answers as answering
from risk_kit import wording
from risk_kit.document import Language
from risk_kit.errors import Problem
from risk_kit.model import Pack
from risk_kit.store_values import STATE, Change, Event
from risk_kit.web import overlays
from risk_kit.web.opened import question_of
from risk_kit.web.texts import has, say
from risk_kit.yamlread import day

FACTS: Final = ("name", "agency", "unit", "contact_role", "purpose")
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One entry that an event changed."""

    label: str
    old: str
    new: str


def head(event: Event, language: Language) -> str:
    """What kind of event it is."""
    key = f"did_{event.what}"
    return say(key, language, number=event.reverts or 0)


def lines(pack: Pack, event: Event, language: Language) -> list[Line]:
    """What it changed, entry by entry; nothing for the making of a case."""
    return [line for one in event.changes if one.part for line in _lines(pack, one, language)]


def _lines(pack: Pack, one: Change, language: Language) -> Iterator[Line]:
    if one.part != "answers":
        yield Line(
            _label(one.part, one.name, language),
            value(pack, one.part, one.name, one.old, language),
            value(pack, one.part, one.name, one.new, language),
        )
        return
    question = question_of(pack, one.name)
    label = wording.of(question.label, language) if question else say("no_such_question", language)
    old, new = _parts(pack, one.name, one.old, language), _parts(pack, one.name, one.new, language)
    if old[0] != new[0]:
        yield Line(label, old[0], new[0])
    for key, before, after in (("note", old[1], new[1]), ("evidence", old[2], new[2])):
        if before != after and not (one.new is None or (one.old is None and not after)):
            nothing = say("nothing", language)
            name = say("note_of" if key == "note" else "evidence", language)
            aside = f"（{name}）" if language == "zh" else f" ({name.lower()})"
            yield Line(f"{label}{aside}", before or nothing, after or nothing)


def _label(part: str, name: str, language: Language) -> str:
    if part == "case":
        return say(name, language) if name in FACTS else name
    key = f"part_{part}"
    return say(key if has(key) else "part_other", language)


def value(pack: Pack, part: str, name: str, raw: Any, language: Language) -> str:  # noqa: ANN401
    """The value of an entry of a document, in words."""
    if part == "answers":
        told, note, proofs = _parts(pack, name, raw, language)
        more = [f"{say('note_of', language)}：{note}"] if note else []
        more += [f"{say('evidence', language)}：{proofs}"] if proofs else []
        return "；".join((told, *more)) if language == "zh" else "; ".join((told, *more))
    if raw is None or raw in ("", [], {}):
        return say("nothing", language)
    if part == STATE:
        return say(f"state_{raw}", language)
    if part == "overlays":
        joint = "、" if language == "zh" else ", "
        return joint.join(overlays.title(str(one), language) for one in raw)
    if part == "as_of" and (found := day(raw)) is not None:
        return wording.day(found, language)
    if part == "follow_up":
        return say("rows", language, count=len(raw))
    return _clipped(str(raw))


def _parts(pack: Pack, name: str, raw: Any, language: Language) -> tuple[str, str, str]:  # noqa: ANN401
    """An answer's value, note and evidence, each in words."""
    whole = raw if isinstance(raw, dict) else {"value": raw}
    question, given = question_of(pack, name), whole.get("value")
    if given is None:
        told = wording.say("unanswered", language)
    elif question is None:
        told = say("unreadable_answer", language)
    else:
        found = answering.check(question, given)
        unread = say("unreadable_answer", language)
        told = unread if isinstance(found, Problem) else wording.value(question, found, language)
    joint = "、" if language == "zh" else ", "
    proofs = joint.join(_proof(one) for one in whole.get("evidence", ()))
    return _clipped(told), _clipped(str(whole.get("note", ""))), _clipped(proofs)


def _proof(raw: Any) -> str:  # noqa: ANN401 - JSON
    if not isinstance(raw, dict):
        return str(raw)
    return str(raw.get("title") or raw.get("file") or raw.get("link") or "")


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
