"""A tour of the web app: every page in each of its states, one after another, in either language.

What looks at all pages (tests, pictures) goes through `tour` and looks at each stop. To add a page,
add a function that goes there to `STOPS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import FilePayload, Locator, Page

from at_rest import downloaded, settled
from risk_kit.document import Language
from risk_kit.web.texts import say

HALF: Final = """framework: tw-ai-risk
case: {name: 抽水站調度建議}
answers:
  use_name: 抽水站調度建議
  is_ai: learned
  stage: live
  operator: gov
  functions: [f_predict]
  first_reader: competent
  autonomy: recommends
  physical: unknown
  redlines: [none]
"""
_KINDS: Final = ("effect", "links", "finding")  # sections that hold every kind of question


@dataclass
class Visit:
    """A visitor in one language, who knows the words of the page."""

    page: Page
    language: Language
    files: dict[str, bytes] = field(default_factory=dict)

    def say(self, key: str, **parts: object) -> str:
        return say(key, self.language, **parts)

    def spot(self, key: str) -> Locator:
        """What the page was given under a key; a renewed widget counts as the same."""
        return self.page.locator(f'[class*="st-key-{key}"]').first

    def settle(self) -> None:
        """Until the page has followed the last click."""
        settled(self.page)

    def press(self, key: str) -> None:
        self.spot(key).locator("button").first.click()
        self.settle()

    def choose(self, words: str) -> None:
        """Choose a screen, step or other radio by the beginning of its name."""
        found = self.page.get_by_role("radio", name=re.compile(f"^{re.escape(words)}"))
        found.first.click()
        self.settle()

    def screen(self, key: str) -> None:
        self.page.get_by_role("radio", name=self.say(key), exact=True).click()
        self.settle()

    def tab(self, key: str) -> None:
        self.page.get_by_role("tab", name=self.say(key), exact=True).click()
        self.settle()

    def give(self, spot: Locator, name: str, data: bytes) -> None:
        """Upload a file there."""
        kind = "application/pdf" if name.endswith("pdf") else "text/yaml"
        payload: FilePayload = {"name": name, "mimeType": kind, "buffer": data}
        spot.locator('input[type="file"]').first.set_input_files(payload)
        self.settle()

    def unfold(self) -> None:
        """Open everything that opens on demand, but the bar at the foot of a phone."""
        script = (
            "document.querySelectorAll('details.more,details.fold').forEach(d => d.open = true)"
        )
        self.page.evaluate(script)
        closed = self.page.locator('[data-testid="stExpander"] details:not([open]) > summary')
        while closed.count():
            closed.first.click()
            self.page.wait_for_timeout(100)
        self.page.wait_for_timeout(300)


def tour(page: Page, language: Language) -> Iterator[str]:
    """Go from stop to stop, beginning on the first page of a store without cases."""
    visit = Visit(page, language)
    page.get_by_role("radio", name="English").wait_for()
    visit.choose("English" if language == "en" else "中文")
    for name, go in STOPS.items():
        go(visit)
        yield name


def _start(_: Visit) -> None:
    """A store without cases."""


def _wrong_file(visit: Visit) -> None:
    wrong = "framework: tw-ai-risk\nanswers: {stage: <b>moon</b>}\n"
    visit.give(visit.page.get_by_test_id("stMain"), "wrong.yaml", wrong.encode())
    visit.page.get_by_role("alert").filter(has_text="wrong.yaml").wait_for()


def _assess_empty(visit: Visit) -> None:
    visit.press("w-blank")
    visit.spot("q-stage").wait_for()


def _result_empty(visit: Visit) -> None:
    visit.screen("result")


def _new_case(visit: Visit) -> None:
    visit.screen("cases")
    visit.press("w-way-new_case")


def _section(section: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        address = re.sub(r"[&?](screen|section)=[^&]*", "", visit.page.url)
        visit.page.goto(f"{address}&section={section}")
        visit.spot("q-").wait_for()
        visit.settle()
        visit.unfold()

    return go


def _assess_half(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    visit.settle()
    visit.press("w-way-import")
    visit.give(visit.page.get_by_test_id("stPopoverBody"), "half.yaml", HALF.encode())
    visit.spot("q-use_name").wait_for()
    visit.choose("產出如何" if visit.language == "zh" else "How the output")


def _assess_full(visit: Visit) -> None:
    visit.screen("cases")
    if visit.spot("w-way-samples").count():
        visit.press("w-way-samples")
    visit.press("w-sample-flood")
    visit.spot("q-use_name").wait_for()


def _assess_unfolded(visit: Visit) -> None:
    visit.press("w-proofs-is_ai")
    visit.unfold()


def _assess_trouble(visit: Visit) -> None:
    link = visit.page.get_by_role("textbox", name=visit.say("evidence_link"))
    link.fill("javascript:x")
    link.press("Tab")
    visit.settle()
    visit.press("w-proof-add")
    visit.page.get_by_role("alert").first.wait_for()


def _history(visit: Visit) -> None:
    visit.screen("history")


def _past(visit: Visit) -> None:
    visit.screen("assess")
    visit.choose("1 ")
    one = visit.spot("q-stage").get_by_role("radio").first.locator("xpath=ancestor::label")
    one.click()
    visit.settle()
    visit.screen("history")
    visit.press("w-past-1")


def _cases(visit: Visit) -> None:
    visit.press("w-present")
    visit.press("w-undo")
    visit.screen("cases")


def _case_actions(visit: Visit) -> None:
    visit.press("w-more-")


def _cases_none(visit: Visit) -> None:
    visit.page.keyboard.press("Escape")
    visit.settle()
    search = visit.page.get_by_role("textbox", name=visit.say("search_cases"))
    search.fill("zzz")
    search.press("Enter")
    visit.settle()


def _result_full(visit: Visit) -> None:
    search = visit.page.get_by_role("textbox", name=visit.say("search_cases"))
    search.fill("治水")
    search.press("Enter")
    visit.settle()
    visit.press("w-open-")
    visit.screen("result")


def _tab(key: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.tab(key)
        visit.unfold()

    return go


def _crosswalk(visit: Visit) -> None:
    visit.screen("crosswalk")


def _crosswalk_other(visit: Visit) -> None:
    visit.spot("w-regime").get_by_role("radio").last.click()
    visit.settle()
    visit.unfold()


def _report_before(visit: Visit) -> None:
    visit.screen("report")


def _report(visit: Visit) -> None:
    visit.press("w-make")
    visit.spot("leaf").wait_for()
    visit.unfold()


def _report_certificate(visit: Visit) -> None:
    visit.page.get_by_text(visit.say("by_p12"), exact=True).click()
    visit.settle()
    visit.page.get_by_test_id("stFormSubmitButton").locator("button").first.click()
    visit.settle()


def _report_signed(visit: Visit) -> None:
    visit.page.get_by_text(visit.say("by_test"), exact=True).click()
    visit.settle()
    visit.page.get_by_test_id("stFormSubmitButton").locator("button").first.click()
    button = visit.spot("w-load-signed").locator("button")
    visit.files["report.pdf"] = Path(downloaded(button).path()).read_bytes()


def _verify(visit: Visit) -> None:
    visit.screen("verify")


def _verify_bad(visit: Visit) -> None:
    visit.give(visit.spot("w-verify"), "report.pdf", visit.files["report.pdf"])
    visit.page.locator(".four").wait_for()


def _verify_good(visit: Visit) -> None:
    visit.page.get_by_text(visit.say("trust_test"), exact=True).click()
    visit.page.get_by_text(visit.say("good")).wait_for()


def _verify_error(visit: Visit) -> None:
    visit.give(visit.spot("w-verify"), "wrong.pdf", b"no report")
    visit.page.locator(".four").wait_for(state="detached")


def _rules(visit: Visit) -> None:
    visit.screen("rules")


def _rules_open(visit: Visit) -> None:
    visit.unfold()


def _rules_none(visit: Visit) -> None:
    search = visit.page.get_by_role("textbox", name=visit.say("search_rules"))
    search.fill("zzz")
    search.press("Enter")
    visit.settle()


def _not_there(visit: Visit) -> None:
    address = re.sub(r"([?&]case=)[^&]*", r"\1none", visit.page.url)
    visit.page.goto(address)
    visit.spot("w-cases").wait_for()


STOPS: Final[dict[str, Callable[[Visit], None]]] = {
    "start": _start,
    "start-error": _wrong_file,
    "assess-empty": _assess_empty,
    "result-empty": _result_empty,
    "new-case": _new_case,
    "assess-half": _assess_half,
    "assess-full": _assess_full,
    "assess-unfolded": _assess_unfolded,
    "assess-error": _assess_trouble,
    **{f"assess-{one}": _section(one) for one in _KINDS},
    "history": _history,
    "past": _past,
    "cases": _cases,
    "case-actions": _case_actions,
    "cases-none": _cases_none,
    "result-full": _result_full,
    **{
        f"result-{one}": _tab(one)
        for one in ("open", "duties", "response", "changes", "views", "reasons")
    },
    "crosswalk": _crosswalk,
    "crosswalk-other": _crosswalk_other,
    "report-before": _report_before,
    "report": _report,
    "report-certificate": _report_certificate,
    "report-signed": _report_signed,
    "verify": _verify,
    "verify-bad": _verify_bad,
    "verify-good": _verify_good,
    "verify-error": _verify_error,
    "rules": _rules,
    "rules-open": _rules_open,
    "rules-none": _rules_none,
    "not-there": _not_there,
}
