"""The store of this process, and every writing of the page into it.

Nothing is raised to a widget: what could not be saved is kept beside the spot it was written at,
with what was wanted, until it is tried again or let go.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from risk_kit import store_engine
from risk_kit.errors import CannotWrite, NotAvailable, Problem, RiskKitError
from risk_kit.store import Store, open_store
from risk_kit.store_values import Act, Case, Clash, Edit, Rival
from risk_kit.web import kept, person

_WAIT = 3.0  # seconds for another writer


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something was not saved or done; `edits` can be tried again, `rivals` stand against them."""

    problems: tuple[Problem, ...]
    edits: tuple[Edit, ...] = ()
    rivals: tuple[Rival, ...] = ()


@st.cache_resource(max_entries=8, show_spinner=False)
def _opened(place: str) -> Store:
    return open_store(place, wait=_WAIT)


def store() -> Store:
    """The store of cases. Raises what `open_store` raises, each time until it can be opened."""
    return _opened(store_engine.own_place())


def act() -> Act:
    """Who does something now."""
    return Act(datetime.now(UTC), person.name())


def new_id() -> str:
    """The id of a new case: nobody guesses it, and it stands in the address."""
    return secrets.token_urlsafe(12)


# -- troubles --------------------------------------------------------------------------------------


def trouble(spot: str) -> Trouble | None:
    """What went wrong at a spot, if anything."""
    return troubles().get(spot)


def troubles() -> Mapping[str, Trouble]:
    """Spot → what went wrong there and was neither mended nor let go."""
    found: Mapping[str, Trouble] = kept.get("troubles") or {}
    return found


def blame(spot: str, found: Trouble | None) -> None:
    """Keep what went wrong at a spot; None: nothing does any more."""
    rest = {name: one for name, one in troubles().items() if name != spot}
    kept.put("troubles", rest if found is None else {**rest, spot: found})


def attempt(spot: str, deed: Callable[[], Case]) -> Case | None:
    """Do something with the store; what goes wrong is kept at the spot."""
    try:
        done = deed()
    except RiskKitError as error:
        _failed(error)
        rivals = error.rivals if isinstance(error, Clash) else ()
        blame(spot, Trouble(error.problems, rivals=rivals))
        return None
    blame(spot, None)
    kept.put("unsaved", None)
    return done


def change(spot: str, case: Case, edits: Sequence[Edit]) -> bool:
    """Save edits that were made on what this tab shows of `case`; whether they are saved."""
    try:
        saved = store().change(case.id, _seen(case, edits), edits, act())
    except RiskKitError as error:
        _failed(error)
        rivals = error.rivals if isinstance(error, Clash) else ()
        blame(spot, Trouble(error.problems, tuple(edits), rivals))
        kept.renew(spot)
        return False
    own: Mapping[tuple[str, str], int] = kept.get("own", {})
    kept.put("own", {**own, **{(one.part, one.name): saved.revision for one in edits}})
    kept.put("unsaved", None)
    blame(spot, None)
    return True


def _seen(case: Case, edits: Sequence[Edit]) -> int:
    """The revision that the edits were made on: a click may follow another before the page is drawn."""
    own: Mapping[tuple[str, str], int] = kept.get("own", {})
    return min((own.get((one.part, one.name), case.revision) for one in edits), default=0)


def _failed(error: RiskKitError) -> None:
    if isinstance(error, CannotWrite | NotAvailable):
        kept.put("unsaved", error.problems[0])


def probe() -> None:
    """Learn whether the store takes changes at all, before the user makes one."""
    try:
        store().check_writable()
    except RiskKitError as error:
        _failed(error)
    else:
        kept.put("unsaved", None)
