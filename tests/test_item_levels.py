"""Each item lies between the highest level that is sure and the highest that is possible."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from risk_kit import answers, casework, catalogue
from risk_kit.assess import Work, assess
from risk_kit.item_levels import ItemLevels, item_groups
from risk_kit.model import AnswerSet

PACK: Final = catalogue.pack("tw-ai-risk")
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
DAY: Final = date(2026, 11, 22)
FLOOD: Final = casework.open_case(answers.read(SAMPLE))


def found(work: Work) -> dict[str, ItemLevels]:
    return {one.item.id: one for group in item_groups(work) for one in group.items}


def some(share: int) -> Work:
    """The sample with every so many answers alone."""
    kept = {q: a for n, (q, a) in enumerate(FLOOD.answers.answers.items()) if n % 6 < share}
    held = AnswerSet(kept)
    return Work(PACK, held, assess(PACK, held, DAY))


def test_the_groups_are_the_three_types() -> None:
    groups = item_groups(FLOOD)
    assert [(g.root.id, len(g.items)) for g in groups] == [("A", 8), ("B", 6), ("C", 6)]


def test_a_full_case_is_decided() -> None:
    levels = found(FLOOD)
    assert all(one.decided for one in levels.values())
    assert {name for name, one in levels.items() if one.high == 2} == {"A2", "A3", "A8", "B1"}
    assert levels["A1"].high is None


def test_without_answers_nothing_is_sure_and_all_is_possible() -> None:
    levels = found(some(0))
    assert all(one.low is None and one.high is not None for one in levels.values())
    assert not any(one.decided for one in levels.values())


@pytest.mark.parametrize("share", range(6))
def test_more_answers_never_widen(share: int) -> None:
    before, after = found(some(share)), found(some(share + 1))
    for name, one in after.items():
        assert (one.low or 0) >= (before[name].low or 0)
        assert (-1 if one.high is None else one.high) <= (
            -1 if before[name].high is None else before[name].high  # type: ignore[operator]
        )


def test_no_item_reaches_above_the_case() -> None:
    for share in range(7):
        work = some(share)
        top = work.pack.main_scale.position(work.assessment.tier.high or "minimal")
        assert max(one.high or 0 for one in found(work).values()) <= top
