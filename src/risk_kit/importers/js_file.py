"""JSON files from elsewhere → plain values: bounded, with no key twice and no number that is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from risk_kit.errors import BadInput, Problem
from risk_kit.importers.survey import MOST_BYTES, MOST_DEPTH
from risk_kit.yamlread import read_bytes


def read(path: Path) -> dict[str, Any]:
    """The object in a JSON file. Raises BadInput: unreadable, no JSON, a key twice, too deep."""
    data, file = read_bytes(path, MOST_BYTES), str(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadInput(Problem("not_utf8", {"byte": error.start}, file, line)) from error
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice.extend(sorted({one for one in names if names.count(one) > 1}))
        return found

    try:
        value = json.loads(text, object_pairs_hook=once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        facts = {"detail": error.msg}
        raise BadInput(Problem("import_no_json", facts, file, error.lineno)) from error
    except RecursionError as error:
        raise BadInput(Problem("nested_too_deep", {"most": MOST_DEPTH}, file)) from error
    except ValueError as error:  # NaN, Infinity, or more digits than Python reads
        raise BadInput(Problem("import_no_json", {"detail": str(error)}, file)) from error
    if twice:
        raise BadInput(*(Problem("import_key_twice", {"key": key}, file) for key in twice))
    if not isinstance(value, dict):
        raise BadInput(Problem("import_no_object", {}, file, path="$"))
    if _deeper(value, MOST_DEPTH):
        raise BadInput(Problem("nested_too_deep", {"most": MOST_DEPTH}, file))
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _deeper(value: Any, most: int) -> bool:  # noqa: ANN401 - a JSON value
    """Whether lists and objects are nested more than `most` deep."""
    layer = [value]
    for _ in range(most + 1):
        layer = [
            part
            for one in layer
            for part in (one.values() if isinstance(one, dict) else one)
            if isinstance(part, dict | list)
        ]
        if not layer:
            return False
    return True
