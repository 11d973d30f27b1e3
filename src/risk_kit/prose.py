"""Conditions in words a lawyer can read, from the labels of questions and options; never from ids."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date

from risk_kit import wording
from risk_kit.forms import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Between,
    Chosen,
    Condition,
    Equals,
    Named,
    Not,
    Pair,
    Score,
    Sum,
)
from risk_kit.model import Pack, Text

CONDITIONS = (All, AnyOf, Not, AtLeast, Named, Score, Sum, Pair, Answered, Equals, Between, Chosen)


def condition(pack: Pack, one: Condition, language: str) -> str:
    """A condition as one sentence part, nested parts in brackets."""
    return _Teller(pack, language).tell(one)


def anything(pack: Pack, value: object, language: str) -> str:
    """Any value of a pack in words: texts, conditions, lists, numbers, nothing."""
    if isinstance(value, Text):
        return wording.of(value, language)
    if isinstance(value, CONDITIONS):
        return condition(pack, value, language)
    if isinstance(value, tuple | frozenset):
        joint = "；" if language == "zh" else "; "
        return joint.join(anything(pack, one, language) for one in value)
    if is_dataclass(value):
        told = (anything(pack, getattr(value, f.name), language) for f in fields(value))
        return " ".join(part for part in told if part)
    return "" if value is None or value is False else str(value)


class _Teller:
    def __init__(self, pack: Pack, language: str) -> None:
        self.pack = pack
        self.zh = language == "zh"
        self.language = language

    def tell(self, one: Condition) -> str:  # noqa: C901 - one case for each form
        match one:
            case All(parts):
                return self._join(parts, "且" if self.zh else " and ") or self._always(yes=True)
            case AnyOf(parts):
                return self._join(parts, "或" if self.zh else " or ") or self._always(yes=False)
            case Not(part):
                return f"並非{self._inner(part)}" if self.zh else f"not {self._inner(part)}"
            case AtLeast(n, parts):
                joined = ("；" if self.zh else "; ").join(self.tell(part) for part in parts)
                return f"下列至少 {n} 項：{joined}" if self.zh else f"at least {n} of: {joined}"
            case Named(criterion):
                return self._quoted(wording.of(self.pack.criteria[criterion].title, self.language))
            case Score(dimension, threshold):
                return self._score(dimension, threshold)
            case Sum(terms, low, high):
                names = "＋".join(self._label(term.question) for term in terms)
                return self._measured(names, low, high)
            case Pair(row, column, pairs):
                return self._pair(row, column, pairs)
            case Answered(question):
                return f"{self._label(question)}{'已作答' if self.zh else ' is answered'}"
            case Between(question, low, high):
                return self._measured(self._label(question), low, high)
            case Equals(question, values):
                return self._equals(question, values)
        return self._chosen(one.question, one.options, one.least, one.most)

    def _join(self, parts: tuple[Condition, ...], word: str) -> str:
        return word.join(self._inner(part) for part in parts)

    def _inner(self, part: Condition) -> str:
        told = self.tell(part)
        compound = isinstance(part, All | AnyOf | AtLeast) and len(part.parts) > 1
        if not compound:
            return told
        return f"（{told}）" if self.zh else f"({told})"

    def _always(self, *, yes: bool) -> str:
        if self.zh:
            return "一律成立" if yes else "一律不成立"
        return "always" if yes else "never"

    def _quoted(self, words: str) -> str:
        return f"「{words}」" if self.zh else f"“{words}”"

    def _label(self, question: str) -> str:
        return self._quoted(wording.of(self.pack.questions[question].label, self.language))

    def _options(self, question: str, names: tuple[object, ...]) -> str:
        asked = self.pack.questions[question]
        joint = "、" if self.zh else ", "
        told = [
            wording.value(asked, name, self.language)
            for name in names
            if isinstance(name, bool | str)
        ]
        return joint.join(told)

    def _equals(self, question: str, values: tuple[bool | str, ...]) -> str:
        options = self._options(question, values)
        many = len(values) > 1
        if self.zh:
            return f"{self._label(question)}為{'下列之一：' if many else ''}{options}"
        return f"{self._label(question)} is {'one of: ' if many else ''}{options}"

    def _chosen(self, question: str, options: tuple[str, ...], least: int, most: int | None) -> str:
        named, label = self._options(question, options), self._label(question)
        if most == 0:
            return f"{label}未選：{named}" if self.zh else f"{label} includes none of: {named}"
        if least == len(options) > 1:
            return f"{label}全選：{named}" if self.zh else f"{label} includes all of: {named}"
        if least == 1 and most is None:
            any_of = "任一" if len(options) > 1 else ""
            return (
                f"{label}選有{any_of}：{named}" if self.zh else f"{label} includes any of: {named}"
            )
        span = self._span(least, most)
        return (
            f"{label}所選項數{span}：{named}" if self.zh else f"{label}: number {span} of: {named}"
        )

    def _pair(self, row: str, column: str, pairs: tuple[tuple[str, str], ...]) -> str:
        joint = "；" if self.zh else "; "
        told = joint.join(
            f"{self._options(row, (r,))} × {self._options(column, (c,))}" for r, c in pairs
        )
        return f"{self._label(row)} × {self._label(column)}：{told}"

    def _score(self, dimension: str, threshold: str) -> str:
        one = self.pack.dimensions[dimension]
        at = next(mark.at for mark in one.thresholds if mark.id == threshold)
        title = self._quoted(wording.of(one.title, self.language))
        unit = wording.of(one.unit, self.language)
        return f"{title}達 {at} {unit}" if self.zh else f"{title} reaches {at} {unit}"

    def _measured(self, what: str, low: int | date | None, high: int | date | None) -> str:
        span = self._span(low, high)
        if self.zh:
            return f"{what}{span}"
        return f"{what} {span if span.startswith('is ') else f'is {span}'}"

    def _span(self, low: int | date | None, high: int | date | None) -> str:
        told = [
            wording.day(end, self.language) if isinstance(end, date) else end for end in (low, high)
        ]
        if low is not None and low == high:
            return f"為 {told[0]}" if self.zh else f"is {told[0]}"
        parts = []
        if low is not None:
            parts.append(f"不小於 {told[0]}" if self.zh else f"at least {told[0]}")
        if high is not None:
            parts.append(f"不大於 {told[1]}" if self.zh else f"at most {told[1]}")
        return (" 且" if self.zh else " and ").join(parts)
