"""The crosswalk in words, for every shell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from risk_kit import wording
from risk_kit.assess import LevelRange
from risk_kit.crosswalk import Coming, Row
from risk_kit.model import Text

WORDS: Final = {
    "title": Text("跨境對照", "Crosswalk"),
    "own": Text(
        "各制度各有判準與日期，級別不能互換；結果均為指示性，文件內容尚未逐一核對原文。",
        "Each regime has its own tests and dates, and no level converts into another's. All results "
        "are indicative; the sources have not been compared with their originals.",
    ),
    "extra": Text("另需回答 {n} 題", "{n} further questions"),
    "extra_1": Text("另需回答 1 題", "1 further question"),
    "no_extra": Text("不需另外回答", "no further questions"),
    "count": Text("{n} 題", "{n}"),
    "none": Text("無", "none"),
    "waiting": Text("本案尚有 {n} 題未答會影響此列", "{n} open answers of the case matter here"),
    "from": Text("自{day}起：{tier}", "From {day}: {tier}"),
    "comes": Text("自{day}起生效的規定：{rules}", "In force from {day}: {rules}"),
    "may": Text(
        "自{day}起生效的規定中，另有 {n} 項視未答的題目而定",
        "Of what comes into force on {day}, {n} more depend on open answers",
    ),
    "out": Text("不在適用範圍", "outside its scope"),
    "why": Text("理由", "Why"),
    "flags": Text("標記", "Flags"),
    "duties": Text("應辦事項", "Duties"),
    "notes": Text("說明", "Notes"),
    "coming": Text("將生效", "Coming"),
    "not_ranked": Text("不分級", "not ranked"),
}


def say(key: str, language: str, **facts: object) -> str:
    """A word or sentence of the crosswalk."""
    return wording.of(WORDS[key], language).format(**facts)


def tier(row: Row, language: str, span: LevelRange | None = None) -> str:
    """The level or range of a row, or that the framework does not rank, or does not apply."""
    span = row.assessment.tier if span is None else span
    if span.low is None:
        return say("out", language)
    if len(row.pack.main_scale.levels) == 1:
        return say("not_ranked", language)
    return wording.scale_span(row.pack, span, language)


def questions(row: Row, language: str) -> str:
    """How many questions the regime asks beside those of the case."""
    count = len(row.extra)
    return say("no_extra" if not count else "extra_1" if count == 1 else "extra", language, n=count)


def count(row: Row, language: str) -> str:
    """The same, where the heading says of what."""
    return say("count" if row.extra else "none", language, n=len(row.extra))


def beside(row: Row, language: str) -> Iterator[str]:
    """What stands beside the main scale, a line each: other scales and scores."""
    pack, got = row.pack, row.assessment
    joint = "：" if language == "zh" else ": "
    for one in got.scales:
        if one.scale != pack.framework.main_scale:
            title = wording.of(pack.scales[one.scale].title, language)
            yield f"{title}{joint}{wording.scale_span(pack, one, language)}"
    told = {one.id: (one.title, one.unit) for one in pack.framework.dimensions}
    told |= {one.id: (one.title, one.unit) for one in pack.framework.derived}
    for score in got.dimensions:
        span = f"{score.low}" if score.low == score.high else f"{score.low}–{score.high}"
        title, unit = (wording.of(text, language) for text in told[score.id])
        yield f"{title}{joint}{span} {unit}"


def levels(row: Row, one: Coming, language: str) -> Iterator[str]:
    """The level from a later day on, where it is another."""
    if one.tier != row.assessment.tier:
        day = wording.day(one.day, language)
        yield say("from", language, day=day, tier=tier(row, language, one.tier))


def coming(row: Row, one: Coming, language: str) -> Iterator[str]:
    """What a later day brings, in a few sentences."""
    yield from levels(row, one, language)
    day = wording.day(one.day, language)
    titles = [wording.of(row.pack.rules[rule].title, language) for rule in one.rules]
    if titles:
        joint = "、" if language == "zh" else "; "
        yield say("comes", language, day=day, rules=joint.join(titles))
    if one.may:
        yield say("may", language, day=day, n=len(one.may))
