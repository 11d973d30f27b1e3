"""Rules: search and filter all rules of the pack, each as a card a lawyer can read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from risk_kit import catalogue, rulebook, rulebook_files
from risk_kit.document import Language
from risk_kit.model import Pack
from risk_kit.rulebook_clauses import in_line
from risk_kit.rulebook_rows import Rulebook, RuleRow
from risk_kit.rulebook_words import say as word
from risk_kit.web import markup, rule_card, rule_changes, state
from risk_kit.web.texts import say

PAGE: Final = 20
_VIEWS: Final = ("every", "changes")
_ANY: Final = ""
_OTHER: Final = "-"
_PAGE_KEY: Final = "w.rules.page"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A rulebook, what each of its rules is searched by, and how each of its cards looks."""

    book: Rulebook
    haystacks: tuple[str, ...]
    cards: rule_card.Cards


def show() -> None:
    """The rules of the open case, or of the framework, as the filters leave them."""
    language, open_ = state.language(), state.desk()
    pack = open_.pack if open_ is not None else state.pack()
    shelf = _shelf(pack, pack.digest, language)
    _head(shelf.book, language)
    if _view(language) == "changes":
        rule_changes.show()
        return
    found = _filtered(shelf, language)
    with st.container():  # a place of its own, so that pages coming and going move nothing
        page = _pages(len(found), language)
    _list(shelf, found, page, language)
    _whole(shelf.book, language)


def _view(language: Language) -> str:
    """All rules, or what differs between two sets of them."""
    chosen: str = st.segmented_control(
        say("rules_view", language),
        _VIEWS,
        default=_VIEWS[0],
        key="w.rules.view",
        format_func=lambda one: say(f"rules_{one}", language),
        required=True,
        label_visibility="collapsed",
    )
    return chosen


def _list(shelf: Shelf, found: list[RuleRow], page: int, language: Language) -> None:
    """What was found in words, and the cards of one page, as one element that changes at once."""
    here = found[page * PAGE : (page + 1) * PAGE]
    numbers = {"first": page * PAGE + 1, "last": page * PAGE + len(here)}
    told = say("rules_found", language, found=len(found), all=len(shelf.book.rules), **numbers)
    told = markup.text(told if found else say("rules_none", language))
    cards = "".join(shelf.cards.card(one) for one in here)
    st.html(markup.page(f'<p role="status" class="sub">{told}</p>{cards}', language, "rules"))
    if (page + 1) * PAGE < len(found):
        st.button(say("rules_next", language), key="w.rules.next", on_click=_turn, args=(page + 1,))


@st.cache_resource(max_entries=8, show_spinner=False)
def _shelf(_pack: Pack, digest: str, language: Language) -> Shelf:  # noqa: ARG001 - it keys the cache
    name = _pack.framework.id
    laid = rulebook_files.laid(name, _pack.overlays, catalogue.pack(name)) if _pack.overlays else ()
    book = rulebook.build(_pack, language, overlays=laid)
    cards = rule_card.Cards(book, [level.id for level in _pack.main_scale.levels])
    return Shelf(book, tuple(_haystack(one, book) for one in book.rules), cards)


def _haystack(one: RuleRow, book: Rulebook) -> str:
    item = f"{one.item.id} {one.item.title}" if one.item else ""
    parts = [one.id, one.title, item, one.because, in_line(one.condition, book.language)]
    parts += [*one.effects, one.basis_words, one.origin.changes]
    parts += [f"{cite.title}{cite.at} {cite.force}" for cite in one.citations]
    parts += [duty.title for duty in one.obliges]
    return _folded(" ".join(parts))


def _folded(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).casefold()


def _head(book: Rulebook, language: Language) -> None:
    inner = f"<h2>{markup.text(say('rules', language))}</h2>"
    inner += f"<p>{markup.text(say('rules_about', language))}</p>"
    if book.layers:
        joint = "、" if language == "zh" else "; "
        layers = joint.join(one.title for one in book.layers)
        told = markup.text(say("rules_of_case", language, layers=layers))
        inner += f'<p class="sub">{told}</p>'
    st.html(markup.page(inner, language))


