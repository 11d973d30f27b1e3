"""Plain values → YAML text that means the same to every reader: every text in double quotes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

_INDENT: Final = "  "
_SHORT: Final = 60


def yaml_text(value: Mapping[str, Any], head: str = "") -> str:
    """A mapping of mappings, lists, texts, whole numbers, true and false as YAML; `head` as comment."""
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    return comment + "\n".join(_mapping(value, "")) + "\n"


def _mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, part in value.items():
        yield from _entry(f"{indent}{_key(key)}:", part, indent)


def _entry(start: str, part: Any, indent: str) -> Iterator[str]:  # noqa: ANN401 - a plain value
    flat = _flat(part)
    if flat is not None:
        yield f"{start} {flat}"
        return
    yield start
    if isinstance(part, Mapping):
        yield from _mapping(part, indent + _INDENT)
    else:
        yield from _list(part, indent + _INDENT)


def _list(values: list[Any], indent: str) -> Iterator[str]:
    for part in values:
        flat = _flat(part)
        if flat is not None:
            yield f"{indent}- {flat}"
        elif isinstance(part, Mapping):
            lines = list(_mapping(part, indent + _INDENT))
            yield f"{indent}- {lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield f"{indent}-"
            yield from _list(part, indent + _INDENT)


def _flat(part: Any) -> str | None:  # noqa: ANN401
    """The value on one line, when it is a scalar or a short container."""
    if isinstance(part, Mapping):
        inner = [(key, _flat(value)) for key, value in part.items()]
        text = "{" + ", ".join(f"{_key(key)}: {value}" for key, value in inner) + "}"
        return text if all(v is not None for _, v in inner) and len(text) <= _SHORT else None
    if isinstance(part, list | tuple):
        items = [_flat(value) for value in part]
        whole = all(item is not None for item in items)
        text = "[" + ", ".join(str(item) for item in items) + "]"
        return text if whole and len(text) <= _SHORT else None
    return _quoted(part) if isinstance(part, str) else json.dumps(part)


def _key(key: str) -> str:
    plain = key.isascii() and key.replace("_", "").isalpha()
    return key if plain and key.lower() not in _SWITCHES else _quoted(key)


_SWITCHES: Final = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def _quoted(text: str) -> str:
    """A double-quoted scalar; what a reader might fold or refuse is escaped."""
    return "".join(
        c if c.isprintable() or c == " " else _escaped(c)
        for c in json.dumps(text, ensure_ascii=False)
    )


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - half of a pair stands for nothing
        return "\ufffd"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004
