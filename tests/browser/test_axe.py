"""axe-core finds nothing of weight on any page, in either language, on a desktop and a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from looking import Look
from risk_kit.document import Language

pytestmark = pytest.mark.timeout(900)  # the first test of a language makes its tour
WEIGHTY: Final = ("moderate", "serious", "critical")
# What Streamlit draws and we cannot mend: (rule, part of the selector or markup) → why.
ALLOWED: Final[dict[tuple[str, str], str]] = {}
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


def weighty(looks: Sequence[Look]) -> Iterator[str]:
    for look in looks:
        for rule in look.violations:
            for node in rule["nodes"]:
                where = f"{node['target']} {node['html'][:200]}"
                allowed = any(one == rule["id"] and part in where for one, part in ALLOWED)
                if rule["impact"] in WEIGHTY and not allowed:
                    yield f"{look.name}: {rule['impact']} {rule['id']}: {where}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(survey: Callable[[Language], list[Look]], language: Language) -> None:
    assert list(weighty(survey(language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_has_one_main_heading_and_its_own_title(
    survey: Callable[[Language], list[Look]], language: Language
) -> None:
    found = survey(language)
    assert {look.name: look.seen["heads"] for look in found if look.seen["heads"] != 1} == {}
    tongue = {"zh": "zh-Hant-TW", "en": "en"}[language]
    assert {look.seen["tongue"] for look in found} == {tongue}
    titles = {look.seen["title"].split("・" if language == "zh" else " · ")[0] for look in found}
    assert len(titles) >= 7


def test_axe_sees_what_is_wrong(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - beside its use

    page.set_content("<main><h1>x</h1><img src='a.png'><p style='color:#ccc'>pale words</p></main>")
    found = Look("wrong", 1280, Axe().run(page).response["violations"], {})
    told = "\n".join(weighty([found]))
    assert "critical image-alt" in told
    assert "serious color-contrast" in told


def test_every_chart_has_a_table_that_says_the_same(page: Page) -> None:
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    page.get_by_role("radio", name="結果", exact=True).click()
    cells = page.get_by_test_id("stVegaLiteChart").locator('path[role="graphics-symbol"]')
    expect(cells).to_have_count(20)
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(1)
    page.get_by_text("以表格閱讀").click()
    rows = page.locator(".map table tbody tr").all()
    told = {" — ".join(row.locator("td").all_inner_texts()[1:]) for row in rows}
    labels = {(cell.get_attribute("aria-label") or "").replace("—", " — ") for cell in cells.all()}
    assert told == labels


def test_colour_is_never_alone(page: Page) -> None:
    """Whatever is painted holds words or marks of its own, or stands beside words that say it."""
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    page.get_by_role("radio", name="結果", exact=True).click()
    expect(page.locator(".band .lv").first).to_be_visible()
    bare = page.evaluate(
        """() => [...document.querySelectorAll('.rk [style*="background"]')]
        .filter(one => !one.textContent.trim() && !one.closest('[aria-hidden="true"]'))
        .map(one => one.outerHTML)"""
    )
    assert bare == []
    within = page.locator(".band .lv.in")
    expect(within).to_have_count(1)
    expect(within).to_contain_text("高度關注")
    expect(within.locator(".tick")).to_have_text("✓")
    for card in page.locator(".card:visible").all():
        assert card.locator(".st").inner_text()[0] in "●◐○"
