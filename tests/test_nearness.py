"""The place of a case is the same wherever it is asked for, and costs its compilation once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from risk_kit import answers, casework, catalogue, distance, nearness, rendering, wording
from risk_kit.assess import Work, assess
from risk_kit.compile import program
from risk_kit.document import Facts, Spectrum
from risk_kit.model import Answer, AnswerSet
from risk_kit.planes import plane_program
from risk_kit.report_words import WORDS
from risk_kit.whatif import Explorer

SMALL: Final = catalogue.pack(str(Path(__file__).parent / "data" / "small"))
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
DAY: Final = date(2026, 11, 22)


@pytest.fixture
def flood() -> Work:
    return casework.open_case(answers.read(SAMPLE))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days for which something was compiled since the caches were emptied."""
    nearness._compiled.cache_clear()
    nearness._near.cache_clear()
    days: list[date] = []

    def counted(pack, as_of):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        days.append(as_of)
        return program(pack, as_of)

    monkeypatch.setattr(nearness, "program", counted)
    return days


def blank(as_of: date = DAY) -> Work:
    held = AnswerSet({})
    return Work(SMALL, held, assess(SMALL, held, as_of))


def test_it_is_the_distance_of_the_core(flood: Work) -> None:
    day = flood.assessment.as_of
    plain = Explorer(program(flood.pack, day), plane_program(flood.pack, day), flood.answers)
    assert nearness.near(flood) == distance.distance(plain)


def test_a_pack_is_compiled_once_a_day(compiled: list[date]) -> None:
    for _ in range(3):
        nearness.near(blank())
        nearness.explorer(blank())
    assert compiled == [DAY]
    nearness.near(blank(date(2027, 1, 1)))
    assert compiled == [DAY, date(2027, 1, 1)]


def test_other_answers_have_another_place(compiled: list[date]) -> None:
    held = AnswerSet({"used": Answer(True), "harm": Answer("none")})
    mild = Work(SMALL, held, assess(SMALL, held, DAY))
    assert nearness.near(blank()).up is None
    assert nearness.near(mild).up is not None
    assert compiled == [DAY]


def test_every_rendering_tells_the_place(flood: Work) -> None:
    made = rendering.built(flood, "zh")
    (drawn,) = (one for one in made.blocks if isinstance(one, Spectrum))
    assert drawn.at == distance.place(nearness.near(flood))
    labels = [row[0] for one in made.blocks if isinstance(one, Facts) for row in one.rows]
    assert any(label.startswith("距下一級") for label in labels)
    assert (
        wording.of(WORDS["place"], "zh") in rendering.render(flood, "zh", Path("a.html")).decode()
    )


def test_pages_do_not_depend_on_what_was_asked_before(flood: Work, compiled: list[date]) -> None:
    first = rendering.pages(flood, "zh")
    nearness.near(blank())
    nearness._near.cache_clear()
    assert rendering.pages(flood, "zh") == first == rendering.render(flood, "zh", Path("b.pdf"))
    assert compiled == [flood.assessment.as_of, DAY]
