"""Whose key signs: chosen on the page, opened for one signature, and kept nowhere.

A session remembers what a form sent until the form is gone. So every form with a pass phrase or PIN
is replaced by a new one as soon as it was sent, whatever came of it; what is to be said is said
beside the new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, NoReturn, TypeAlias

import streamlit as st

from risk_kit import files, identity, offered
from risk_kit import sign as signing
from risk_kit.document import Language
from risk_kit.errors import Problem
from risk_kit.sign import Signer
from risk_kit.sign_token import open_token
from risk_kit.web import kept, markup
from risk_kit.web.said import problems
from risk_kit.web.texts import say

Kind: TypeAlias = Literal["test", "p12", "token"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A key as the form says; the secret is shown by nothing."""

    kind: Kind
    file: bytes | None = field(default=None, repr=False)
    secret: str = field(default="", repr=False)
    module: Path | None = None
    token: str | None = None
    label: str | None = None

    @property
    def whole(self) -> bool:
        """Whether everything is there that opening it needs."""
        return self.kind != "p12" or self.file is not None


def kind(language: Language) -> Kind:
    """Which kind of key was chosen; tokens are offered where a module is configured."""
    kinds: tuple[Kind, ...] = ("test", "p12", "token") if offered.modules() else ("test", "p12")
    chosen: Kind = st.radio(
        say("identity", language),
        kinds,
        key="w.identity",
        format_func=lambda one: say(f"by_{one}", language),
    )
    if chosen == "test":
        st.warning(say("test_warning", language))
    return chosen


def fields(chosen: Kind, language: Language) -> Chosen:
    """The fields of a form that the kind of key needs."""
    if chosen == "p12":
        return _file(language)
    return _token(language) if chosen == "token" else Chosen("test")


def _file(language: Language) -> Chosen:
    file = st.file_uploader(say("p12_file", language), ["p12", "pfx"], max_upload_size=1)
    phrase = st.text_input(say("passphrase", language), type="password", autocomplete="off")
    _small("p12_about", language)
    return Chosen("p12", file.getvalue() if file else None, phrase)


def _token(language: Language) -> Chosen:
    modules = offered.modules()
    module = modules[0]
    if len(modules) > 1:
        module = st.selectbox(
            say("token_module", language), modules, format_func=lambda one: one.name
        )
    name = st.text_input(say("token_name", language), max_chars=64)
    label = st.text_input(say("token_label", language), max_chars=200)
    pin = st.text_input(say("token_pin", language), type="password", autocomplete="off")
    _small("token_about", language)
    return Chosen("token", None, pin, module, name.strip() or None, label.strip() or None)


def _small(key: str, language: Language) -> None:
    st.html(markup.page(f'<p class="sub">{markup.text(say(key, language))}</p>', language))


def form(spot: str, chosen: Kind) -> str:
    """The key of the form of a spot: another one each time that it was sent."""
    return f"{kept.key('form', spot)}.{chosen}"


def sent(spot: str, text: str = "", found: tuple[Problem, ...] = ()) -> NoReturn:
    """Let the form and all that was typed into it go; draw the page again, with a text or none."""
    kept.renew(spot)
    kept.put(f"sent.{spot}", (text, found))
    st.rerun()


def say_what_came_of_it(spot: str, language: Language) -> None:
    """What `sent` left to be said, once."""
    text, found = kept.get(f"sent.{spot}", ("", ()))
    kept.put(f"sent.{spot}", ("", ()))
    if found:
        problems(found, say(text, language))
    elif text:
        st.error(say(text, language))


@contextmanager
def opened(key: Chosen, role: str, now: datetime) -> Iterator[Signer]:
    """The signer, for as long as the block lasts. Raises BadKey, NotAvailable, CannotWrite."""
    if key.kind == "token" and key.module is not None:
        with open_token(key.module, key.secret, token=key.token, label=key.label) as held:
            yield held
    elif key.file is not None:
        yield signing.load_p12(key.file, key.secret)
    else:
        yield identity.development_identity(role, files.home(), now)
