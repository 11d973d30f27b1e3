"""Canonical JSON (RFC 8785) of plain values, and SHA-256 over it.

Only what our formats hold: objects, arrays, strings, whole numbers, true, false, null. Strings are
brought to Unicode form NFC first, so that two spellings of one character count as the same.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from risk_kit.model import AnswerSet, Framework, Questionnaire

_SAFE = 2**53
_ALREADY = (str, bool, int, type(None))
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def plain(value: Any) -> Any:  # noqa: ANN401 - a tree of JSON values
    """A value of the model as JSON values; conditions carry the name of their form."""
    kind = type(value)
    if kind in _ALREADY:
        return value
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(kind):
        named = {name: plain(getattr(value, name)) for name in _fields(kind)}
        return {"form": kind.__name__} | {k: v for k, v in named.items() if _says(k, v)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(v) for v in value)
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.init)


def _says(name: str, value: Any) -> bool:  # noqa: ANN401
    """Fields at their empty default are left out, so that a new optional field changes no digest."""
    return name == "value" or not (value is None or value is False or value in ([], "", {}))


def canonical(value: Any) -> bytes:  # noqa: ANN401
    """RFC 8785 bytes of a tree of JSON values. Raises TypeError for floats and unsafe numbers."""
    return _text(value).encode("utf-8", "surrogatepass")


def sha256(data: bytes) -> str:
    """Lower-case hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def pack_digest(
    framework: Framework, questionnaire: Questionnaire, overlays: tuple[str, ...]
) -> str:
    """Identity of a resolved pack: any changed letter changes it, file layout does not."""
    whole = {
        "framework": plain(framework),
        "questionnaire": plain(questionnaire),
        "overlays": sorted(overlays),
    }
    return sha256(canonical(whole))


def answers_digest(answers: AnswerSet) -> str:
    """Identity of the answers with notes, evidence and follow-up, and of the case they describe."""
    whole = {"answers": plain(answers.answers), "case": plain(answers.case)}
    followed = {"followups": plain(answers.followups)} if answers.followups else {}
    return sha256(canonical(whole | followed))


def _units(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def _text(value: Any) -> str:  # noqa: ANN401
    match value:
        case str():
            return _quoted(unicodedata.normalize("NFC", value))
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() if -_SAFE < value < _SAFE:
            return str(value)
        case list() | tuple():
            return "[" + ",".join(map(_text, value)) + "]"
        case dict() | Mapping():  # a dict is told sooner than any mapping
            named = {unicodedata.normalize("NFC", str(key)): part for key, part in value.items()}
            parts = [f"{_quoted(key)}:{_text(named[key])}" for key in sorted(named, key=_units)]
            return "{" + ",".join(parts) + "}"
    raise TypeError(f"no canonical form for {type(value).__name__}")
