"""What is typed is saved when the typing rests, and is still there after a reload before that.

Streamlit itself sends a text when the cursor leaves its field. A pause inside an input method is no
rest. Until a text was sent, the browser keeps it for this tab and puts it back after a reload. When a
tab goes away before that, the browser keeps the text itself (a week at most), and puts it back where
the case is opened next in that browser, if the field still holds what it held before the typing.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

_REST: Final = 1500  # milliseconds
# Streamlit drops a script, silently, that holds `<` right before a letter or digit.
_WEEK: Final = 7 * 24 * 3600 * 1000  # milliseconds
_SCRIPT: Final = """<script>
if(!window.rkUnsent){
window.rkUnsent=true;
const open=which=>{
try{const found=window[which];found.getItem('');return found}
catch{const held={};return{getItem:k=>held[k]??null,setItem:(k,v)=>{held[k]=v},
removeItem:k=>{delete held[k]}}}
};
const fields='[data-testid="stTextInput"] input:not([type="password"]),'
+'[data-testid="stTextArea"] textarea';
const name='rk-unsent',box=open('sessionStorage');
const left='rk-left|',drawer=open('localStorage'),before=new WeakMap();
const place=()=>new URLSearchParams(location.search).get('case');
const spot=field=>{
const outer=field.closest('[class*="st-key-w-"]');
const found=outer&&[...outer.classList].find(one=>one.startsWith('st-key-w-'));
return found&&found.replace(/-[0-9]+$/,'');
};
let timer=0,typed=null,composing=false;
const idle=()=>document.querySelector(
'[data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]');
const read=raw=>{try{return JSON.parse(raw)||[]}catch{return []}};
const slot=sent=>{const [home,where]=read(sent);return left+home+'|'+where};
let heard=false;
new MutationObserver(()=>{
if(document.querySelector('[data-test-script-state="running"]'))heard=true;
}).observe(document,{attributeFilter:['data-test-script-state'],subtree:true});
const forget=(sent,field,tries)=>setTimeout(()=>{
if(!heard||!idle()){if(tries>0)forget(sent,field,tries-1);return}
before.set(field,[read(sent)[2]??field.value]);
if(box.getItem(name)===sent)box.removeItem(name);
if(sent)drawer.removeItem(slot(sent));
},500);
const leave=()=>{
const [,,text,base]=read(box.getItem(name));
if(text!==undefined)
drawer.setItem(slot(box.getItem(name)),JSON.stringify([text,base,Date.now()]));
};
const send=()=>{
clearTimeout(timer);
if(typed&&typed.isConnected&&!composing){
heard=false;
typed.dispatchEvent(new FocusEvent('focusout',{bubbles:true}));
before.set(typed,[...before.get(typed)??[],typed.value]);
forget(box.getItem(name),typed,20);
}
typed=null;
};
const rest=field=>{
typed=field;
const base=before.get(field)??[''];
if(base.length===1&&field.value===base[0])box.removeItem(name);
else if(place()&&spot(field))
box.setItem(name,JSON.stringify([place(),spot(field),field.value,base]));
clearTimeout(timer);
timer=setTimeout(send,REST);
};
addEventListener('compositionstart',()=>{composing=true;clearTimeout(timer)},true);
addEventListener('compositionend',e=>{composing=false;if(e.target.matches(fields))rest(e.target)},true);
addEventListener('input',e=>{if(e.target.matches(fields))rest(e.target)},true);
addEventListener('focusout',e=>{if(e.isTrusted&&e.target===typed)send()},true);
addEventListener('focusin',e=>{
if(e.target.matches(fields)&&e.target!==typed)before.set(e.target,[e.target.value])},true);
document.addEventListener('visibilitychange',()=>{if(document.hidden){leave();send()}},true);
addEventListener('pagehide',leave,true);
const put=(field,text)=>{
const kind=field.tagName==='TEXTAREA'?HTMLTextAreaElement:HTMLInputElement;
if(!before.has(field))before.set(field,[field.value]);
Object.getOwnPropertyDescriptor(kind.prototype,'value').set.call(field,text);
field.dispatchEvent(new Event('input',{bubbles:true}));
};
const find=where=>[...document.querySelectorAll(fields)].find(one=>spot(one)===where&&!one.disabled);
const mine=read(box.getItem(name));
let tries=mine[0]&&mine[0]===place()?75:0;
const back=()=>{
const field=idle()&&find(mine[1]);
if(field){if(field.value!==mine[2])put(field,mine[2])}
else if(--tries>0)setTimeout(back,200);
};
if(tries)back();
let seen='';
const look=()=>{
const found=Object.keys(drawer).find(key=>{
const [,home,where]=key.split('|');
return key.startsWith(left)&&home===place()&&idle()&&find(where);
});
if(found&&seen===found){
const field=find(found.split('|')[2]),[text,base]=read(drawer.getItem(found));
drawer.removeItem(found);
if(field.value!==text&&[base].flat().includes(field.value))put(field,text);
}
seen=found;
};
for(const key of Object.keys(drawer))
if(key.startsWith(left)&&!(read(drawer.getItem(key))[2]>Date.now()-WEEK))drawer.removeItem(key);
setInterval(look,500);
}
</script>"""


def watch() -> None:
    """Watch the fields of the page; a field is told to send as if the cursor had left it."""
    st.html(
        _SCRIPT.replace("REST", str(_REST)).replace("WEEK", str(_WEEK)),
        unsafe_allow_javascript=True,
    )
