"""One set of answers under several frameworks, each with its own logic, dates and duties.

No level is ever turned into another framework's: rows stand beside each other, and notes say why
they differ. What is not yet in force is told as coming, with its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from risk_kit.assess import (
    STATES,
    Assessment,
    Finding,
    LevelRange,
    State,
    concluded,
    settled,
)
from risk_kit.compile import Program, program
from risk_kit.condition import Situation, raised
from risk_kit.domain import NO, OPEN, YES, Truth
from risk_kit.model import AnswerSet, Pack, Rule, Value
from risk_kit.reasons import Witnesses, blockers


@dataclass(frozen=True, slots=True)
class Regime:
    """A framework on a day, and the later days on which more of it comes into force.

    `compiled` makes the same rows sooner: a form for the day, then one for each later day.
    """

    pack: Pack
    as_of: date
    days: tuple[date, ...]
    compiled: tuple[Program | None, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """What a later day brings: the level from then on, and the rules and duties that are new.

    `rules` then hold, `may` are still undecided; `duties` are obligations of either.
    """

    day: date
    tier: LevelRange
    rules: tuple[str, ...]
    may: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One framework's view of the case.

    `why`: the findings that carry the level, with their answers. `notes` and `flags`: ids of rules
    that hold and say something apart from the level. `extra`: questions shown and unanswered that
    the home framework does not ask; `waiting`: its own questions on which the level still depends.
    """

    pack: Pack
    answers: AnswerSet
    assessment: Assessment
    why: tuple[Finding, ...]
    notes: tuple[str, ...]
    flags: tuple[str, ...]
    extra: tuple[str, ...]
    waiting: tuple[str, ...]
    coming: tuple[Coming, ...]


def regime(pack: Pack, as_of: date, *, compiled: bool = False) -> Regime:
    """A framework on a day. `compiled`: worth its while where many cases follow."""
    starts = {one.valid_from for one in pack.framework.rules}
    starts |= {one.valid_from for one in pack.framework.obligations}
    days = tuple(sorted(day for day in starts if day is not None and day > as_of))
    forms = tuple(program(pack, day) if compiled else None for day in (as_of, *days))
    return Regime(pack, as_of, days, forms)


def asked_at_home(home: Pack, answers: AnswerSet) -> frozenset[str]:
    """The questions that the home framework asks, or may still ask, for these answers."""
    situation = Situation(home, _values(answers), ())
    return frozenset(q for q in home.questions if situation.shown(q) != NO)


def row(one: Regime, answers: AnswerSet, home: frozenset[str]) -> Row:
    """One framework's view of the answers; `home`: questions that are asked anyway."""
    pack = one.pack
    own = replace(
        answers,
        answers={q: a for q, a in answers.answers.items() if q in pack.questions},
        followups=(),
    )
    found = settled(pack, _values(own), one.as_of, one.compiled[0])
    got = concluded(found, own, one.as_of, reasons=False, ready=None)
    open_ = tuple(o.question for o in got.open_questions)
    return Row(
        pack=pack,
        answers=own,
        assessment=got,
        why=_why(found.situation, got),
        notes=_holding(got, pack, ("note",)),
        flags=_holding(got, pack, ("indicator", "ask", "block")),
        extra=_extra(found.situation, own, home),
        waiting=tuple(q for q in open_ if q in home),
        coming=_coming(one, own, got),
    )


def item_states(one: Row) -> Mapping[str, State]:
    """Of each item with rules in force, below it too, the surest state of any of them."""
    states: dict[str, Truth] = {}
    for finding in one.assessment.findings:
        item = one.pack.rules[finding.rule].item
        while item is not None:
            states[item] = max(states.get(item, NO), STATES.index(finding.state))
            item = one.pack.items[item].parent
    return {item: STATES[truth] for item, truth in states.items()}


def _values(answers: AnswerSet) -> Mapping[str, Value]:
    return {q: answer.value for q, answer in answers.answers.items()}


def _why(situation: Situation, got: Assessment) -> tuple[Finding, ...]:
    """Findings that hold at the sure level, above the lowest; else those that may lift it highest."""
    scale = situation.pack.main_scale
    ends = ((got.tier.low, "holds"), (got.tier.high, "undecided"))
    for level, state in ends:
        place = 0 if level is None else scale.position(level)
        states = {f.rule: f for f in got.findings if f.state == state}
        found = [r for r in situation.rules if r.id in states and raised(r, scale) == place]
        if place and found:
            witnesses = Witnesses(situation)
            return tuple(_reasoned(states[r.id], r, witnesses) for r in found)
    return ()


def _reasoned(finding: Finding, rule: Rule, witnesses: Witnesses) -> Finding:
    situation, carried = witnesses.situation, witnesses.of_rule(rule)
    waits = blockers(situation, situation.effective(rule)) if finding.state == "undecided" else ()
    return replace(
        finding,
        witness={q: situation.values[q] for q in carried},
        open=tuple(q for q in situation.pack.questions if q in waits),
    )


def _holding(got: Assessment, pack: Pack, kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        f.rule for f in got.findings if f.state == "holds" and pack.rules[f.rule].flag in kinds
    )


def _extra(situation: Situation, own: AnswerSet, home: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        q
        for q, asked in situation.pack.questions.items()
        if q not in own.answers and q not in home and not asked.retired
        if situation.shown(q) == YES
    )


def _coming(one: Regime, own: AnswerSet, got: Assessment) -> tuple[Coming, ...]:
    found, known = [], {duty.obligation for duty in got.obligations}
    rules, main = one.pack.rules, one.pack.framework.main_scale
    for day, form in zip(one.days, one.compiled[1:], strict=True):
        later = settled(one.pack, _values(own), day, form)
        starting = [(r, t) for r, t in later.outcomes.items() if rules[r].valid_from == day]
        hold, may = (tuple(r for r, truth in starting if truth == t) for t in (YES, OPEN))
        imposed = (duty.obligation for duty in later.duties(day))
        duties = tuple(duty for duty in imposed if duty not in known)
        if hold or may or duties:
            found.append(Coming(day, later.level(main), hold, may, duties))
            known.update(duties)
    return tuple(found)