def _whole(book: Rulebook, language: Language) -> None:
    st.download_button(
        say("rules_download", language),
        lambda: rulebook_files.rendered(book, "html"),
        file_name="rules.html",
        mime="text/html",
        key="w.rules.load",
        on_click="ignore",
    )


# -- filters ---------------------------------------------------------------------------------------


def _filtered(shelf: Shelf, language: Language) -> list[RuleRow]:
    book = shelf.book
    wanted = st.text_input(
        say("search_rules", language),
        key="w.rules.search",
        placeholder=say("search_hint", language),
        max_chars=200,
        on_change=_turn,
    )
    columns = st.columns(4 if book.layers else 3)
    with columns[0]:
        group = _one("by_effect", "all_effects", _groups(shelf), language)
    with columns[1]:
        item = _one("by_item", "all_items", _items(book, language), language)
    with columns[2]:
        basis = _one("by_basis", "all_bases", _bases(book, language), language)
    layer = _ANY
    if book.layers:
        with columns[3]:
            layer = _one("by_layer", "all_layers", _layers(book, language), language)
    words = _folded(wanted).split()
    return [
        one
        for one, hay in zip(book.rules, shelf.haystacks, strict=True)
        if group in (_ANY, one.group)
        and (item in (_ANY, *one.branch) or (item == _OTHER and one.item is None))
        and basis in (_ANY, one.basis)
        and (layer == _ANY or layer in _brought(one))
        and all(word in hay for word in words)
    ]


def _one(key: str, every: str, options: Sequence[tuple[str, str]], language: Language) -> str:
    names = {_ANY: say(every, language), **dict(options)}
    chosen: str = st.selectbox(
        say(key, language),
        list(names),
        key=f"w.rules.{key}",
        format_func=lambda one: names.get(one, one),
        on_change=_turn,
    )
    return chosen


def _brought(one: RuleRow) -> Iterable[str]:
    return (one.origin.layer or _OTHER, *one.origin.changed_by)


def _groups(shelf: Shelf) -> list[tuple[str, str]]:
    used = {one.group for one in shelf.book.rules}
    return [(one.id, one.title) for one in shelf.book.groups if one.id in used]


def _items(book: Rulebook, language: Language) -> list[tuple[str, str]]:
    used = {name for one in book.rules for name in one.branch}
    named = [(one.id, rule_card.item_words(one)) for one in book.items if one.id in used]
    return [*named, (_OTHER, say("no_item", language))]


def _bases(book: Rulebook, language: Language) -> list[tuple[str, str]]:
    used = {one.basis for one in book.rules}
    return [(one, word(one, language)) for one in rule_card.BASES if one in used]


def _layers(book: Rulebook, language: Language) -> list[tuple[str, str]]:
    return [(_OTHER, word("base", language))] + [(one.id, one.title) for one in book.layers]


# -- pages -----------------------------------------------------------------------------------------


def _turn(page: int = 0) -> None:
    """Go to a page of the list; after another search or filter, to the first."""
    st.session_state[_PAGE_KEY] = page
    if page:
        state.go("rules")


def _pages(count: int, language: Language) -> int:
    pages = range((count + PAGE - 1) // PAGE)
    now = st.session_state.get(_PAGE_KEY) or 0
    st.session_state[_PAGE_KEY] = now if now in pages else 0
    if len(pages) > 1:
        st.segmented_control(
            say("rules_pages", language),
            pages,
            key=_PAGE_KEY,
            format_func=lambda n: f"{n * PAGE + 1}–{min((n + 1) * PAGE, count)}",
            required=True,
            label_visibility="collapsed",
        )
    return int(st.session_state[_PAGE_KEY])
