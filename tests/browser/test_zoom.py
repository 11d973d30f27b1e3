"""At 200 % zoom and on a phone nothing is cut, and no page scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from looking import SEEN, Look
from risk_kit.document import Language

pytestmark = pytest.mark.timeout(900)  # the first test of a language makes its tour


@pytest.mark.parametrize("width", [1280, 640, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_fits(
    survey: Callable[[Language], list[Look]], language: Language, width: int
) -> None:
    wrong = {}
    for look in survey(language):
        seen = look.seen
        fits = seen["page"] <= width and seen["main"] <= 0 and not seen["cut"]
        if look.width == width and not (fits and not seen["sideways"]):
            wrong[look.stop] = seen
    assert wrong == {}


def test_what_is_cut_or_too_wide_is_seen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.set_content(
        "<div data-testid='stMain' style='overflow:auto'><p style='width:600px'>wide</p>"
        "<p style='width:40px;overflow:hidden;white-space:nowrap'>a long line of words</p></div>"
    )
    seen = page.evaluate(SEEN)
    assert seen["main"] > 0
    assert seen["cut"] == ["a long line of words"]
    assert seen["sideways"] == ["wide"]
