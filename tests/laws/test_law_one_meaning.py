"""Law 1: walking the tree is the meaning; every faster form gives the same on any answers."""

from __future__ import annotations

from hypothesis import given

from risk_kit import compile as compiled
from risk_kit import planes
from risk_kit.assess import STATES, assess
from risk_kit.model import Answer, AnswerSet, Pack, Value
from strategies import TODAY, full_cases, partial_cases


def agree(pack: Pack, values: dict[str, Value]) -> None:
    """The assessment, the compiled form and the planes tell one story."""
    answers = AnswerSet({question: Answer(value) for question, value in values.items()})
    walked = assess(pack, answers, TODAY)
    single = compiled.program(pack, TODAY).run(values)
    assert [STATES[truth] for truth in single.truths] == [one.state for one in walked.findings]
    assert STATES[single.applies] == walked.applies
    assert list(single.scores) == [(one.low, one.high) for one in walked.dimensions]
    for span, scale in zip(single.levels, walked.scales, strict=True):
        names = [level.id for level in pack.scales[scale.scale].levels]
        ends = (None, None) if span is None else tuple(names[place] for place in span)
        assert ends == (scale.low, scale.high)
    many = planes.plane_program(pack, TODAY)
    tiers = many.run(many.columns([values]), 1)
    tier = single.levels[list(pack.scales).index(pack.main_scale.id)]
    assert (tiers.low[0], tiers.high[0]) == (tier or (planes.OUTSIDE, planes.OUTSIDE))


@given(partial_cases())
def test_partial_answers_have_one_meaning(case: tuple[Pack, dict[str, Value]]) -> None:
    agree(*case)


@given(full_cases())
def test_full_answers_have_one_meaning(case: tuple[Pack, dict[str, Value]]) -> None:
    agree(*case)
