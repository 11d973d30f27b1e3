"""The evidence of one question: files and links, listed, added, downloaded, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import PurePath
from typing import Final

import streamlit as st

from risk_kit.appearance import clean
from risk_kit.document import Language
from risk_kit.errors import RiskKitError
from risk_kit.evidence import KINDS, MOST_BYTES
from risk_kit.model import Answer, Evidence
from risk_kit.store_values import StoredFile
from risk_kit.web import keeping, kept, markup, state
from risk_kit.web.said import problems
from risk_kit.web.texts import say

_MEGABYTES: Final = MOST_BYTES // (1024 * 1024)
_MOST: Final = 20  # pieces of evidence for one question
_OPEN: Final = "proofs"  # the question whose evidence is unfolded
_LINK: Final = "proofs.link"  # a question, and what was no link


def button(question: str, answer: Answer) -> None:
    """Unfold or fold the evidence of a question."""
    language, count = state.language(), len(answer.evidence)
    label = say("evidence_n", language, n=count) if count else say("add_evidence", language)
    st.button(
        label, key=f"w.proofs.{question}", type="tertiary", on_click=_unfold, args=(question,)
    )


def _unfold(question: str) -> None:
    kept.put(_OPEN, None if kept.get(_OPEN) == question else question)


def show(question: str, answer: Answer) -> None:
    """The list, always where there is one; the ways to add, when unfolded."""
    language, unfolded = state.language(), kept.get(_OPEN) == question
    if answer.evidence:
        _list(question, answer, language, unfolded=unfolded)
    found = keeping.trouble(_spot(question))
    if found is not None:
        problems(found.problems, say("evidence_not", language))
    asked, link = kept.get(_LINK) or ("", "")
    if asked == question:
        st.error(markup.label(say("bad_link", language, found=link)))
    if unfolded and not state.read_only():
        _add(question, answer, language)


def _spot(question: str) -> str:
    return f"proof.{question}"


# -- the list --------------------------------------------------------------------------------------


def _list(question: str, answer: Answer, language: Language, *, unfolded: bool) -> None:
    if not unfolded:
        lines = "".join(f"<li>{_line(one)}</li>" for one in answer.evidence)
        head = markup.text(say("evidence", language))
        st.html(markup.page(f"<h4>{head}</h4><ul>{lines}</ul>", language, "proofs"))
        return
    here = {one.sha256: one for one in keeping.store().files(e.sha256 for e in answer.evidence)}
    for place, one in enumerate(answer.evidence):
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"p-{question}-{place}"
        ):
            st.html(markup.page(f"<p>{_line(one)}</p>", language, "proofs"))
            _download(question, place, one, here, language)
            st.button(
                say("remove", language),
                key=kept.key(f"drop.{place}", question),
                type="tertiary",
                disabled=state.read_only(),
                on_click=_drop,
                args=(question, one),
            )


def _line(one: Evidence) -> str:
    """One piece of evidence as HTML; only web addresses become links."""
    title = one.title or one.file or one.link
    if is_address(one.link):
        address = escape(clean(one.link))
        return (
            f'<a href="{address}" target="_blank" rel="noopener noreferrer nofollow">'
            f"{markup.text(title)}</a>"
        )
    more = one.file or one.link
    aside = f" <small>{markup.text(more)}</small>" if more and more != title else ""
    return f"{markup.text(title)}{aside}"


def is_address(link: str) -> bool:
    """Whether a link is an address of the web, and nothing that a browser would run."""
    return link.startswith(("https://", "http://")) and clean(link) == link and " " not in link


def _download(
    question: str, place: int, one: Evidence, here: Mapping[str, StoredFile], language: Language
) -> None:
    if not one.sha256:
        return
    found = here.get(one.sha256)
    if found is None:
        words = markup.text(say("file_elsewhere", language))
        st.html(markup.page(f'<p class="sub">{words}</p>', language))
        return
    st.download_button(
        say("download", language),
        lambda: keeping.store().file(found.sha256)[1],
        _file_name(one, found),
        KINDS[found.kind],
        key=kept.key(f"load.{place}", question),
        on_click="ignore",
        type="tertiary",
    )


def _file_name(one: Evidence, found: StoredFile) -> str:
    """A file name that no system takes for anything else."""
    stem = PurePath(clean(one.file).replace("\\", "/")).stem
    plain = "".join(c for c in stem if c.isalnum() or c in " -_（）().")[:80].strip(" .")
    return f"{plain or found.sha256[:12]}.{found.kind}"


# -- adding and taking away ------------------------------------------------------------------------


def _add(question: str, answer: Answer, language: Language) -> None:
    if len(answer.evidence) >= _MOST:
        st.info(say("evidence_most", language, most=_MOST))
        return
    with st.container(border=True):
        keys = [kept.key(f"proof.{sort}", question) for sort in ("title", "link", "file")]
        left, right = st.columns(2)
        with left:
            st.text_input(say("evidence_title", language), key=keys[0], max_chars=200)
        with right:
            hint = "https://"
            st.text_input(
                say("evidence_link", language), key=keys[1], max_chars=2000, placeholder=hint
            )
        add = say("add_link", language)
        st.button(
            add, key=kept.key("proof.add", question), on_click=_linked, args=(question, *keys[:2])
        )
        kinds = "、".join(KINDS) if language == "zh" else ", ".join(KINDS)
        st.file_uploader(
            say("evidence_file", language, most=_MEGABYTES, kinds=kinds),
            key=keys[2],
            on_change=_uploaded,
            args=(question, keys[2], keys[0]),
        )


def _linked(question: str, title_key: str, link_key: str) -> None:
    kept.put(_LINK, None)
    title, link = (str(st.session_state.get(key, "")).strip() for key in (title_key, link_key))
    if link and not is_address(link):
        kept.put(_LINK, (question, link[:200]))
    elif title or link:
        _put(question, Evidence(title=title, link=link))


def _uploaded(question: str, key: str, title_key: str) -> None:
    given = st.session_state.get(key)
    if given is None or key != kept.key("proof.file", question):
        return
    name, title = PurePath(str(given.name)).name[:200], str(st.session_state.get(title_key, ""))
    try:
        stored = keeping.store().keep_file(given.getvalue(), name, keeping.act())
    except RiskKitError as error:
        keeping.blame(_spot(question), keeping.Trouble(error.problems))
        kept.renew(question)
    else:
        _put(question, Evidence(title=title.strip(), file=name, sha256=stored.sha256))


def _put(question: str, one: Evidence) -> None:
    now = _evidence(question)
    keeping.blame(_spot(question), None)
    if one in now or state.prove(question, (*now, one)):
        kept.renew(question)  # the fields are empty again


def _drop(question: str, one: Evidence) -> None:
    keeping.blame(_spot(question), None)
    state.prove(question, tuple(each for each in _evidence(question) if each != one))


def _evidence(question: str) -> tuple[Evidence, ...]:
    open_ = state.desk()
    answer = open_.answers.answers.get(question) if open_ else None
    return answer.evidence if answer else ()
