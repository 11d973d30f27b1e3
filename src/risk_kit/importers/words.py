"""Texts of a survey in its languages → a text in Chinese and English; markup becomes plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any, Final

from risk_kit.model import Text

_ORDER: Final = {
    "zh": ("zh-tw", "zh-hant", "zh-hk", "zh", "default", "en"),
    "en": ("en", "en-us", "en-ca", "en-gb", "default"),
}
_BLOCKS: Final = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 tr table".split())  # noqa: SIM905
_MARKUP: Final = re.compile(r"</?[A-Za-z][^<>]*>|&[A-Za-z]+;|&#")
_SAID_HERE: Final = frozenset(("default", *_ORDER["zh"], *_ORDER["en"]))


def text(raw: Any, instead: str = "") -> Text | None:  # noqa: ANN401 - a JSON value
    """The text in both languages: a plain text serves both, and so does the only language given.

    `instead` stands where nothing is written; None when that is empty too.
    """
    found = {language: _pick(raw, order) for language, order in _ORDER.items()}
    first = found["zh"] or found["en"] or _any(raw) or plain(instead)
    if not first:
        return None
    return Text(found["zh"] or found["en"] or first, found["en"] or first)


def languages(raw: Any) -> frozenset[str]:  # noqa: ANN401
    """The languages of a text that have no place here."""
    written = frozenset(str(key).lower() for key in raw) if isinstance(raw, dict) else frozenset()
    return written - _SAID_HERE


def plain(written: str) -> str:
    """Readable text of a text with markup; braces, which mean figures here, are made full-width."""
    if _MARKUP.search(written):
        reader = _Plain()
        reader.feed(written)
        reader.close()
        written = "".join(reader.parts)
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in written.splitlines())
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    clean = "".join(c if c == "\n" or c.isprintable() else " " for c in joined)
    return clean.replace("{", "｛").replace("}", "｝")


def _pick(raw: Any, order: tuple[str, ...]) -> str:  # noqa: ANN401
    if isinstance(raw, dict):
        lower = {str(key).lower(): value for key, value in raw.items()}
        return next((plain(str(lower[key])) for key in order if lower.get(key)), "")
    return plain(str(raw)) if isinstance(raw, str | int | float) else ""


def _any(raw: Any) -> str:  # noqa: ANN401
    values = raw.values() if isinstance(raw, dict) else ()
    return next((plain(one) for one in values if isinstance(one, str) and one.strip()), "")


class _Plain(HTMLParser):
    """Collects text; keeps the address of a link behind its words."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "a" and self._links and (link := self._links.pop()).startswith("http"):
            self.parts.append(f" ({link})")
        self._silent -= tag in ("script", "style") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
