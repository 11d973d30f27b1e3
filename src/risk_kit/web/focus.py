"""Whoever works by keyboard keeps the place: focus is never lost when the page changes under it.

A widget that was renewed or taken away while it had the focus hands it to the widget that stands
there now, else to one beside it. Whoever works by mouse or finger is left alone.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

# Streamlit drops a script, silently, that holds `<` right before a letter or digit.
_SCRIPT: Final = """<script>
if(!window.rkFocus){
window.rkFocus=true;
let last=null,trail=[],tries=0;
const things='input:not([type="file"]),textarea,button,summary,a[href],[tabindex="0"]';
const free=one=>!one.disabled&&one.getClientRects().length>0;
const among=outer=>[...outer.querySelectorAll(things)].filter(free);
const keys=one=>[...one.classList].filter(name=>name.startsWith('st-key-'));
const on=one=>one.checked||one.getAttribute('aria-checked')==='true';
const path=one=>{
const found=[];
for(let outer=one;outer;outer=outer.parentElement)
for(const key of keys(outer))found.push([key,among(outer).indexOf(one)]);
return found;
};
const renewed=key=>{
const name=key.replace(/-[0-9]+$/,'');
return [...document.querySelectorAll(`[class*="${name}"]`)].find(
one=>keys(one).some(other=>other.replace(/-[0-9]+$/,'')===name));
};
const place=(key,at)=>{
const outer=document.querySelector('.'+CSS.escape(key))||renewed(key);
const inside=outer?among(outer):[];
return inside.find(on)||inside[Math.min(Math.max(at,0),inside.length-1)];
};
const beside=()=>{
for(const [key] of trail.slice(1)){
const outer=document.querySelector('.'+CSS.escape(key)),inside=outer?among(outer):[];
const found=inside.find(on)||inside.find(one=>!one.matches('[type="text"],textarea'));
if(found)return found;
}
return document.querySelector('.st-key-w-screen [aria-checked="true"]');
};
const lost=()=>last&&!last.isConnected&&document.activeElement===document.body;
const idle=()=>document.querySelector('[data-test-script-state="notRunning"]');
const back=()=>{
if(!lost()){tries=0;return}
const found=(trail.length&&place(...trail[0]))||(idle()&&26>tries&&beside());
if(found){tries=0;found.focus({preventScroll:true})}
else if(--tries>0)setTimeout(back,100);
};
addEventListener('keydown',key=>{
window.rkKeys=key.target.closest('[role="radiogroup"],[role="tablist"]')?'among':'on'},true);
addEventListener('pointerdown',()=>{window.rkKeys='';last=null},true);
addEventListener('focusin',one=>{last=one.target;trail=path(last)},true);
new MutationObserver(()=>{if(window.rkKeys&&!tries&&lost()){tries=30;back()}})
.observe(document.body,{childList:true,subtree:true});
}
</script>"""


def keep() -> None:
    """Watch where the focus is, and bring it back when what had it is gone."""
    st.html(_SCRIPT, unsafe_allow_javascript=True)
