"""應對: which measures are in place against each item found, and what is left to follow up.

Inherent and residual stay apart: both are read off their own scale, side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from risk_kit.assess import Assessment, Work
from risk_kit.model import FollowUp, Option, Pack, Question, Unknown


@dataclass(frozen=True, slots=True)
class Response:
    """One item with its level before measures and after, as ranges of places on the scales.

    `known` is false while the measures are unanswered or unknown: all of them are then missing.
    """

    item: str
    question: str
    inherent: tuple[int, int]
    residual: tuple[int, int]
    in_place: tuple[str, ...]
    missing: tuple[str, ...]
    known: bool


def responses(work: Work) -> tuple[Response, ...]:
    """The items whose measures are asked, in the order of their questions."""
    return tuple(_responses(work))


def followups(work: Work) -> tuple[FollowUp, ...]:
    """One row for each measure that is not in place, with what the case says of it."""
    told = {(one.question, one.measure): one for one in work.answers.followups}
    return tuple(
        told.get((one.question, measure), FollowUp(one.question, measure))
        for one in responses(work)
        for measure in one.missing
    )


def _responses(work: Work) -> Iterator[Response]:
    pack, got = work.pack, work.assessment
    for question in pack.questions.values():
        item = question.measures
        if item is None:
            continue
        inherent = _span(pack, got, item, pack.framework.main_scale)
        if inherent[1] == 0 or question.id in got.dormant:
            continue
        value = work.answers.value(question.id)
        known = value is not None and not isinstance(value, Unknown)
        chosen = value if isinstance(value, frozenset) else frozenset()
        named = [one.id for one in measures(question)]
        residual = _span(pack, got, item, pack.framework.residual_scale)
        yield Response(
            item=item,
            question=question.id,
            inherent=inherent,
            residual=residual,
            in_place=tuple(one for one in named if one in chosen),
            missing=tuple(one for one in named if one not in chosen),
            known=known,
        )


def measures(question: Question) -> tuple[Option, ...]:
    """The options that are measures: all but "none of these"."""
    return tuple(one for one in question.options if not one.exclusive)


def _span(pack: Pack, got: Assessment, item: str, scale: str | None) -> tuple[int, int]:
    """Lowest and highest place that the findings of one item give."""
    low = high = 0
    for finding in got.findings:
        rule = pack.rules[finding.rule]
        places = [pack.scales[r.scale].position(r.level) for r in rule.raises if r.scale == scale]
        if rule.item == item and places and finding.state != "does_not_hold":
            high = max(high, *places)
            low = max(low, *places) if finding.state == "holds" else low
    return low, high
