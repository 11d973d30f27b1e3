"""Somebody clicks and types at random, faster than the page follows; then screen and store agree."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Locator, Page, WebSocketRoute, expect

from at_rest import settled
from late import ends
from risk_kit import wording
from risk_kit.condition import Situation, in_force
from risk_kit.domain import YES
from risk_kit.model import UNKNOWN, Question
from risk_kit.store import Store, open_store
from risk_kit.web import opened

THINGS = (
    '[class*="st-key-q-"] label:has(input[type="radio"]),'
    '[class*="st-key-q-"] label:has(input[type="checkbox"]),'
    '[class*="st-key-q-"] input[type="text"],[class*="st-key-q-"] textarea,'
    '[class*="st-key-q-"] button,[class*="st-key-e-"] button,[class*="st-key-onward"] button,'
    '[class*="st-key-w-undo"] button,[class*="st-key-w-present"] button,'
    '[class*="st-key-w-step"] button,[class*="st-key-w-section"] button,'
    '[class*="st-key-facts"] label:has(input[type="checkbox"]),'
    '[class*="st-key-w-step"] label,[class*="st-key-w-section"] label,'
    '[class*="st-key-w-language"] label'
)
LEFT_ALONE = re.compile("選擇檔案|Choose a file|看結果|See the result|下載|Download")
WANDERING = 0.04  # of all moves
LATE = 0.3  # of all moves: the browser is told only afterwards that a run has ended
NOTES_WHAT_IS_TOUCHED = """['click', 'input'].forEach(sort => addEventListener(sort, e => {
  const key = [...e.target.closest('[class*="st-key-q-"]')?.classList ?? []]
    .find(one => one.startsWith('st-key-q-'));
  const seen = new Set(JSON.parse(localStorage.getItem('touched') ?? '[]'));
  if (key) localStorage.setItem('touched', JSON.stringify([...seen.add(key.slice(9))]));
}, true))"""
WORDS = ("說明", "<b>x</b>", "*a* [b](c)", "長" * 50, " ")


@pytest.fixture
def store(page: Page, place: Path) -> Iterator[Store]:
    found = open_store(place)
    yield found
    found.close()


@pytest.mark.parametrize("seed", [1])
def test_twenty_seconds_of_random_clicks(page: Page, store: Store, seed: int) -> None:
    play(page, store, seed, 20, tabs=1)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("seed", "tabs"), [(2, 1), (3, 2)])
def test_five_minutes_of_random_clicks(page: Page, store: Store, seed: int, tabs: int) -> None:
    play(page, store, seed, 300, tabs=tabs)


class Lag:
    """Holds back what the server says from the end of a run on, until it is let through."""

    def __init__(self, page: Page) -> None:
        self.holding = False
        self._held: list[tuple[WebSocketRoute, str | bytes]] = []
        page.context.route_web_socket(re.compile("_stcore/stream"), self._relay)

    def _relay(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: self._hear(socket, message))

    def _hear(self, socket: WebSocketRoute, message: str | bytes) -> None:
        if self._held or (self.holding and ends(message)):
            self._held.append((socket, message))
        else:
            socket.send(message)

    def let_through(self) -> None:
        self.holding = False
        held, self._held = self._held, []
        for socket, message in held:
            socket.send(message)


def play(page: Page, store: Store, seed: int, seconds: float, *, tabs: int) -> None:
    lag = Lag(page)
    page.context.add_init_script(NOTES_WHAT_IS_TOUCHED)
    page.reload()
    page.get_by_role("button", name="開啟範例：系統性治水").click()
    expect(page.get_by_test_id("stSidebar").locator("figcaption")).to_be_visible()
    pages = [page] + [page.context.new_page() for _ in range(tabs - 1)]
    for one in pages[1:]:
        one.goto(page.url)
    ident = ident_of(page.url)
    home = page.url
    dice, end, clicks = random.Random(seed), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        one, lag.holding = dice.choice(pages), dice.random() < LATE
        clicks += wander(one, dice, home) if dice.random() < WANDERING else touch(one, dice)
        lag.let_through()
    for one in pages:
        one.goto(home)
        one.reload()  # what was typed last is sent
        settled(one)
    for one in pages:
        compare(one, store, ident, page.url.partition("?")[0])
    touched = json.loads(page.evaluate("localStorage.getItem('touched')"))
    assert changed(store, ident) <= set(touched)
    assert clicks > seconds / 4  # a busy machine takes few
    assert store.case(ident).revision > seconds / 15


def changed(store: Store, ident: str) -> set[str]:
    """The questions whose answers were changed, other than by undoing."""
    events, before = [], None
    while found := store.history(ident, before=before):
        events += found
        before = found[-1].revision
    acts = (one for event in events if event.what == "changed" for one in event.changes)
    return {one.name for one in acts if one.part == "answers"}


def ident_of(address: str) -> str:
    """The case in an address, or nothing."""
    found = re.search(r"case=([\w-]+)", address)
    return found[1] if found else ""


def wander(page: Page, dice: random.Random, home: str) -> bool:
    """Go back or forward, reload, or come back to the case; whether that was possible."""
    ways = (page.go_back, page.go_forward, page.reload)
    try:
        dice.choice(ways)(timeout=5000)
        if ident_of(page.url) != ident_of(home):
            page.goto(home)
    except Error:
        return False  # there was nowhere to go
    return True


def touch(page: Page, dice: random.Random) -> bool:
    """Click or type somewhere; whether that was possible."""
    try:
        things = page.locator(THINGS).all()
        one = dice.choice(things) if things else page.locator('[class*="st-key-w-screen"] label')
        if LEFT_ALONE.search(one.inner_text(timeout=200)):
            return False
        if one.evaluate("e => e.matches('input,textarea')", timeout=200):
            one.fill(dice.choice(WORDS), timeout=300)
        else:
            one.click(timeout=300)
        page.wait_for_timeout(dice.choice((0, 20, 150, 400)))
    except Error:
        return False  # it went away in the meantime
    return True


def compare(page: Page, store: Store, ident: str, address: str) -> None:
    """Every question that is asked shows what the store holds."""
    desk = opened.desk(store.case(ident))
    values = {name: one.value for name, one in desk.answers.answers.items()}
    situation = Situation(desk.pack, values, in_force(desk.pack, desk.as_of))
    seen = 0
    for section in desk.pack.questionnaire.sections:
        page.goto(f"{address}?case={ident}&screen=assess&section={section.id}")
        expect(page.locator('[class*="st-key-onward"]')).to_be_visible()
        settled(page)
        for question in desk.pack.questionnaire.questions:
            if question.section == section.id and not question.retired:
                shown = page.locator(f".st-key-q-{question.id}")
                asked = situation.shown(question.id) == YES
                assert shown.count() == asked, question.id
                if asked:
                    told(shown, question, store, ident)
                    seen += 1
    assert seen > 10


def told(shown: Locator, question: Question, store: Store, ident: str) -> None:
    """Until a question shows what the store holds of it. On a busy machine values come a moment
    after their fields, and what was typed last may be put back, and saved, only now.
    """
    end = time.monotonic() + 8
    while True:
        wanted = in_words(question, opened.desk(store.case(ident)))
        if (found := on_screen(shown, question)) == wanted:
            return
        assert time.monotonic() < end, (question.id, found, wanted)
        time.sleep(0.1)


def on_screen(shown: Locator, question: Question) -> Any:  # noqa: ANN401
    """What a question shows: labels that are ticked, or the text that stands there."""
    ticked = [
        one.locator("xpath=ancestor::label").inner_text().strip()
        for one in shown.locator("input:checked").all()
    ]
    if question.kind in ("yes_no", "one_of", "many_of"):
        return sorted(ticked)
    fields = 'textarea, [data-testid="stNumberInput"] input, [data-testid="stDateInput"] input'
    if question.kind == "date":
        return ticked
    return ticked or [shown.locator(fields).first.input_value()]


def in_words(question: Question, desk: opened.Desk) -> Any:  # noqa: ANN401
    value = desk.answers.value(question.id)
    if value is UNKNOWN:
        return ["尚未確認"]
    if question.kind in ("yes_no", "one_of", "many_of"):
        labels = {o.id: wording.of(o.label, "zh") for o in question.options}
        labels |= {"True": "是", "False": "否"}
        found = value if isinstance(value, frozenset) else {str(value)} if value is not None else ()
        return sorted(labels[one] for one in found)
    if question.kind == "date":
        return []
    return ["" if value is None else str(value)]
