"""Items, criteria, questions, obligations, sources and parameters as rows of the rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from risk_kit import wording
from risk_kit.forms import Condition
from risk_kit.model import Cite, Criterion, Item, Obligation, Parameter, Question, Source, by_id
from risk_kit.rulebook_clauses import criteria_in
from risk_kit.rulebook_rows import (
    CriterionRow,
    ItemRow,
    ObligationRow,
    ParameterRow,
    QuestionRow,
    Reference,
    SourceRow,
)
from risk_kit.rulebook_told import Teller

_Uses = Mapping[str, tuple[Reference, ...]]


def items(teller: Teller) -> tuple[ItemRow, ...]:
    """Every provision, with its parent and what it gathers."""
    return tuple(_item(teller, one) for one in teller.pack.framework.items)


def _item(teller: Teller, one: Item) -> ItemRow:
    known = teller.pack.items
    parent = known.get(one.parent or "")
    return ItemRow(
        id=one.id,
        title=teller.of(one.title),
        parent=teller.ref(parent) if parent is not None else None,
        gathers=tuple(teller.ref(known[name]) for name in one.gathers if name in known),
        citations=teller.cites(one.cites),
        basis=one.basis,
        basis_words=teller.basis(one.basis),
        verified=one.verified,
        verified_words=teller.verified(yes=one.verified),
        origin=teller.origin("items", one.id),
    )


def criteria(teller: Teller) -> tuple[CriterionRow, ...]:
    """Every criterion, with the rules, criteria and questions that name it."""
    uses = _grouped(_naming(teller))
    return tuple(_criterion(teller, one, uses) for one in teller.pack.framework.criteria)


def _criterion(teller: Teller, one: Criterion, uses: _Uses) -> CriterionRow:
    told = teller.clause(one.when)
    return CriterionRow(
        id=one.id,
        title=teller.of(one.title),
        condition=told,
        names=criteria_in(told),
        used_by=uses.get(one.id, ()),
        origin=teller.origin("criteria", one.id),
    )


def _naming(teller: Teller) -> Iterator[tuple[str, Reference]]:
    """(criterion, who names it)."""
    users: list[tuple[Reference, tuple[Condition | None, ...]]] = [
        (teller.ref(rule), (rule.when, rule.unless)) for rule in teller.pack.framework.rules
    ]
    users += [(teller.ref(one), (one.when,)) for one in teller.pack.framework.criteria]
    users += [
        (Reference(one.id, teller.of(one.label)), (one.show,))
        for one in teller.pack.questionnaire.questions
    ]
    for user, conditions in users:
        told = (teller.clause(one) for one in conditions if one is not None)
        for name in dict.fromkeys(name for one in told for name in criteria_in(one)):
            yield name, user


def _grouped(pairs: Iterator[tuple[str, Reference]]) -> _Uses:
    found: dict[str, list[Reference]] = {}
    for name, user in pairs:
        found.setdefault(name, []).append(user)
    return {name: tuple(users) for name, users in found.items()}


def questions(teller: Teller) -> tuple[QuestionRow, ...]:
    """Every question, in the order in which they are asked."""
    return tuple(_question(teller, one) for one in teller.pack.questionnaire.questions)


def _question(teller: Teller, one: Question) -> QuestionRow:
    section = by_id(teller.pack.questionnaire.sections)[one.section]
    steps = dict(teller.pack.framework.steps)
    asked = one.show is not None and not one.retired
    return QuestionRow(
        id=one.id,
        label=teller.of(one.label),
        kind=teller.say("day_kind" if one.kind == "date" else one.kind),
        options=tuple(teller.of(option.label) for option in one.options),
        section=teller.of(section.title),
        step=teller.of(steps.get(section.step)),
        shown=teller.clause(one.show) if asked and one.show is not None else None,
        why=teller.of(one.why),
        explained=teller.of(one.help),
        example_yes=teller.of(one.example_yes),
        example_no=teller.of(one.example_no),
        evidence=teller.of(one.evidence),
        citations=teller.cites(one.cites),
        basis=one.basis,
        basis_words=teller.basis(one.basis),
        answered_by=teller.say(one.answered_by) if one.answered_by else "",
        phase=teller.say(one.phase) if one.phase else "",
        traits=tuple(_traits(teller, one)),
        retired=one.retired,
        origin=teller.origin("questions", one.id),
    )


def _traits(teller: Teller, one: Question) -> Iterator[str]:
    yield teller.say("judgement" if one.judgement else "fact")
    if one.changeable:
        yield teller.say("changeable")
    if one.retired:
        yield teller.say("retired")


def obligations(teller: Teller) -> tuple[ObligationRow, ...]:
    """Every duty, with the rules that impose it."""
    pairs = ((duty, teller.ref(r)) for r in teller.pack.framework.rules for duty in r.obliges)
    uses = _grouped(pairs)
    return tuple(_obligation(teller, one, uses) for one in teller.pack.framework.obligations)


def _obligation(teller: Teller, one: Obligation, uses: _Uses) -> ObligationRow:
    return ObligationRow(
        id=one.id,
        text=teller.of(one.text),
        roles=tuple(wording.say(role, teller.language) for role in one.roles),
        citations=teller.cites(one.cites),
        basis=one.basis,
        basis_words=teller.basis(one.basis),
        verified=one.verified,
        verified_words=teller.verified(yes=one.verified),
        validity=teller.validity(one.valid_from, one.valid_to),
        imposed_by=uses.get(one.id, ()),
        origin=teller.origin("obligations", one.id),
    )


def sources(teller: Teller) -> tuple[SourceRow, ...]:
    """Every document, with how many rules, duties, items and questions cite it."""
    framework = teller.pack.framework
    lists = [
        *(rule.cites for rule in framework.rules),
        *(duty.cites for duty in framework.obligations),
        *(item.cites for item in framework.items),
        *(asked.cites for asked in teller.pack.questionnaire.questions),
    ]
    return tuple(_source(teller, one, lists) for one in framework.sources)


def _source(teller: Teller, one: Source, lists: list[tuple[Cite, ...]]) -> SourceRow:
    return SourceRow(
        id=one.id,
        title=teller.of(one.title),
        issuer=teller.of(one.issuer),
        number=one.number,
        date=teller.day(one.date),
        address=one.url,
        force=wording.say(one.force, teller.language),
        validity=teller.validity(one.valid_from, one.valid_to),
        verified=one.verified,
        checked=wording.checked(one, teller.language) or teller.basis("toolkit"),
        cited=sum(any(cite.source == one.id for cite in cites) for cites in lists),
        origin=teller.origin("sources", one.id),
    )


def parameters(teller: Teller) -> tuple[ParameterRow, ...]:
    """Every number that an overlay may or may not set."""
    return tuple(_parameter(teller, one) for one in teller.pack.framework.parameters)


def _parameter(teller: Teller, one: Parameter) -> ParameterRow:
    return ParameterRow(
        id=one.id,
        title=teller.of(one.title),
        value=one.value,
        minimum=one.minimum,
        maximum=one.maximum,
        tunable=one.tunable,
        who=teller.say("who_overlay" if one.tunable else "who_nobody"),
        origin=teller.origin("parameters", one.id),
    )
