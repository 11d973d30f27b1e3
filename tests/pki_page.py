"""The signing part of the report's page alone, around a small report."""

from __future__ import annotations

import json
from typing import Final

from streamlit.testing.v1 import AppTest

from pki_report import report
from risk_kit import report as reports
from risk_kit.web.state import Paper

SCRIPT: Final = """
from risk_kit.web import kept, signature

signature.show(kept.get("papers")["full", "zh"], "zh")
"""
DATA: Final[dict[str, object]] = {
    "format": reports.FORMAT,
    "toolkit": "0",
    "language": "zh",
    "answers": {},
    "assessment": {},
}


def signing_page() -> AppTest:
    """The page, run once."""
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    data = json.dumps(DATA, indent=2).encode()
    made = Paper(None, "zh", report(), b"", data)  # type: ignore[arg-type]
    app.session_state["kept.papers"] = {("full", "zh"): made}
    return shown(app.run())


def shown(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def signed(app: AppTest) -> bytes:
    """What was signed, once the page says nothing against it."""
    assert [one.value for one in app.error] == []
    found = app.session_state["kept.papers"]["full", "zh"].signed
    assert isinstance(found, bytes)
    return found


def press(app: AppTest, words: str) -> AppTest:
    (button,) = (one for one in app.button if one.label == words)
    return shown(button.click().run())


def secrets_held(app: AppTest, secret: str) -> list[str]:
    """Names of what the tab remembers, widgets without a key included, and holds a secret."""
    state = app.session_state._state._state
    held = {**state._old_state, **state._new_session_state, "new": state._new_widget_state.states}
    return [name for name, value in held.items() if secret in repr(value)]
