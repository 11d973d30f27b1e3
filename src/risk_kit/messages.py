"""The sentences of every problem, in Traditional Chinese and English: one table, code → (zh, en).

Each says what is wrong, what was expected and what to try. Where it is (file, line, path) is put
before it by `sentence`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from risk_kit.errors import Problem, RiskKitError
from risk_kit.messages_files import FILE_MESSAGES
from risk_kit.messages_packs import PACK_MESSAGES
from risk_kit.messages_pdf import PDF_MESSAGES
from risk_kit.messages_sign import SIGN_MESSAGES
from risk_kit.messages_verify import VERIFY_MESSAGES

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    **FILE_MESSAGES,
    **PACK_MESSAGES,
    **PDF_MESSAGES,
    **SIGN_MESSAGES,
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
_MOST_SHOWN: Final = 200


def sentence(problem: Problem, language: str) -> str:
    """One paragraph: where, then what, what was expected, what to try."""
    zh = language == "zh"
    template = MESSAGES[problem.code][0 if zh else 1]
    facts = {name: shown(value, language) for name, value in problem.facts.items()}
    facts["near"] = _near(problem.facts.get("near"), zh=zh)
    where = _where(problem, zh=zh)
    return f"{where}{template.format_map(_Facts(facts))}"


def paragraphs(error: RiskKitError | Iterable[Problem]) -> str:
    """Every problem in Chinese, then in English, one paragraph each."""
    problems = error.problems if isinstance(error, RiskKitError) else tuple(error)
    return "\n".join(f"{sentence(p, 'zh')}\n{sentence(p, 'en')}" for p in problems)


def shown(value: object, language: str = "zh") -> str:
    """A fact as a reader sees it: lists joined, control characters made visible, length bounded."""
    if isinstance(value, str) and value in KINDS:
        value = KINDS[value][0 if language == "zh" else 1]
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, list | tuple | set | frozenset):
        joint = "、" if language == "zh" else ", "
        value = joint.join(shown(one, language) for one in value)
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
