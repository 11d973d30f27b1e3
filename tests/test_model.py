"""Look-ups of the model, and that its values cannot be changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from risk_kit.forms import All
from risk_kit.model import UNKNOWN, by_id
from strategies import LEVELS, MAIN, answer_set, pack_of, question, rule

PACK = pack_of((question("b"), question("a")), (rule("r", All(()), "high"),))


def test_a_scale_knows_the_place_of_its_levels() -> None:
    assert [MAIN.position(one) for one in LEVELS] == [0, 1, 2, 3]
    with pytest.raises(ValueError, match="none"):
        MAIN.position("none")


def test_a_pack_looks_up_by_id_in_the_order_given() -> None:
    assert list(PACK.questions) == ["b", "a"]
    assert PACK.rules["r"].raises[0].level == "high"
    assert PACK.main_scale == PACK.scales["tier"]
    assert set(PACK.sources) == {"law"}


def test_nothing_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        PACK.digest = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        by_id(PACK.framework.rules)["r"] = rule("r", All(()))  # type: ignore[index]


def test_a_value_is_stored_unknown_or_absent() -> None:
    answers = answer_set({"a": False, "b": UNKNOWN})
    assert answers.value("a") is False
    assert answers.value("b") is UNKNOWN
    assert answers.value("c") is None
