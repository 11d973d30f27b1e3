"""The screens by name. One is read from disk when it is needed, or while the first page is looked at.

What signs and draws reports takes half of the time to start; the first page needs none of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from threading import Lock, Timer
from typing import Final

import streamlit as st

from risk_kit.errors import RiskKitError
from risk_kit.web import case_view

WITHOUT_CASE: Final = ("cases", "verify", "rules")
_MODULES: Final[Mapping[str, str]] = {
    "cases": "cases",
    "assess": "asking",
    "result": "outcome",
    "report": "papers",
    "crosswalk": "abroad",
    "history": "history",
    "verify": "checkup",
    "rules": "rules",
}
ALL: Final = tuple(_MODULES)
_AT_REST: Final = 2.0  # seconds until the first page is drawn
_one_at_a_time: Final = Lock()


def show(screen: str) -> None:
    """Draw a screen."""
    with _one_at_a_time:  # two threads that read what needs each other would find it half made
        module = import_module(f"risk_kit.web.{_MODULES[screen]}")
    module.show()


@st.cache_resource(show_spinner=False)
def read_ahead() -> None:
    """Read the rest, once in a process, while the user looks at the first page."""
    later = Timer(_AT_REST, _read)
    later.daemon = True
    later.start()


def _read() -> None:
    for name in _MODULES.values():
        with _one_at_a_time:
            import_module(f"risk_kit.web.{name}")
    with suppress(RiskKitError):  # told on the page
        case_view.make_ready()
