"""What is typed is saved when the typing rests, and is still there after a reload before that.

Streamlit itself sends a text when the cursor leaves its field. A pause inside an input method is no
rest. Until a text was sent, the browser keeps it for this tab and puts it back after a reload.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

_REST: Final = 1500  # milliseconds
_SCRIPT: Final = """<script>
if(!window.rkUnsent){
window.rkUnsent=true;
const fields='[data-testid="stTextInput"] input:not([type="password"]),'
+'[data-testid="stTextArea"] textarea';
const name='rk-unsent',box=sessionStorage;
const place=()=>new URLSearchParams(location.search).get('case');
const spot=field=>{
const outer=field.closest('[class*="st-key-w-"]');
const found=outer&&[...outer.classList].find(one=>one.startsWith('st-key-w-'));
return found&&found.replace(/-[0-9]+$/,'');
};
let timer=0,typed=null,composing=false;
const idle=()=>document.querySelector('[data-test-script-state="notRunning"]');
const forget=(sent,tries)=>setTimeout(()=>{
if(!idle()&&tries>0)forget(sent,tries-1);
else if(box.getItem(name)===sent)box.removeItem(name);
},500);
const send=()=>{
clearTimeout(timer);
if(typed&&typed.isConnected&&!composing){
typed.dispatchEvent(new FocusEvent('focusout',{bubbles:true}));
forget(box.getItem(name),20);
}
typed=null;
};
const rest=field=>{
typed=field;
if(place()&&spot(field))box.setItem(name,JSON.stringify([place(),spot(field),field.value]));
clearTimeout(timer);
timer=setTimeout(send,REST);
};
addEventListener('compositionstart',()=>{composing=true;clearTimeout(timer)},true);
addEventListener('compositionend',e=>{composing=false;if(e.target.matches(fields))rest(e.target)},true);
addEventListener('input',e=>{if(e.target.matches(fields))rest(e.target)},true);
addEventListener('focusout',e=>{if(e.isTrusted&&e.target===typed)send()},true);
document.addEventListener('visibilitychange',()=>{if(document.hidden)send()},true);
const put=(field,text)=>{
const kind=field.tagName==='TEXTAREA'?HTMLTextAreaElement:HTMLInputElement;
Object.getOwnPropertyDescriptor(kind.prototype,'value').set.call(field,text);
field.dispatchEvent(new Event('input',{bubbles:true}));
};
const left=JSON.parse(box.getItem(name)||'null');
let tries=left&&left[0]===place()?75:0;
const back=()=>{
const field=[...document.querySelectorAll(fields)].find(one=>spot(one)===left[1]);
if(field&&!field.disabled){if(field.value!==left[2])put(field,left[2])}
else if(--tries>0)setTimeout(back,200);
};
if(tries)back();
}
</script>"""


def watch() -> None:
    """Watch the fields of the page; a field is told to send as if the cursor had left it."""
    st.html(_SCRIPT.replace("REST", str(_REST)), unsafe_allow_javascript=True)
