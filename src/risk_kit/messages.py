"""The sentences of every problem, in Traditional Chinese and English: one table, code → (zh, en).

Each says what is wrong, what was expected and what to try. Where it is (file, line, path) is put
before it by `sentence`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from risk_kit.errors import Problem, RiskKitError
from risk_kit.messages_files import FILE_MESSAGES
from risk_kit.messages_forms import FORM_MESSAGES
from risk_kit.messages_import import IMPORT_MESSAGES
from risk_kit.messages_packs import PACK_MESSAGES
from risk_kit.messages_pdf import PDF_MESSAGES
from risk_kit.messages_prove import PROVE_MESSAGES
from risk_kit.messages_sign import SIGN_MESSAGES
from risk_kit.messages_store import STORE_MESSAGES
from risk_kit.messages_verify import VERIFY_MESSAGES

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    **FILE_MESSAGES,
    **FORM_MESSAGES,
    **IMPORT_MESSAGES,
    **PACK_MESSAGES,
    **PDF_MESSAGES,
    **PROVE_MESSAGES,
    **SIGN_MESSAGES,
    **STORE_MESSAGES,
    **VERIFY_MESSAGES,
}
KINDS: Final[dict[str, tuple[str, str]]] = {
    "object": ("對照表", "a mapping"),
    "array": ("清單", "a list"),
    "boolean": ("布林值", "a boolean"),
    "integer": ("整數", "a whole number"),
    "number": ("小數", "a decimal number"),
    "string": ("文字", "text"),
    "null": ("空白", "nothing"),
}
NAMES: Final[dict[str, tuple[str, str]]] = {
    "question": ("題目", "question"),
    "option": ("選項", "option"),
    "criterion": ("判準", "criterion"),
    "criteria": ("判準", "criterion"),
    "dimension": ("面向", "dimension"),
    "dimensions": ("面向", "dimension"),
    "derived": ("面向", "dimension"),
    "points": ("面向", "dimension"),
    "threshold": ("門檻", "threshold"),
    "parameter": ("參數", "parameter"),
    "parameters": ("參數", "parameter"),
    "scale": ("量尺", "scale"),
    "scales": ("量尺", "scale"),
    "level": ("級距", "level"),
    "source": ("出處", "source"),
    "sources": ("出處", "source"),
    "item": ("條目", "item"),
    "items": ("條目", "item"),
    "mapping": ("對映", "mapping"),
    "oblige": ("應辦事項", "obligation"),
    "obligations": ("應辦事項", "obligation"),
    "rules": ("規則", "rule"),
    "exempt": ("規則", "rule"),
    "fires": ("規則", "rule"),
    "not_fires": ("規則", "rule"),
    "preparer": ("填報人（preparer）", "preparer"),
    "reviewer": ("審查人（reviewer）", "reviewer"),
    "approver": ("核定人（approver）", "approver"),
}
REASONS: Final[dict[str, str]] = {
    "No such file or directory": "沒有這個檔案或資料夾",
    "Permission denied": "權限不足",
    "No space left on device": "磁碟空間不足",
    "Is a directory": "那是資料夾",
    "Not a directory": "路徑中有一段不是資料夾",
    "Read-only file system": "檔案系統唯讀",
    "File name too long": "檔名太長",
    "Input/output error": "讀寫裝置發生錯誤",
}
_MOST_SHOWN: Final = 200


def sentence(problem: Problem, language: str) -> str:
    """One paragraph: where, then what, what was expected, what to try."""
    zh = language == "zh"
    template = MESSAGES[problem.code][0 if zh else 1]
    facts = {name: _fact(name, value, language) for name, value in problem.facts.items()}
    facts.setdefault("near", "")
    where = _where(problem, zh=zh)
    return f"{where}{template.format_map(_Facts(facts))}".rstrip()


def _fact(name: str, value: object, language: str) -> str:
    """A fact in words: the facts of some names are words of the toolkit, all others are data."""
    zh = language == "zh"
    match name, value:
        case "near", list():
            return _near(value, zh=zh)
        case "expected", list():
            words = [_word(KINDS, one, zh=zh) for one in value]
            return ("或" if zh else " or ").join(words)
        case "got", str():
            return _word(KINDS, value, zh=zh)
        case "kind" | "role" | "first", str():
            return _word(NAMES, value, zh=zh)
        case "why", str() if value in MESSAGES:
            return MESSAGES[value][0 if zh else 1]
        case "reason", str() if zh:
            return shown(REASONS.get(value, value))
    return shown(value, language)


def _word(table: dict[str, tuple[str, str]], value: object, *, zh: bool) -> str:
    words = table.get(str(value))
    return shown(value) if words is None else words[0 if zh else 1]


def paragraphs(error: RiskKitError | Iterable[Problem]) -> str:
    """Every problem in Chinese, then in English, one paragraph each."""
    problems = error.problems if isinstance(error, RiskKitError) else tuple(error)
    return "\n".join(f"{sentence(p, 'zh')}\n{sentence(p, 'en')}" for p in problems)


def shown(value: object, language: str = "zh") -> str:
    """A fact as a reader sees it: lists joined, control characters made visible, length bounded."""
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, list | tuple | set | frozenset):
        joint, none = ("、", "（無）") if language == "zh" else (", ", "(none)")
        value = joint.join(shown(one, language) for one in value) or none
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value))
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


def _near(near: object, *, zh: bool) -> str:
    if not near:
        return ""
    name = shown(near, "zh" if zh else "en")
    return f"您是不是要寫「{name}」？" if zh else f"Did you mean “{name}”? "


class _Facts(dict[str, str]):
    """A fact that a problem does not carry prints as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def _where(problem: Problem, *, zh: bool) -> str:
    parts = []
    if problem.file:
        parts.append(shown(problem.file))
    if problem.line:
        parts.append(f"第 {problem.line} 行" if zh else f"line {problem.line}")
    if problem.path:
        parts.append(shown(problem.path))
    colon = "：" if zh else ": "
    return f"{'，'.join(parts) if zh else ', '.join(parts)}{colon}" if parts else ""
