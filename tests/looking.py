"""Every stop of the tour looked at once in each language and width; tests judge what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from risk_kit.document import Language
from tour import tour

# Width → height: a desktop, the same at 200 % zoom, a phone.
SIZES: Final = {1280: 900, 640: 450, 390: 844}
_AXE_AT: Final = (1280, 390)
# What Streamlit shows while it works (a pale page, a button to stop) is not judged.
_AT_REST: Final = """() => document.querySelector('[data-test-script-state="notRunning"]')
&& !document.querySelector('[data-stale="true"],[data-testid="stStatusWidget"]')"""
SEEN: Final = """() => {
const wide = innerWidth, cut = [], sideways = [];
const said = one => one.textContent.trim().slice(0, 40);
const own = one => [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
const scrolled = one => { for (let o = one.parentElement; o; o = o.parentElement)
  if (/auto|scroll/.test(getComputedStyle(o).overflowX) && o.scrollWidth > o.clientWidth + 1)
    return o.closest('.wide,[role="tablist"]'); };
for (const one of document.querySelectorAll('body *')) {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  if (style.visibility === 'hidden' || box.width < 2 || box.height < 2) continue;
  if (one.closest('svg,script,style,noscript,input,textarea') || !one.textContent.trim()) continue;
  const hides = /hidden|clip/.test(style.overflowX);
  if (hides && one.scrollWidth > one.clientWidth + 1) cut.push(said(one));
  const out = box.right > wide + 1 || box.left < -1;
  if (own(one) && out && !scrolled(one)) sideways.push(said(one));
}
const shown = one => one.getClientRects().length > 0;
const heads = [...document.querySelectorAll('h1')].filter(shown).length;
const main = document.querySelector('[data-testid="stMain"]');
return {page: document.documentElement.scrollWidth, main: main.scrollWidth - main.clientWidth,
        cut, sideways, heads, title: document.title, tongue: document.documentElement.lang};
}"""


@dataclass(frozen=True)
class Look:
    """One stop at one width: what axe-core found, and what the page measures."""

    stop: str
    width: int
    violations: list[dict[str, Any]]
    seen: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.stop} at {self.width}"


def looks(page: Page, language: Language) -> Iterator[Look]:
    """Walk the tour and look at each stop in every width."""
    axe, options = Axe(), {"resultTypes": ["violations"]}
    for stop in tour(page, language):
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(400)
            page.wait_for_function(_AT_REST)
            found = axe.run(page, options=options).response if width in _AXE_AT else {}
            yield Look(stop, width, found.get("violations", []), page.evaluate(SEEN))
        page.set_viewport_size({"width": 1280, "height": 900})
