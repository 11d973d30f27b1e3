"""Writes the functions of `risk_kit.compile`: statements in the order in which results are needed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from risk_kit import domain
from risk_kit.compile_arithmetic import (
    Ends,
    add_points,
    at_least_zero,
    at_most_zero,
    quotient,
    with_zero,
)
from risk_kit.compile_facts import Facts, pair_table, weigher
from risk_kit.compile_nodes import (
    FALSE,
    TRUE,
    Expression,
    add_to,
    bits,
    call,
    choose,
    compare,
    const,
    counted,
    every,
    function,
    item,
    member,
    name,
    negate,
    put,
    refuse,
    result,
    row,
    some,
    total,
    when,
)
from risk_kit.compile_points import Group, points_of
from risk_kit.compile_tables import Test, Tests, tests_of
from risk_kit.condition import raised
from risk_kit.domain import NO, OPEN, YES, Range
from risk_kit.forms import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Condition,
    Named,
    Not,
    Pair,
    Score,
    Sum,
    Term,
)
from risk_kit.model import UNKNOWN, Dimension, Question, Rule

End: TypeAlias = int
SURE: Final[End] = 0
MAY: Final[End] = 1


class Writer:
    """One generated function. Each result gets a local once, before the first that needs it.

    Locals: `v` answer, `a`/`b` masks of the tests that surely/possibly hold, `s`/`z` surely/possibly
    shown, `c`/`k` criterion surely/possibly, `t` truth of a rule, `o` of an exempting rule by
    itself, `x`/`y` lowest/highest points, `l`/`h` score, `p`/`q` ends of a term. `full`: everything
    is answered, so that surely and possibly are one.
    """

    def __init__(self, facts: Facts, *, full: bool) -> None:
        self.pack = facts.pack
        self.rules = facts.rules
        self.full = full
        self.body: list[ast.stmt] = []
        self.known: dict[str, Any] = {"UNKNOWN": UNKNOWN, "KeyError": KeyError}
        self._place = {q: i for i, q in enumerate(self.pack.questions)}
        self._exempters = facts.exempters
        self._tests = facts.tests
        self._groups = facts.groups
        self._grouped = {rule.id for group in facts.groups for rule, _ in group.rules}
        self._done: dict[Any, Any] = {}

    def function(self, outcome: type[Any]) -> Callable[[Any], Any]:
        """The function from values to an outcome."""
        for i, _ in enumerate(self.pack.framework.dimensions):
            self.body += [put(f"x{i}", const(0)), put(f"y{i}", const(0))]
        if not self.full:
            self.body.append(put("get", member(name("values"), "get")))
        for question in self.pack.questions.values():
            if question.show is None and question.id in self._tests:
                self._answer(question)
        for place in range(len(self.rules)):
            self._rule(place)
        found = call(
            name("Outcome"),
            row([name(f"t{i}") for i in range(len(self.rules))]),
            self._applies(),
            row([self._levels(scale.id) for scale in self.pack.framework.scales]),
            row([row(self._score(d)) for d in self.pack.dimensions]),
            row([self._shown_truth(q) for q in self.pack.questions]),
        )
        self.body.append(result(found))
        self.known["Outcome"] = outcome
        return function(
            "assess_full" if self.full else "assess_partial", "values", self.body, self.known
        )

    # -- conditions ----------------------------------------------------------------------------------

    def truth(self, condition: Condition, end: End) -> Expression:
        """True when the condition surely (`SURE`) or possibly (`MAY`) holds."""
        match condition:
            case All(parts):
                return every([self.truth(p, end) for p in parts])
            case AnyOf(parts):
                return some([self.truth(p, end) for p in parts])
            case Not(part):
                return negate(self.truth(part, 1 - end))
            case AtLeast(n, parts):
                return counted([self.truth(p, end) for p in parts], n)
            case Named(criterion):
                return name(self._criterion(criterion)[0 if self.full else end])
            case Score(dimension, threshold):
                marks = {one.id: one.at for one in self.pack.dimensions[dimension].thresholds}
                score = self._score(dimension)[end]
                return compare(score, ast.GtE(), const(marks[threshold]))
            case Sum(terms, low, high):
                return self._sum(terms, low, high, end)
            case Pair():
                return self._matrix(condition, end)
            case _:
                return self._test(self.pack.questions[condition.question], condition, end)

    def _test(self, question: Question, test: Test, end: End) -> Expression:
        tests, place = self._tests[question.id], self._place[question.id]
        bit = tests.bits[test]
        if not tests.possible & bit:
            return const(FALSE)
        if tests.sure & bit and not isinstance(test, Answered):
            return self._shown(question)[end]
        self._answer(question)
        return bits(name(f"a{place}" if end == SURE or self.full else f"b{place}"), bit)

    def _sum(
        self, terms: Sequence[Term], low: int | None, high: int | None, end: End
    ) -> Expression:
        if low is not None and high is not None and low > high:
            return const(FALSE)
        first, last = self._total(terms)
        if end == MAY:
            first, last = last, first
        reaches = [compare(first, ast.GtE(), const(low))] if low is not None else []
        stays = [compare(last, ast.LtE(), const(high))] if high is not None else []
        return every([*reaches, *stays])

    def _matrix(self, pair: Pair, end: End) -> Expression:
        row_, column = self.pack.questions[pair.row], self.pack.questions[pair.column]
        if ("pair", pair) not in self._done:
            mine = f"m{len(self.known)}"
            self._done["pair", pair] = mine
            self.known[mine.upper()] = pair_table(row_, column, pair)
            for one in (row_, column):
                self._answer(one)
            inner = item(name(mine.upper()), name(f"v{self._place[row_.id]}"))
            self.body.append(put(mine, item(inner, name(f"v{self._place[column.id]}"))))
        found = name(self._done["pair", pair])
        holds = compare(found, ast.Eq(), const(YES)) if end == SURE else found
        return every([holds, self._shown(row_)[end], self._shown(column)[end]])

    def _criterion(self, criterion: str) -> tuple[str, str]:
        key = ("criterion", criterion)
        if key not in self._done:
            when_ = self.pack.criteria[criterion].when
            sure, may = self.truth(when_, SURE), self.truth(when_, MAY)
            place = len(self._done)
            self._done[key] = (f"c{place}", f"k{place}")
            self.body.append(put(f"c{place}", sure))
            if not self.full:
                self.body.append(put(f"k{place}", some([name(f"c{place}"), may])))
        found: tuple[str, str] = self._done[key]
        return found

    # -- questions -----------------------------------------------------------------------------------

    def _shown(self, question: Question) -> Ends:
        if question.show is None:
            return const(TRUE), const(TRUE)
        place, key = self._place[question.id], ("shown", question.id)
        if key not in self._done:
            sure, may = self.truth(question.show, SURE), self.truth(question.show, MAY)
            self._done[key] = True
            self.body.append(put(f"s{place}", sure))
            if not self.full:
                self.body.append(put(f"z{place}", some([name(f"s{place}"), may])))
        return name(f"s{place}"), name(f"s{place}" if self.full else f"z{place}")

    def _shown_truth(self, question: str) -> Expression:
        return self._three(*self._shown(self.pack.questions[question]))

    def _answer(self, question: Question) -> None:
        """The answer and the masks of its tests."""
        place, key = self._place[question.id], ("answer", question.id)
        if key in self._done:
            return
        sure, _ = self._shown(question)
        self._done[key] = True
        tests = self._tests.get(question.id) or tests_of(question, ())
        if self.full:
            self._full_answer(question, tests)
        else:
            self._open_answer(question, tests)
        if question.show is not None:
            hide: list[ast.stmt] = [put(f"a{place}", const(0))]
            if not self.full:
                hide += when(negate(name(f"z{place}")), [put(f"b{place}", const(0))], [])
            self.body += when(negate(sure), hide, [])

    def _full_answer(self, question: Question, tests: Tests) -> None:
        place = self._place[question.id]
        self.body.append(put(f"v{place}", item(name("values"), const(question.id))))
        if tests.table is None:
            is_open = self._is_open(name(f"v{place}"))
            self.body += when(is_open, [refuse("KeyError")], [])
        self.body.append(put(f"a{place}", self._mask(place, tests)))

    def _open_answer(self, question: Question, tests: Tests) -> None:
        place = self._place[question.id]
        value, masks = name(f"v{place}"), (f"a{place}", f"b{place}")
        self.body.append(put(f"v{place}", call(name("get"), const(question.id))))
        either = (tests.sure, tests.possible)
        if tests.table is not None:
            both = {answer: (mask, mask) for answer, mask in tests.table.items()}
            self.known[f"D{place}"] = both | {None: either, UNKNOWN: either}
            self.body.append(put(masks, item(name(f"D{place}"), value)))
            return
        one = [put(masks[0], self._mask(place, tests)), put(masks[1], name(masks[0]))]
        none = [put(masks[0], const(either[0])), put(masks[1], const(either[1]))]
        self.body += when(self._is_open(value), none, one)

    def _mask(self, place: int, tests: Tests) -> Expression:
        self.known[f"F{place}"] = tests.mask if tests.table is None else tests.table
        if tests.table is not None:
            return item(name(f"F{place}"), name(f"v{place}"))
        return call(name(f"F{place}"), name(f"v{place}"))

    def _is_open(self, value: Expression) -> Expression:
        nothing = compare(value, ast.Is(), const(None))
        return some([nothing, compare(value, ast.Is(), name("UNKNOWN"))])

    # -- rules ---------------------------------------------------------------------------------------

    def _holds(self, rule: Rule, end: End) -> Expression:
        """The rule by itself, no exemption counted."""
        own = self.truth(rule.when, end)
        return (
            own if rule.unless is None else every([own, negate(self.truth(rule.unless, 1 - end))])
        )

    def _exempting(self, rule: Rule) -> str:
        key = ("exempting", rule.id)
        if key not in self._done:
            truth = self._three(self._holds(rule, SURE), self._holds(rule, MAY))
            self._done[key] = f"o{len(self._done)}"
            self.body.append(put(self._done[key], truth))
        return str(self._done[key])

    def _counts(self, rule: Rule, end: End) -> Expression:
        """The rule, and nothing that exempts it."""
        spared = [self._exempting(one) for one in self._exempters[rule.id]]
        free = [
            negate(name(one)) if end == SURE else compare(name(one), ast.NotEq(), const(YES))
            for one in spared
        ]
        return every([*free, self._holds(rule, end)])

    def _rule(self, place: int) -> None:
        rule = self.rules[place]
        if ("rule", rule.id) in self._done:
            return
        spans: dict[int, Ends] = {}
        if rule.id not in self._grouped:
            for i, dimension in enumerate(self.pack.dimensions):
                if any(one.dimension == dimension for one in rule.points):
                    spans[i] = self._span(rule, dimension)
        sure, may = self._counts(rule, SURE), self._counts(rule, MAY)
        self._done["rule", rule.id] = True
        if not spans:
            self.body.append(put(f"t{place}", self._three(sure, may)))
            return
        truth = f"t{place}"
        yes = [
            put(truth, const(YES)),
            *(one for i, ends in spans.items() for one in add_points(i, *ends)),
        ]
        no = [put(truth, const(NO))]
        if not self.full:
            half = [one for i, ends in spans.items() for one in add_points(i, *with_zero(ends))]
            no = when(may, [put(truth, const(OPEN)), *half], no)
        self.body += when(sure, yes, no)

    def _span(self, rule: Rule, dimension: str) -> Ends:
        amount, terms = points_of(rule, dimension)
        if not terms:
            return const(amount), const(amount)
        low, high = self._total(terms)
        first = f"p{len(self._done)}"
        last = f"q{len(self._done)}"
        self._done["span", rule.id, dimension] = True
        self.body.append(put(first, total([low, const(amount)])))
        self.body.append(put(last, total([high, const(amount)])))
        return name(first), name(last)

    def _three(self, sure: Expression, may: Expression) -> Expression:
        rest = const(NO) if self.full else choose(may, const(OPEN), const(NO))
        return choose(sure, const(YES), rest)

    def _applies(self) -> Expression:
        scope = self.pack.framework.applies
        truth = (
            const(YES)
            if scope is None
            else self._three(self.truth(scope, SURE), self.truth(scope, MAY))
        )
        self.body.append(put("applies", truth))
        return name("applies")

    def _levels(self, scale: str) -> Expression:
        steps = self.pack.scales[scale]
        by_level: dict[int, list[int]] = {}
        for i, rule in enumerate(self.rules):
            by_level.setdefault(raised(rule, steps), []).append(i)
        low = high = const(0)
        for place, rules in sorted(by_level.items()):
            if place:
                surely = [compare(name(f"t{i}"), ast.Eq(), const(YES)) for i in rules]
                low = choose(some(surely), const(place), low)
                high = choose(some([name(f"t{i}") for i in rules]), const(place), high)
        if self.full:
            highest = f"n{list(self.pack.scales).index(scale)}"
            self.body.append(put(highest, high))
            low = high = name(highest)
        inside = row([low, high])
        return (
            inside
            if self.pack.framework.applies is None
            else choose(name("applies"), inside, const(None))
        )

    # -- sums and scores -----------------------------------------------------------------------------

    def _total(self, terms: Sequence[Term]) -> Ends:
        ends = [self._term(term) for term in domain.together(terms)]
        return total([low for low, _ in ends]), total([high for _, high in ends])

    def _term(self, term: Term) -> Ends:
        key = ("term", term)
        if key not in self._done:
            question = self.pack.questions[term.question]
            self._answer(question)
            self._done[key] = (f"p{len(self._done)}", f"q{len(self._done)}")
            self._write_term(question, term, self._done[key])
        first, last = self._done[key]
        return name(first), name(last)

    def _write_term(self, question: Question, term: Term, ends: tuple[str, str]) -> None:
        value = name(f"v{self._place[question.id]}")
        table = f"W{ends[0]}"
        either = domain.term_range(question, term, None)
        if question.kind in ("yes_no", "one_of"):
            known = {v: domain.term_range(question, term, v) for v in domain.choices(question)}
            self.known[table] = {**known, None: either, UNKNOWN: either}
            found: list[ast.stmt] = [put(ends, item(name(table), value))]
        else:
            self.known[table] = weigher(question, term)
            one = [put(ends[0], call(name(table), value)), put(ends[1], name(ends[0]))]
            none = [put(end, const(edge)) for end, edge in zip(ends, either, strict=True)]
            found = one if self.full else when(self._is_open(value), none, one)
        self.body += found
        self._hide_term(question, ends)

    def _hide_term(self, question: Question, ends: tuple[str, str]) -> None:
        sure, may = self._shown(question)
        zero = [put(end, const(0)) for end in ends]
        low, high = name(ends[0]), name(ends[1])
        hull = [put(ends[0], at_most_zero(low)), put(ends[1], at_least_zero(high))]
        hidden = zero if self.full else when(may, hull, zero)
        self.body += when(negate(sure), hidden, [])

    def _score(self, dimension: str) -> Ends:
        key = ("score", dimension)
        place = list(self.pack.dimensions).index(dimension)
        if key not in self._done:
            for i, rule in enumerate(self.rules):
                if any(one.dimension == dimension for one in rule.points):
                    self._rule(i)
            for group in self._groups:
                if group.dimension == dimension:
                    self._group(group, place)
            self._done[key] = True
            self._settle(self.pack.dimensions[dimension], place)
        return name(f"l{place}"), name(f"l{place}" if self.full else f"h{place}")

    def _group(self, group: Group, place: int) -> None:
        question = group.question
        self._answer(question)
        sure, may = self._shown(question)
        answers = [*domain.choices(question), *([] if self.full else [None])]
        tables = []
        for shown in (NO, OPEN, YES):
            known: dict[Any, Range] = {v: group.span(v, shown) for v in answers}
            tables.append(known if self.full else {**known, UNKNOWN: known[None]})
        holder = f"G{len(self.known)}"
        self.known[holder] = tables[YES] if question.show is None else tuple(tables)
        value = name(f"v{self._place[question.id]}")
        chosen = name(holder)
        if question.show is not None:
            chosen = item(chosen, self._three(sure, may))
        self.body.append(put(("low", "high"), item(chosen, value)))
        self.body += [add_to(f"x{place}", name("low")), add_to(f"y{place}", name("high"))]

    def _settle(self, one: Dimension, place: int) -> None:
        """Divide, round and keep inside the bounds."""
        for points, score in ((f"x{place}", f"l{place}"), (f"y{place}", f"h{place}")):
            self.body.append(put(score, quotient(name(points), one)))
            inside = choose(
                compare(name(score), ast.Gt(), const(one.maximum)), const(one.maximum), name(score)
            )
            below = compare(name(score), ast.Lt(), const(one.minimum))
            self.body.append(put(score, choose(below, const(one.minimum), inside)))
            if self.full:
                break
