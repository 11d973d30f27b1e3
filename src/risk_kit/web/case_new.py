"""The ways to a new case: begin one, open an example, import an answer file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, Literal, TypeAlias

import streamlit as st

from risk_kit import answers as answering
from risk_kit import casework, catalogue, crossing, wire, yamlread
from risk_kit.assess import Work
from risk_kit.document import Language
from risk_kit.errors import RiskKitError
from risk_kit.store_values import Case, Document, Origin
from risk_kit.web import keeping, kept, markup, overlays, state, where
from risk_kit.web.opened import FRAMEWORK, blank
from risk_kit.web.said import problems
from risk_kit.web.texts import has, say

Kind: TypeAlias = Literal["primary", "secondary"]
_NEW: Final = "new"
_FILE: Final = "file"
_SAMPLE: Final = "sample"
_MOST_NAME: Final = 200
_MEGABYTES: Final = yamlread.MOST_BYTES // (1024 * 1024)


def show(*, unfolded: bool) -> None:
    """The three ways: in full, or each behind a button."""
    language = state.language()
    ways = (
        ("new_case", _new, _NEW),
        ("samples", _samples, _SAMPLE),
        ("import", _import, _FILE),
    )
    if unfolded:
        for name, inside, spot in ways:
            with st.expander(say(name, language), expanded=True):
                inside(language)
                _trouble(spot, language)
        return
    with st.container(horizontal=True, key="ways"):
        for name, inside, spot in ways:
            kind: Kind = "primary" if spot == _NEW else "secondary"
            with st.popover(say(name, language), type=kind, key=f"w.way.{name}"):
                inside(language)
                _trouble(spot, language)


def _trouble(spot: str, language: Language) -> None:
    found = keeping.trouble(spot)
    if found is not None:
        problems(found.problems, say("bad_file" if spot == _FILE else "not_done", language))


def _about(key: str, **parts: object) -> None:
    language = state.language()
    words = markup.text(say(key, language, **parts))
    st.html(markup.page(f'<p class="sub">{words}</p>', language))


# -- a new case ------------------------------------------------------------------------------------


def _new(language: Language) -> None:
    key = kept.key("name", _NEW)
    st.text_input(say("name", language), key=key, max_chars=_MOST_NAME)
    _about("overlays_about")
    overlays.choose(_NEW)
    st.button(say("create", language), key="w.blank", type="primary", on_click=_begin, args=(key,))


def _begin(key: str) -> None:
    name = str(st.session_state.get(key, "")).strip()
    today = date.today()  # noqa: DTZ011 - a calendar day where the user sits
    chosen = overlays.chosen(_NEW)
    if _create(_NEW, lambda: blank(today, name, chosen), "created"):
        kept.renew(_NEW)


def _create(spot: str, make: Callable[[], Document], what: Origin, source: str = "") -> bool:
    """Make a case of a document and open it; whether that was done."""
    ident = keeping.new_id()

    def deed() -> Case:
        return keeping.store().create(ident, make(), keeping.act(), what=what, source=source)

    done = keeping.attempt(spot, deed) is not None
    if done:
        where.enter(ident)
    return done


# -- examples --------------------------------------------------------------------------------------


def _samples(language: Language) -> None:
    _about("samples_about")
    for path in sorted(_folder().glob("*.yaml")):
        try:
            name, about = _sample(path, language)
        except RiskKitError as error:
            problems(error, say("bad_file", language))
            continue
        label = say("open_sample", language, name=markup.label(name))
        st.button(label, key=f"w.sample.{path.stem}", on_click=_open_sample, args=(path.stem,))
        st.html(markup.page(f'<p class="sub">{markup.text(about)}</p>', language))


def _folder() -> Path:
    return catalogue.folder_of(FRAMEWORK) / "samples"


def _sample(path: Path, language: Language) -> tuple[str, str]:
    """Name and purpose of an example; our own words for it come first."""
    facts = answering.read(path).document.value.get("case", {})
    told = []
    for key, fact in ((f"sample_{path.stem}", "name"), (f"sample_{path.stem}_about", "purpose")):
        told.append(say(key, language) if has(key) else str(facts.get(fact, path.stem)))
    return told[0], told[1]


def _open_sample(name: str) -> None:
    def make() -> Document:
        return _document(casework.open_case(answering.read(_folder() / f"{name}.yaml")))

    _create(_SAMPLE, make, "sample", name)


def _document(work: Work) -> Document:
    return wire.answers_json(work.pack, work.answers, work.assessment.as_of)


# -- an answer file --------------------------------------------------------------------------------


def _import(language: Language) -> None:
    key = kept.key("upload", _FILE)
    label = say("choose_file", language)
    st.file_uploader(label, key=key, on_change=_imported, args=(key,))
    _about("file_about", most=_MEGABYTES)


def _imported(key: str) -> None:
    given = st.session_state.get(key)
    if key != kept.key("upload", _FILE):
        return  # a file that was taken is sent once more
    if given is None:
        keeping.blame(_FILE, None)
        return

    def make() -> Document:
        read = yamlread.read(given.getvalue(), str(given.name))
        file = answering.from_document(read)
        work = casework.open_case(file)
        return _document(replace(work, answers=crossing.whole(file, work.pack, work.answers)))

    if _create(_FILE, make, "imported", str(given.name)):
        kept.renew(_FILE)
