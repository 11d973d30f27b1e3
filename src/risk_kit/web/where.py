"""Where the user is. The address of the browser says it, so that reload, back and forward work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from risk_kit.document import Language
from risk_kit.web import kept

_NAME: Final = re.compile(r"[a-z0-9_-]{0,64}")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user is: the screen, a section of the questionnaire, a question to look at."""

    screen: str = "assess"
    section: str = ""
    question: str = ""
    visit: int = 0


@dataclass(frozen=True, slots=True)
class Address:
    """What the address of the browser says; `at` is the revision of a past state."""

    case: str = ""
    at: int | None = None
    screen: str = ""
    section: str = ""
    language: Language = "zh"


def arrive() -> None:
    """Follow the browser where it went, or tell it where the user was taken."""
    raw = st.query_params.to_dict()
    if raw != kept.get("address"):
        _follow(_read(raw))
    elif _read(raw) != _here():
        raw = _written(_here())
        st.query_params.from_dict(raw)
    kept.put("address", raw)


def _follow(found: Address) -> None:
    kept.put("case", found.case)
    kept.put("at", found.at)
    kept.put("language", found.language)
    if (place().screen, place().section) != (found.screen, found.section):
        kept.put("place", Place(found.screen, found.section, visit=place().visit + 1))


def _read(raw: Mapping[str, str]) -> Address:
    """What an address says; whatever else stands in it is left alone."""

    def name(key: str, default: str) -> str:
        found = raw.get(key) or default
        return found if _NAME.fullmatch(found) else default

    case, at = raw.get("case", "")[:_MOST], raw.get("at", "")
    return Address(
        case=case,
        at=int(at) if case and _NUMBER.fullmatch(at) else None,
        screen=name("screen", "assess" if case else "cases"),
        section=name("section", ""),
        language="en" if raw.get("lang") == "en" else "zh",
    )


def _here() -> Address:
    return Address(case(), past(), place().screen, place().section, language())


def _written(one: Address) -> dict[str, str]:
    at = "" if one.at is None else str(one.at)
    lang = "en" if one.language == "en" else ""
    parts = {"case": one.case, "at": at, "screen": one.screen, "section": one.section, "lang": lang}
    return {name: value for name, value in parts.items() if value}


# -- the place -------------------------------------------------------------------------------------


def case() -> str:
    """The id of the case that is to be open; empty: none."""
    return str(kept.get("case") or "")


def past() -> int | None:
    """The revision of the past state that is shown; None: the case as it stands."""
    found: int | None = kept.get("at")
    return found


def place() -> Place:
    """The screen, section and question in view."""
    found: Place = kept.get("place") or Place(_first())
    return found


def _first() -> str:
    return "assess" if case() else "cases"


def go(screen: str, section: str = "", question: str = "") -> None:
    """Go to a screen, and there to the top or to a question."""
    now = place()
    kept.put("place", Place(screen, section or now.section, question, now.visit + 1))


def enter(ident: str, screen: str = "assess", at: int | None = None) -> None:
    """Open a case, or one of its past states; empty: no case."""
    kept.put("case", ident)
    kept.put("at", at)
    kept.put("place", Place(screen, "", "", place().visit + 1))


def language() -> Language:
    """The language of the page; Chinese until another is chosen."""
    found: Language = kept.get("language", "zh")
    return found


def speak(chosen: Language) -> None:
    """Change the language of the page."""
    kept.put("language", chosen)
