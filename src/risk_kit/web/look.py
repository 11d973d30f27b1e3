"""How the pages look: one style sheet, the shipped font as a last resort, where the view jumps."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.components.v1 import declare_component

from risk_kit.appearance import language_tag
from risk_kit.document import Language
from risk_kit.web.texts import say

_REFUSED = '[data-testid="stFileUploader"] [role="alert"]'
_UPLOAD = '[data-testid="stFileUploaderDropzone"]>span button'
_HAN = "U+2E80-9FFF,U+F900-FAFF,U+FE30-FE4F,U+FF00-FFEF,U+20000-3FFFF"

_MOVE: Final = """<script>/* VISIT */{
document.documentElement.lang=TAG;
const side=document.querySelector('[data-testid="stSidebar"]');
if(side){side.setAttribute('aria-label',SIDE);
side.querySelector('[data-testid="stSidebarContent"]').tabIndex=0}
const before=window.rkVisit;
window.rkVisit=VISIT;
if(before!==VISIT)setTimeout(()=>{
const main=document.querySelector('[data-testid="stMain"]');
const asked=TARGET&&document.querySelector(TARGET);
if(asked)asked.scrollIntoView({block:'center'});else if(main)main.scrollTo(0,0);
const heads=(asked||main||document).querySelectorAll(asked?'h3':'h2');
const head=[...heads].find(one=>one.getClientRects().length);
if(head&&window.rkKeys==='on'&&before!==undefined){
head.tabIndex=-1;head.focus({preventScroll:true})}
},350)}</script>"""


def dress(language: Language) -> None:
    """Put the style sheet into the page; Streamlit's own words on uploads are replaced."""
    browse = f'{_UPLOAD} p::after{{content:"{say("browse", language)}"}}'
    refused = f'{_REFUSED}{{font-size:0}}{_REFUSED}::after{{content:"{say("refused", language)}"}}'
    st.html(f"<style>{_style()}{browse}{refused}{_REFUSED}::after{{font-size:.875rem}}</style>")


def move(language: Language, visit: int, question: str) -> None:
    """After a change of place: tell the browser the language, and show the top or the question.

    Whoever works by keyboard goes on from its heading, except among the choices of a list, where
    the arrow keys go on. The script holds only fixed text, a number, and names written as JSON.
    """
    parts = {
        "VISIT": str(visit),
        "TARGET": json.dumps(f".st-key-q-{question}" if question else ""),
        "TAG": json.dumps(language_tag(language)),
        "SIDE": json.dumps(say("tier_now", language)),
    }
    script = _MOVE
    for name, part in parts.items():
        script = script.replace(name, part)
    st.html(script, unsafe_allow_javascript=True)


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
