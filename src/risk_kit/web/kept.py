"""What one browser tab remembers between two clicks. The case itself is not kept here.

A bag of frozen values in `st.session_state`, what its widgets were drawn with, and how often the
widgets of a spot were renewed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st


def get(name: str, default: Any = None) -> Any:  # noqa: ANN401 - a bag of our own frozen values
    """The value of that name, or `default`."""
    return st.session_state.get(f"kept.{name}", default)


def put(name: str, value: object) -> None:
    """Keep a value under a name."""
    st.session_state[f"kept.{name}"] = value


def draw(key: str, value: object) -> None:
    """Let the widget of that key show a value."""
    st.session_state[key] = value
    put(f"drawn.{key}", value)


def changed(key: str) -> bool:
    """Whether the user changed the widget: it holds something else than what it was drawn with.

    A browser that did not yet follow to another screen sends the widgets of the last one again, and
    Streamlit takes each for changed.
    """
    return bool(st.session_state[key] != get(f"drawn.{key}"))


def turn(spot: str) -> int:
    """How often the widgets of a question, or of another spot, were renewed; part of their keys."""
    turns: Mapping[str, int] = get("turns", {})
    return max(int(get("opened", 0)), 0) + turns.get(spot, 0)


def renew(spot: str) -> None:
    """Give the spot new widgets, so that what the old ones still send cannot undo a change."""
    turns: Mapping[str, int] = get("turns", {})
    put("turns", {**turns, spot: turns.get(spot, 0) + 1})


def renew_all() -> None:
    """Give every spot new widgets: another case was opened."""
    put("opened", int(get("opened", -1)) + 1)


def key(sort: str, spot: str) -> str:
    """The key of a widget; a renewed widget has another."""
    count = turn(spot)
    return f"w.{sort}.{spot}" + (f".{count}" if count else "")
