"""Law 1: on full answers a condition means what plain logic says; one question is bounded exactly."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from hypothesis import given, settings
from hypothesis import strategies as st

from risk_kit import domain
from risk_kit.condition import Situation
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
    Term,
)
from risk_kit.model import Dimension, Pack, Points, Rule
from strategies import (
    SOME_TEXT,
    TODAY,
    Pool,
    Values,
    assessed,
    completions,
    conditions,
    domain_of,
    full_cases,
    pack_of,
    questions,
    rule,
    spans,
    terms,
)


class Plain:
    """Two-valued meaning over full answers, written without looking at the core."""

    def __init__(self, pack: Pack, values: Values) -> None:
        self.pack, self.values = pack, values
        self.rules = [one for one in pack.framework.rules if self._in_force(one)]

    @staticmethod
    def _in_force(one: Rule) -> bool:
        begun = one.valid_from is None or one.valid_from <= TODAY
        return begun and not one.retired and (one.valid_to is None or one.valid_to >= TODAY)

    def shown(self, question: str) -> bool:
        show = self.pack.questions[question].show
        return show is None or self.holds(show)

    def holds(self, condition: Condition) -> bool:
        match condition:
            case All(parts):
                return all(self.holds(part) for part in parts)
            case AnyOf(parts):
                return any(self.holds(part) for part in parts)
            case AtLeast(n, parts):
                return sum(self.holds(part) for part in parts) >= n
            case Not(part):
                return not self.holds(part)
            case Named(criterion):
                return self.holds(self.pack.criteria[criterion].when)
            case Score(dimension, threshold):
                marks = self.pack.dimensions[dimension].thresholds
                return self.score(dimension) >= next(t.at for t in marks if t.id == threshold)
            case Sum(found, low, high):
                total = sum(self.term(one) for one in found)
                return (low is None or total >= low) and (high is None or total <= high)
            case Pair(row, column, pairs):
                asked = self.shown(row) and self.shown(column)
                return asked and (self.values[row], self.values[column]) in pairs
        return self.shown(condition.question) and self._passes(condition)

    def _passes(self, leaf: Equals | Between | Chosen | Answered) -> bool:
        value = self.values[leaf.question]
        match leaf:
            case Equals(_, values):
                return value in values
            case Between(_, low, high):
                return (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]
            case Chosen(_, options, least, most):
                count = len(set(options) & set(value))  # type: ignore[arg-type]
                return count >= least and (most is None or count <= most)
        return True

    def term(self, term: Term) -> int:
        if not self.shown(term.question):
            return 0
        value = self.values[term.question]
        if isinstance(value, int):
            return value * term.times
        chosen = {value} if isinstance(value, str) else set(value)  # type: ignore[arg-type]
        return sum(weight * term.times for option, weight in term.weights if option in chosen)

    def counts(self, one: Rule) -> bool:
        return self._own(one) and not any(
            one.id in other.exempts and self._own(other) for other in self.rules
        )

    def _own(self, one: Rule) -> bool:
        return self.holds(one.when) and (one.unless is None or not self.holds(one.unless))

    def score(self, dimension: str) -> int:
        one = self.pack.dimensions[dimension]
        total = Fraction(
            sum(
                points.amount + sum(self.term(term) for term in points.terms)
                for rule in self.rules
                for points in rule.points
                if points.dimension == dimension and self.counts(rule)
            ),
            one.divide_by,
        )
        rounded = {
            "half_up": floor(total + Fraction(1, 2)),
            "down": floor(total),
            "up": ceil(total),
        }
        return min(max(rounded[one.rounding], one.minimum), one.maximum)

    def level(self, scale: str) -> int:
        position = self.pack.scales[scale].position
        rules = [one for one in self.rules if self.counts(one)]
        raised = [position(r.level) for one in rules for r in one.raises if r.scale == scale]
        return max(raised, default=0)


@settings(max_examples=80)
@given(full_cases())
def test_full_answers_mean_what_plain_logic_says(case: tuple[Pack, Values]) -> None:
    pack, values = case
    plain = Plain(pack, values)
    scope = pack.framework.applies is None or plain.holds(pack.framework.applies)
    expected = {("applies", ""): scope}
    expected |= {("rule", one.id): plain.counts(one) for one in plain.rules}
    expected |= {("score", one): plain.score(one) for one in pack.dimensions}
    if scope:
        expected |= {("scale", one): plain.level(one) for one in pack.scales}
    for duty in pack.obligations.values():
        due = any(duty.id in one.obliges and plain.counts(one) for one in plain.rules)
        valid = duty.valid_to is None or duty.valid_to >= TODAY
        expected["duty", duty.id] = scope and due and valid
    got = assessed(pack, values)
    assert spans(pack, got) == {key: (int(x), int(x)) for key, x in expected.items()}
    assert got.open_questions == ()
    assert got.not_needed == 0
    assert set(got.dormant) == {one for one in pack.questions if not plain.shown(one)}


@given(st.data())
def test_a_test_of_one_question_is_open_only_when_answers_differ(data: st.DataObject) -> None:
    one = data.draw(questions("q", 8))
    leaf = data.draw(conditions(Pool({"q": one}), depth=0))
    if not isinstance(leaf, Equals | Between | Chosen):
        return
    found = {domain.test(one, leaf, value) for value in domain_of(one)}
    expected = found.pop() if len(found) == 1 else domain.OPEN
    assert domain.test(one, leaf, None) == expected


@given(st.data())
def test_the_weights_of_one_question_never_add_up_beyond_its_answers(data: st.DataObject) -> None:
    one = data.draw(questions("q", 8))
    pool = Pool({"q": one})
    if not pool.of("one_of", "many_of", "whole_number"):
        return
    drawn = data.draw(st.lists(terms(pool), min_size=1, max_size=4))
    situations = [Situation(pack_of((one,), ()), {"q": v}, ()) for v in domain_of(one)]
    totals = [sum(situation.term(term)[0] for term in drawn) for situation in situations]
    (whole,) = domain.together(drawn)
    assert domain.term_range(one, whole, None) == (min(totals), max(totals))


@given(st.data())
def test_rules_on_one_question_score_no_more_than_its_answers_allow(data: st.DataObject) -> None:
    one = data.draw(questions("q", 3).filter(lambda q: q.kind in ("yes_no", "one_of")))
    pool = Pool({"q": one})
    weighed = terms(pool) if one.kind == "one_of" else st.nothing()
    rules = tuple(
        rule(
            f"r{place}",
            data.draw(conditions(pool, 1)),
            points=(
                Points("d", data.draw(st.integers(-3, 3)), tuple(data.draw(st.lists(weighed)))),
            ),
        )
        for place in range(data.draw(st.integers(1, 4)))
    )
    dimension = Dimension("d", SOME_TEXT, SOME_TEXT, -99, 99)
    pack = pack_of((one,), rules, dimensions=(dimension,))
    scores = [assessed(pack, full).dimensions[0].low for full in completions(pack, {})]
    (got,) = assessed(pack, {}).dimensions
    assert (got.low, got.high) == (min(scores), max(scores))
