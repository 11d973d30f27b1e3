"""Checks of words and sources: translations that are missing or stale, citations out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any, Final

from risk_kit.condition import valid_on
from risk_kit.model import Cite, Text
from risk_kit.prove_world import Finding, Task, World

CJK: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LETTER: Final = re.compile(r"[^\W\d_]")
PLACEHOLDER: Final = re.compile(
    r"[\W_]*(todo|tbd|tba|fixme|xxx+|n/?a|lorem ipsum.*|to be translated|待譯|待翻譯|待補|未翻譯)?"
    r"[\W_]*",
    re.IGNORECASE,
)


def tasks(world: World) -> Iterator[Task]:
    """Every text of the pack, and every citation of what is in force."""
    for place, text in texts(world):
        yield Task("translation", place, partial(_translation, place, text))
    for place, cite in _citations(world):
        name = f"{place}/{cite.source}"
        yield Task("citation_expired", name, partial(_citation, world, name, cite))


def texts(world: World) -> Iterator[tuple[str, Text]]:
    """Every bilingual text with its place, such as `questions/reach/options/r1/label`."""
    yield from _texts("framework", world.pack.framework)
    yield from _texts("", world.pack.questionnaire)


def _texts(place: str, value: Any) -> Iterator[tuple[str, Text]]:  # noqa: ANN401 - any part of a pack
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _texts(f"{place}/{getattr(part, 'id', number)}".lstrip("/"), part)
    elif is_dataclass(value) and not isinstance(value, type) and not _condition(place):
        for field in fields(value):
            below = f"{place}/{field.name}".lstrip("/")
            yield from _texts(below.removeprefix("framework/"), getattr(value, field.name))


def _condition(place: str) -> bool:
    return place.rpartition("/")[2] in ("when", "unless", "show", "applies")


def _translation(place: str, text: Text) -> Finding | None:
    zh, en = text.zh.strip(), text.en.strip()
    empty = [language for language, one in (("zh", zh), ("en", en)) if _nothing(one)]
    facts = {"zh": zh, "en": en}
    if len(empty) == 2 and zh == en and zh and not LETTER.search(zh):  # noqa: PLR2004 - both languages
        return None  # a sign such as % needs no translation
    if empty:
        return Finding("translation_missing", place, {"language": empty, **facts})
    if not LETTER.search(zh + en):
        return None
    if zh == en:
        return Finding("translation_same", place, facts)
    if not CJK.search(zh):
        return Finding("translation_not_chinese", place, facts)
    return Finding("translation_not_english", place, facts) if CJK.search(en) else None


def _nothing(one: str) -> bool:
    return not re.search(r"\d", one) and PLACEHOLDER.fullmatch(one) is not None


def _citations(world: World) -> Iterator[tuple[str, Cite]]:
    pack = world.pack
    for rule in world.rules:
        yield from ((f"rules/{rule.id}", cite) for cite in rule.cites)
    for duty in pack.obligations.values():
        if valid_on(duty, world.as_of):
            yield from ((f"obligations/{duty.id}", cite) for cite in duty.cites)
    for item in pack.items.values():
        yield from ((f"items/{item.id}", cite) for cite in item.cites)
    for question in pack.questions.values():
        if not question.retired:
            yield from ((f"questions/{question.id}", cite) for cite in question.cites)


def _citation(world: World, name: str, cite: Cite) -> Finding | None:
    source = world.pack.sources.get(cite.source)
    if source is None or source.valid_to is None or source.valid_to >= world.as_of:
        return None
    return Finding("citation_expired", name, {"source": source.id, "until": source.valid_to})
