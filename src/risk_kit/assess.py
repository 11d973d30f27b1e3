"""assess(pack, answers, as_of): the findings, ranges and open questions that follow from answers.

A pure function. A scale's range runs from the highest level that some rule *must* raise to the
highest that some rule still *may* raise; the worst finding wins, and file order never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias, TypeVar

from risk_kit.compile import Program
from risk_kit.compile_reasons import Ready
from risk_kit.condition import Situation, effective, in_force, raised, valid_on
from risk_kit.digest import answers_digest
from risk_kit.domain import NO, OPEN, YES, Range, Truth
from risk_kit.forms import AnyOf
from risk_kit.model import UNKNOWN, AnswerSet, Pack, Rule, Scale, Value
from risk_kit.reasons import Witnesses, blockers

_T = TypeVar("_T")
State: TypeAlias = Literal["holds", "undecided", "does_not_hold"]
STATES: tuple[State, State, State] = ("does_not_hold", "undecided", "holds")


@dataclass(frozen=True, slots=True)
class LevelRange:
    """Lowest and highest level a scale can still take; both None when out of scope.

    `in_scope` is false while the scope itself is open: the levels are then those it would take.
    """

    scale: str
    low: str | None
    high: str | None
    in_scope: bool = True

    @property
    def decided(self) -> bool:
        """The range has one value, and whether there is a level at all is settled."""
        return self.low == self.high and self.in_scope


@dataclass(frozen=True, slots=True)
class DimensionRange:
    """Lowest and highest score a dimension can still take, in its declared unit."""

    id: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's outcome. `witness`: the answers that carry it; `open`: what keeps it undecided.

    `exempted_by` names the rules that defeat it (or may, while undecided).
    """

    rule: str
    state: State
    witness: Mapping[str, Value]
    open: tuple[str, ...] = ()
    exempted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation that a rule imposes, and how surely."""

    obligation: str
    state: State
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question without an answer on which the tier still depends, most weighty first.

    `state`: unanswered, or unknown (asked, not asked again). `asked`: shown now, or shown depending
    on other answers. `level`: the highest level that an undecided rule reading it can raise;
    `rules`: how many such rules there are.
    """

    question: str
    state: Literal["unanswered", "unknown"]
    asked: bool
    level: str | None
    rules: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """What follows from one answer set under one pack on one day.

    `unanswered_as_none`: what was left open was taken as not asked (`assess_unanswered_as_none`).
    """

    framework: str
    version: str
    overlays: tuple[str, ...]
    pack_digest: str
    answers_digest: str
    as_of: date
    applies: State
    tier: LevelRange
    scales: tuple[LevelRange, ...]
    dimensions: tuple[DimensionRange, ...]
    findings: tuple[Finding, ...]
    obligations: tuple[Duty, ...]
    open_questions: tuple[OpenQuestion, ...]
    not_needed: int
    dormant: tuple[str, ...]
    unanswered_as_none: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A pack, an answer set under it, and the assessment that follows."""

    pack: Pack
    answers: AnswerSet
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Settled:
    """The first half of an assessment: what every rule in force comes to.

    `places`: of each scale, where its lowest and highest level stand; None when out of scope.
    """

    situation: Situation
    outcomes: Mapping[str, Truth]
    applies: Truth
    places: Mapping[str, Range | None]

    def level(self, scale: str) -> LevelRange:
        """The range of a scale."""
        return _level(self.situation.pack.scales[scale], self.places[scale], self.applies)

    def duties(self, as_of: date) -> tuple[Duty, ...]:
        """The obligations that rules impose, or may impose, and that are valid on the day."""
        return _duties(self.situation, self.outcomes, self.applies, as_of)


def settled(
    pack: Pack, values: Mapping[str, Value], as_of: date, ready: Ready | Program | None = None
) -> Settled:
    """What every rule in force comes to; `ready` as in `assess`. Raises ValueError likewise."""
    if ready is None:
        walk = Situation(pack, values, in_force(pack, as_of))
        truths = {rule.id: walk.outcome(rule) for rule in walk.rules}
        applies = _applies(walk)
        places = {one.id: _places(walk.rules, truths, one, applies) for one in pack.scales.values()}
        return Settled(walk, truths, applies, places)
    program = ready.program if isinstance(ready, Ready) else ready
    if (program.pack.digest, program.as_of) != (pack.digest, as_of):
        raise ValueError("made ready for another pack or day")
    outcome = program.run(values)
    shown = _named(pack.questions, outcome.shown)
    scores = _named(pack.dimensions, outcome.scores)
    situation = Situation(pack, values, program.rules, shown, scores)
    truths = _named((rule.id for rule in program.rules), outcome.truths)
    return Settled(situation, truths, outcome.applies, _named(pack.scales, outcome.levels))


def _named(names: Iterable[str], values: Iterable[_T]) -> dict[str, _T]:
    return dict(zip(names, values, strict=True))


def assess(
    pack: Pack,
    answers: AnswerSet,
    as_of: date,
    *,
    reasons: bool = True,
    ready: Ready | Program | None = None,
) -> Assessment:
    """Assess `answers` under `pack` as of a day. Total: never raises for checked packs and answers.

    Without `reasons` findings tell their state alone, which is faster. `ready`, made for that pack
    and day, gives the same result sooner (a bare program all but the reasons); raises ValueError
    when it was made for others.
    """
    values = {q: a.value for q, a in answers.answers.items()}
    found = settled(pack, values, as_of, ready)
    return concluded(found, answers, as_of, reasons=reasons, ready=ready)


def concluded(
    found: Settled,
    answers: AnswerSet,
    as_of: date,
    *,
    reasons: bool,
    ready: Ready | Program | None,
) -> Assessment:
    """The assessment that follows from what is `settled` for these answers, with the same `ready`."""
    situation, outcomes, pack = found.situation, found.outcomes, found.situation.pack
    scales = tuple(found.level(one.id) for one in pack.framework.scales)
    tier = next(one for one in scales if one.scale == pack.framework.main_scale)
    missing = _open_questions(found, answers, tier)
    return Assessment(
        framework=pack.framework.id,
        version=pack.framework.version,
        overlays=pack.overlays,
        pack_digest=pack.digest,
        answers_digest=answers_digest(answers),
        as_of=as_of,
        applies=STATES[found.applies],
        tier=tier,
        scales=scales,
        dimensions=_scores(situation),
        findings=_findings(situation, outcomes, ready) if reasons else _states(outcomes),
        obligations=found.duties(as_of),
        open_questions=missing,
        not_needed=_not_needed(situation, missing),
        dormant=tuple(
            q for q in pack.questions if q in situation.values and situation.shown(q) == NO
        ),
    )


def main_tier(program: Program, values: Mapping[str, Value]) -> LevelRange:
    """The tier alone, from the compiled form of a pack on a day: for lists of many cases."""
    outcome, scale = program.run(values), program.pack.main_scale
    places = outcome.levels[list(program.pack.scales).index(scale.id)]
    return _level(scale, places, outcome.applies)


def assess_unanswered_as_none(pack: Pack, answers: AnswerSet, as_of: date) -> Assessment:
    """Assess as if no open question had been asked: every test on it is false, it adds nothing.

    The one place where a blank counts as nothing, for methods that score so; the result says it.
    """
    given = {q for q, answer in answers.answers.items() if answer.value is not UNKNOWN}
    never = AnyOf(())
    asked = pack.questionnaire
    questions = tuple(q if q.id in given else replace(q, show=never) for q in asked.questions)
    held = replace(pack, questionnaire=replace(asked, questions=questions))
    return replace(assess(held, answers, as_of), unanswered_as_none=True)


def _applies(situation: Situation) -> Truth:
    applies = situation.pack.framework.applies
    return YES if applies is None else situation.truth(applies)


def _places(
    rules: Iterable[Rule], outcomes: Mapping[str, Truth], scale: Scale, applies: Truth
) -> Range | None:
    """Where the lowest and the highest level stand that the rules leave open."""
    if applies == NO:
        return None
    low = high = 0
    for rule in rules:
        place = raised(rule, scale)
        low = max(low, place) if outcomes[rule.id] == YES else low
        high = max(high, place) if outcomes[rule.id] != NO else high
    return low, high


def _level(scale: Scale, places: Range | None, applies: Truth) -> LevelRange:
    if places is None:
        return LevelRange(scale.id, None, None)
    low, high = (scale.levels[place].id for place in places)
    return LevelRange(scale.id, low, high, in_scope=applies == YES)


def _scores(situation: Situation) -> tuple[DimensionRange, ...]:
    """The dimensions, then the scores derived from them."""
    framework = situation.pack.framework
    made = tuple(DimensionRange(one.id, *situation.derived(one)) for one in framework.derived)
    return tuple(DimensionRange(d, *situation.score(d)) for d in situation.pack.dimensions) + made


def _states(outcomes: Mapping[str, Truth]) -> tuple[Finding, ...]:
    return tuple(Finding(rule, STATES[truth], {}) for rule, truth in outcomes.items())


def _findings(
    situation: Situation, outcomes: Mapping[str, Truth], ready: Ready | Program | None
) -> tuple[Finding, ...]:
    walk, truths = Witnesses(situation).of_rule, tuple(outcomes.values())
    carried = (
        map(walk, situation.rules)
        if not isinstance(ready, Ready)
        else ready.witnesses(situation.values, truths, walk)
    )
    pairs = zip(situation.rules, carried, strict=True)
    return tuple(_finding(situation, rule, outcomes, some) for rule, some in pairs)


def _finding(
    situation: Situation, rule: Rule, outcomes: Mapping[str, Truth], carried: Iterable[str]
) -> Finding:
    exempt = [one.id for one in situation.exempters[rule.id] if outcomes[one.id] != NO]
    if exempt and situation.truth(effective(rule, ())) == NO:
        exempt = []
    waits = blockers(situation, situation.effective(rule)) if outcomes[rule.id] == OPEN else ()
    return Finding(
        rule=rule.id,
        state=STATES[outcomes[rule.id]],
        witness={question: situation.values[question] for question in carried},
        open=tuple(question for question in situation.pack.questions if question in waits),
        exempted_by=tuple(exempt),
    )


def _duties(
    situation: Situation, outcomes: Mapping[str, Truth], applies: Truth, as_of: date
) -> tuple[Duty, ...]:
    imposing: dict[str, list[str]] = {}
    for rule in situation.rules:
        if outcomes[rule.id] != NO:
            for name in dict.fromkeys(rule.obliges):
                imposing.setdefault(name, []).append(rule.id)
    duties = []
    for duty in situation.pack.framework.obligations:
        if rules := imposing.get(duty.id):
            truth = min(max(outcomes[rule] for rule in rules), applies)
            if truth != NO and valid_on(duty, as_of):
                duties.append(Duty(duty.id, STATES[truth], tuple(rules)))
    return tuple(duties)


def _open_questions(
    found: Settled, answers: AnswerSet, tier: LevelRange
) -> tuple[OpenQuestion, ...]:
    """Unanswered questions that an undecided rule above the sure level, or the scope, waits for."""
    if tier.low is None:
        return ()
    situation, scale = found.situation, found.situation.pack.main_scale
    sure = scale.position(tier.low)
    stakes: dict[str, list[int]] = {}
    for rule in situation.rules:
        if found.outcomes[rule.id] == OPEN and (place := raised(rule, scale)) > sure:
            for question in blockers(situation, situation.effective(rule)):
                stakes.setdefault(question, []).append(place)
    scope = situation.pack.framework.applies
    for question in blockers(situation, scope) if scope is not None else ():
        stakes.setdefault(question, []).append(len(scale.levels))
    waiting = [_open(situation, q, places, answers) for q, places in stakes.items()]
    order = {question: place for place, question in enumerate(situation.pack.questions)}
    waiting.sort(key=lambda o: (not o.asked, *_weight(stakes[o.question]), order[o.question]))
    return tuple(waiting)


def _weight(places: list[int]) -> tuple[int, int]:
    return -max(places), -len(places)


def _open(
    situation: Situation, question: str, places: list[int], answers: AnswerSet
) -> OpenQuestion:
    levels = situation.pack.main_scale.levels
    highest, given = max(places), answers.answers.get(question)
    return OpenQuestion(
        question=question,
        state="unknown" if given is not None and given.value is UNKNOWN else "unanswered",
        asked=situation.shown(question) == YES,
        level=levels[highest].id if highest < len(levels) else None,
        rules=len(places),
    )


def _not_needed(situation: Situation, missing: tuple[OpenQuestion, ...]) -> int:
    """How many shown, unanswered questions cannot change the tier any more."""
    needed = {one.question for one in missing}
    return sum(
        1
        for q in situation.pack.questions
        if q not in situation.values and q not in needed and situation.shown(q) == YES
    )
