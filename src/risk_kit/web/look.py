"""How the pages look: one style sheet, the shipped font as a last resort, where the view jumps."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import streamlit as st
from streamlit.components.v1 import declare_component

from risk_kit.appearance import language_tag
from risk_kit.document import Language
from risk_kit.web.texts import say

_UPLOAD = '[data-testid="stFileUploaderDropzone"]>span button'
_HAN = "U+2E80-9FFF,U+F900-FAFF,U+FE30-FE4F,U+FF00-FFEF,U+20000-3FFFF"


def dress(language: Language) -> None:
    """Put the style sheet into the page; Streamlit's own words on upload buttons are replaced."""
    browse = f'{_UPLOAD} p::after{{content:"{say("browse", language)}"}}'
    st.html(f"<style>{_style()}{browse}</style>")


def move(language: Language, visit: int, question: str) -> None:
    """After a change of place: tell the browser the language, and show the top or the question.

    The script holds only fixed text, a number and a question's CSS class written as JSON.
    """
    target = json.dumps(f".st-key-q-{question}" if question else "")
    tag = json.dumps(language_tag(language))
    st.html(
        f"<script>/* {visit} */document.documentElement.lang={tag};"
        f"if(window.rkVisit!=={visit}){{window.rkVisit={visit};setTimeout(()=>{{"
        f"const q={target}&&document.querySelector({target});"
        "if(q)q.scrollIntoView({block:'center'});"
        "else{const m=document.querySelector('[data-testid=\"stMain\"]');if(m)m.scrollTo(0,0)}"
        "},350)}</script>",
        unsafe_allow_javascript=True,
    )


@lru_cache(maxsize=1)
def _style() -> str:
    here = Path(str(files("risk_kit")))
    place = f"component/{declare_component('fonts', path=here / 'data' / 'fonts').name}"
    faces = "".join(
        f'@font-face{{font-family:"rk-han";font-weight:{weight};font-display:swap;'
        f'src:url("{place}/NotoSansTC-{name}.ttf") format("truetype");unicode-range:{_HAN}}}'
        for name, weight in (("Regular", "100 500"), ("Bold", "600 900"))
    )
    return faces + (here / "web" / "style.css").read_text(encoding="utf-8")
