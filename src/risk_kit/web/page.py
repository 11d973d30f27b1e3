"""The entry of the web app: the frame around every screen, and which screen is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

import streamlit as st

from risk_kit import wording
from risk_kit.document import Language
from risk_kit.errors import RiskKitError
from risk_kit.web import (
    focus,
    kept,
    look,
    markup,
    saved,
    screens,
    state,
    summary,
    troubles,
    unsent,
    where,
)
from risk_kit.web.said import problems
from risk_kit.web.texts import say

_LANGUAGES: Final[Mapping[Language, str]] = {"zh": "中文", "en": "English"}


def main() -> None:
    """Draw the page once, as Streamlit asks on every change."""
    where.arrive()
    language = state.language()
    st.set_page_config(page_title=say("app", language), layout="wide")
    look.dress(language)
    failed = _load()
    _top(language)
    try:
        _screen(failed)
    except RiskKitError as error:
        problems(error, say("not_done", language))
    unsent.watch()
    focus.keep()
    look.move(language, state.place().visit, state.place().question)
    screens.read_ahead()


def _top(language: Language) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", key="top"):
        head = "b" if state.desk() else "h1"  # an open case has a heading of its own
        name = f"<{head}>{markup.text(say('app', language))}</{head}>"
        st.html(markup.page(name, language, "brand"), width="content")
        kept.draw("w.language", language)
        st.segmented_control(
            say("language", language),
            list(_LANGUAGES),
            key="w.language",
            format_func=lambda one: _LANGUAGES[one],
            required=True,
            label_visibility="collapsed",
            on_change=_spoke,
        )


def _spoke() -> None:
    if kept.changed("w.language"):
        state.speak(cast("Language", st.session_state["w.language"]))


def _screen(failed: RiskKitError | None) -> None:
    open_ = state.desk()
    if open_ is not None:
        saved.side()
        summary.show()
        saved.who()
        _case_line(open_)
    offered = screens.ALL if open_ is not None else screens.WITHOUT_CASE
    here = state.place().screen if state.place().screen in offered else offered[0]
    st.set_page_config(page_title=_title(here, open_))
    _choice(offered, here)
    if failed is not None:
        _not_opened(failed)
    if open_ is not None and here != "cases":
        saved.banner(open_)
    if here == "result":
        troubles.show(state.FOLLOW)
    if failed is None or here != "cases":
        screens.show(here)
    _truths()


def _title(screen: str, open_: state.Desk | None) -> str:
    """What the browser calls the page: the screen, the case, the app."""
    language = state.language()
    case = open_.answers.case.get("name", "") if open_ else ""
    joint = "・" if language == "zh" else " · "
    return joint.join(filter(None, (say(screen, language), case, say("app", language))))


def _load() -> RiskKitError | None:
    """Read the open case; what stands in the way is told where the case would be."""
    try:
        state.load()
    except RiskKitError as error:
        return error
    return None


def _not_opened(failed: RiskKitError) -> None:
    language = state.language()
    problems(failed, say("case_not_opened", language))
    st.button(say("to_cases", language), key="w.cases", on_click=where.enter, args=("", "cases"))


def _case_line(open_: state.Desk) -> None:
    language = state.language()
    with st.container(horizontal=True, horizontal_alignment="distribute", key="case"):
        title = markup.text(open_.answers.case.get("name", "") or say("untitled", language))
        when = markup.text(saved.words(open_, language))
        st.html(markup.page(f"<h1>{title}</h1><p class='sub when'>{when}</p>", language))


def _choice(offered: Sequence[str], here: str) -> None:
    language = state.language()
    names = {one: say(one, language) for one in offered}
    kept.draw("w.screen", here)
    st.segmented_control(
        say("screens", language),
        list(names),
        key="w.screen",
        format_func=lambda one: names[one],
        required=True,
        label_visibility="collapsed",
        on_change=_went,
        width="stretch",
    )


def _went() -> None:
    chosen = st.session_state["w.screen"]
    if not kept.changed("w.screen"):
        return
    if chosen == "cases":
        where.enter("", "cases")
    else:
        state.go(chosen)


def _truths() -> None:
    """What every screen keeps in view: the notices of the framework."""
    language, open_ = state.language(), state.desk()
    framework = (open_.pack if open_ else state.pack()).framework
    lines = [wording.of(one.text, language) for one in framework.notices]
    head = markup.text(say("truths", language))
    st.html(markup.page(f"<h2>{head}</h2>{markup.bullets(lines)}", language, "truths"))


if __name__ == "__main__":
    main()
