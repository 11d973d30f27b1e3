"""What differs between two sets of rules at hand: the base, each overlay on it, the open case's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

import streamlit as st

from risk_kit import catalogue, rulebook_files, wording
from risk_kit.difference import Sort
from risk_kit.document import Language
from risk_kit.layers import Overlay
from risk_kit.model import Pack
from risk_kit.rulebook_differences import DifferenceRow, rows
from risk_kit.rulebook_words import say as word
from risk_kit.web import markup, overlays, state
from risk_kit.web.opened import FRAMEWORK
from risk_kit.web.texts import say

_SORTS: Final[tuple[Sort, ...]] = ("added", "removed", "changed")
_FOLDED: Final = 12  # things of one kind; more are shown on demand


def show() -> None:
    """Which two are compared, how much differs, and each difference under its kind."""
    language, packs = state.language(), _at_hand()
    first, second = _two(packs, language)
    st.html(markup.page(f"<p>{markup.text(say('changes_about', language))}</p>", language))
    found = _rows(packs[first], packs[second], language)
    st.html(markup.page(_told(found, language), language, "rules"))


def _at_hand() -> Mapping[str, tuple[str, ...]]:
    """Name → overlays on the framework; the open case's only when no other name has them."""
    found = {"": (), **{one: (one,) for one in overlays.offered()}}
    open_ = state.desk()
    laid = open_.pack.overlays if open_ is not None else ()
    known = open_ is not None and all(one in found for one in laid)
    return {**found, "case": laid} if known and len(laid) > 1 else found


def _two(packs: Mapping[str, tuple[str, ...]], language: Language) -> tuple[str, str]:
    """The names of the two that are compared; first the base with what the case has laid on it."""
    names, open_ = list(packs), state.desk()
    laid = open_.pack.overlays if open_ is not None else ()
    second = next((name for name, had in packs.items() if had == laid), "") or names[1]
    left, right = st.columns(2)
    with left:
        old = _one("changes_from", names, "", language)
    with right:
        new = _one("changes_to", names, second, language)
    return old, new


def _one(key: str, names: list[str], default: str, language: Language) -> str:
    chosen: str = st.selectbox(
        say(key, language),
        names,
        index=names.index(default),
        key=f"w.rules.{key}",
        format_func=lambda name: _name(name, language),
    )
    return chosen


def _name(name: str, language: Language) -> str:
    framework = catalogue.pack(FRAMEWORK).framework
    base = f"{wording.of(framework.title, language)} {framework.version}"
    if name == "case":
        return say("changes_case", language)
    return f"{base}＋{overlays.title(name, language)}" if name else base


def _rows(
    before: tuple[str, ...], after: tuple[str, ...], language: Language
) -> tuple[DifferenceRow, ...]:
    base, (old, new) = catalogue.pack(FRAMEWORK), _packs(before, after)
    laid = rulebook_files.laid(FRAMEWORK, sorted({*before, *after}), base)
    return _compared(old, new, (old.digest, new.digest), language, laid)


def _packs(*named: tuple[str, ...]) -> tuple[Pack, ...]:
    return tuple(catalogue.pack(FRAMEWORK, one) for one in named)


@st.cache_resource(max_entries=16, show_spinner=False)
def _compared(
    _old: Pack,
    _new: Pack,
    digests: tuple[str, str],  # noqa: ARG001 - they key the cache
    language: Language,
    _laid: tuple[Overlay, ...],
) -> tuple[DifferenceRow, ...]:
    return rows(_old, _new, language, _laid)


# -- in words --------------------------------------------------------------------------------------


def _told(found: tuple[DifferenceRow, ...], language: Language) -> str:
    if not found:
        return f'<p role="status">{markup.text(say("changes_none", language))}</p>'
    counts = {sort: sum(one.sort == sort for one in found) for sort in _SORTS}
    status = markup.text(say("changes_count", language, **counts))
    kinds = groupby(found, key=lambda one: (one.kind, one.kind_words))
    parts = (_kind(words, tuple(some), language) for (_, words), some in kinds)
    return f'<p role="status">{status}</p>{"".join(parts)}'


def _kind(words: str, found: tuple[DifferenceRow, ...], language: Language) -> str:
    parts = []
    for sort in _SORTS:
        some = [one for one in found if one.sort == sort]
        if some:
            head = say(f"changes_{sort}", language, n=len(some))
            inner = _changed(some, language) if sort == "changed" else _things(some)
            many = len(some) > _FOLDED
            parts.append(
                markup.fold(head, inner) if many else f"<h4>{markup.text(head)}</h4>{inner}"
            )
    return f'<section class="card"><h3>{markup.text(words)}</h3>{"".join(parts)}</section>'


def _things(found: Iterable[DifferenceRow]) -> str:
    return markup.bullets(one.thing for one in found)


def _changed(found: Iterable[DifferenceRow], language: Language) -> str:
    columns = [word("thing", language)]
    columns += [say(key, language) for key in ("changes_from", "changes_to")]
    none, aside = word("none", language), "（{}）" if language == "zh" else " ({})"
    cells = (
        (one.thing + aside.format(one.field), one.before or none, one.after or none)
        for one in found
    )
    return markup.table(columns, cells, say("rules_changes", language))
