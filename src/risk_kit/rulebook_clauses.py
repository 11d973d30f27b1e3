"""Conditions as trees of short clauses: a list reads better than brackets within brackets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from risk_kit import prose, wording
from risk_kit.document import Language
from risk_kit.forms import All, AnyOf, AtLeast, Chosen, Condition, Equals, Named, Not
from risk_kit.model import Pack

_INNER: Final = {"「": "『", "」": "』"}


@dataclass(frozen=True, slots=True)
class Clause:
    """Words, and the parts that they introduce; `criterion` is the id of the one that they name.

    `options`: the parts are answers of one question, not conditions.
    """

    text: str
    parts: tuple[Clause, ...] = ()
    criterion: str = ""
    options: bool = False


def clause(pack: Pack, one: Condition, language: Language) -> Clause:
    """A condition as a tree: joints as headings of lists, leaves as sentence parts."""
    return _Splitter(pack, language).split(one)


def walk(one: Clause) -> Iterator[Clause]:
    """The clause and everything in it, in reading order."""
    yield one
    for part in one.parts:
        yield from walk(part)


def criteria_in(one: Clause | None) -> tuple[str, ...]:
    """Ids of the criteria that a clause names, in reading order, each once."""
    found = (part.criterion for part in walk(one)) if one is not None else ()
    return tuple(dict.fromkeys(name for name in found if name))


def in_line(one: Clause, language: Language) -> str:
    """The clause as one line of text, for searching and for narrow places."""
    if not one.parts:
        return one.text
    joint = "；" if language == "zh" else "; "
    inner = joint.join(in_line(part, language) for part in one.parts)
    return f"{one.text}（{inner}）" if language == "zh" else f"{one.text} ({inner})"


class _Splitter:
    def __init__(self, pack: Pack, language: Language) -> None:
        self.pack, self.language = pack, language
        self.zh = language == "zh"

    def split(self, one: Condition) -> Clause:
        match one:
            case All((only,)) | AnyOf((only,)):
                return self.split(only)
            case All(parts) if parts:
                return self._list("下列全部成立", "all of the following", parts)
            case AnyOf(parts) if parts:
                return self._list("下列任一成立", "any of the following", parts)
            case AtLeast(n, parts):
                return self._list(f"下列至少 {n} 項成立", f"at least {n} of the following", parts)
            case Not(part):
                return self._denied(part)
            case Named(criterion):
                return Clause(self._leaf(one), criterion=criterion)
            case Equals(question, values) if len(values) > 1:
                words = ("為下列之一", "is one of these")
                return self._options(question, words, values)
            case Chosen(question, options) if len(options) > 1:
                return self._options(question, self._choice(one), options)
        return Clause(self._leaf(one))

    def _denied(self, part: Condition) -> Clause:
        match part:
            case All(parts) if len(parts) > 1:
                return self._list("下列並非全部成立", "not all of the following", parts)
            case AnyOf(parts) if len(parts) > 1:
                return self._list("下列無一成立", "none of the following", parts)
            case AtLeast(n, parts):
                return self._list(f"下列成立不足 {n} 項", f"fewer than {n} of the following", parts)
        inner = self.split(part)
        text = f"並非{inner.text}" if self.zh else f"not {inner.text}"
        return Clause(text, inner.parts, inner.criterion, inner.options)

    def _list(self, zh: str, en: str, parts: tuple[Condition, ...]) -> Clause:
        return Clause(zh if self.zh else en, tuple(self.split(part) for part in parts))

    def _options(
        self, question: str, words: tuple[str, str], options: tuple[bool | str, ...]
    ) -> Clause:
        asked = self.pack.questions[question]
        label = wording.of(asked.label, self.language)
        head = nested(f"「{label}」{words[0]}") if self.zh else f"“{label}” {words[1]}"
        told = (Clause(wording.value(asked, one, self.language)) for one in options)
        return Clause(head, tuple(told), options=True)

    def _choice(self, one: Chosen) -> tuple[str, str]:
        least, most, whole = one.least, one.most, len(one.options)
        if most == 0:
            return "未選下列任何一項", "includes none of these"
        if most is None and least == whole:
            return "下列全選", "includes all of these"
        if most is None and least == 1:
            return "選有下列任一項", "includes any of these"
        if most is None:
            return f"選有下列至少 {least} 項", f"includes at least {least} of these"
        if least == most:
            return f"恰選有下列 {least} 項", f"includes exactly {least} of these"
        return f"選有下列 {least} 至 {most} 項", f"includes {least} to {most} of these"

    def _leaf(self, one: Condition) -> str:
        return nested(prose.condition(self.pack, one, self.language))


def nested(text: str) -> str:
    """Quotation marks within quotation marks as 『 』, as Chinese is set."""
    depth, told = 0, []
    for char in text:
        depth -= char == "」"
        told.append(_INNER[char] if depth > 0 and char in _INNER else char)
        depth += char == "「"
    return "".join(told)
