"""A document against its published JSON Schema: every violation, with its line and a suggestion."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from risk_kit.errors import BadInput, NotAvailable, Problem
from risk_kit.yamlread import Document

MOST_PROBLEMS: Final = 100
_ENDING: Final = ".schema.json"
_URN: Final = "urn:risk-kit:schema:"
_HINTED: Final = {"boolean", "number", "integer"}
_LIMITS: Final = {
    "minItems": "too_few",
    "maxItems": "too_many",
    "minimum": "too_small",
    "maximum": "too_big",
    "maxLength": "too_long",
}


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of a published schema: framework, questionnaire, answers, cases, overlay."""
    return Draft202012Validator(bundled(name))


def published() -> tuple[str, ...]:
    """The names of the published schemas."""
    folder = files("risk_kit").joinpath("data/schemas")
    names = (path.name for path in folder.iterdir())
    return tuple(sorted(one.removesuffix(_ENDING) for one in names if one.endswith(_ENDING)))


def bundled(name: str) -> dict[str, Any]:
    """A published schema with the published schemas it refers to inside. Raises NotAvailable."""
    if name not in published():
        near = get_close_matches(name, published(), 1)
        facts = {"value": name, "offered": published(), "near": near}
        raise NotAvailable(Problem("no_schema", facts))
    whole = _read(name)
    others = {one: _read(one) for one in _referred(whole)}
    return whole | ({"$defs": whole.get("$defs", {}) | others} if others else {})


def _read(name: str) -> dict[str, Any]:
    text = files("risk_kit").joinpath(f"data/schemas/{name}{_ENDING}").read_text("utf-8")
    return dict(json.loads(text))


def _referred(part: object) -> Iterator[str]:
    """Names of other schemas to which a schema refers."""
    if isinstance(part, dict):
        refers = str(part.get("$ref", ""))
        if refers.startswith(_URN):
            yield refers.removeprefix(_URN).partition(":")[0]
        for inner in part.values():
            yield from _referred(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _referred(inner)


def check(document: Document, name: str) -> None:
    """Raises BadInput with every violation of the schema, at most 100 of them."""
    problems: list[Problem] = []
    for error in validator(name).iter_errors(document.value):
        problems.extend(_problems(document, error))
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise BadInput(*sorted(problems[:MOST_PROBLEMS], key=lambda p: (p.line or 0, p.code)))


def _problems(document: Document, error: ValidationError) -> Iterator[Problem]:
    path = tuple(error.absolute_path)
    value: Any = error.instance
    rule: Any = error.validator_value
    shape: Any = error.schema
    match error.validator:
        case "additionalProperties":
            offered = list(shape.get("properties", {}))
            for key in [k for k in value if k not in offered]:
                near = get_close_matches(key, offered, 1)
                facts = {"key": key, "offered": offered, "near": near}
                yield document.problem("unknown_key", (*path, key), **facts)
        case "required":
            missing = [key for key in rule if key not in value]
            yield document.problem("missing_key", path, keys=missing)
        case "type":
            yield _wrong_type(document, error, path)
        case "enum" | "const":
            offered = list(rule) if error.validator == "enum" else [rule]
            near = get_close_matches(str(value), [str(one) for one in offered], 1)
            yield document.problem("not_offered", path, value=value, offered=offered, near=near)
        case "pattern":
            yield document.problem(_form(str(rule)), path, value=value)
        case "minProperties" | "maxProperties":
            yield document.problem("one_key", path, keys=list(value))
        case "minLength" | "minItems" if not value:
            yield document.problem("empty", path)
        case str(word) if word in _LIMITS:
            facts = {"value": value, "count": _count(value), "limit": rule}
            yield document.problem(_LIMITS[word], path, **facts)
        case _:
            yield document.problem("bad_shape", path, detail=error.message)


def _wrong_type(document: Document, error: ValidationError, path: tuple[Any, ...]) -> Problem:
    rule: Any = error.validator_value
    wanted = [rule] if isinstance(rule, str) else list(rule)
    got = _type(error.instance)
    if got == "null":
        return document.problem("empty" if path else "empty_file", path)
    code = "quote_it" if "string" in wanted and got in _HINTED else "wrong_value"
    code = "no_decimal" if got == "number" and "integer" in wanted else code
    if got in ("object", "array"):
        return document.problem("wrong_type", path, expected=wanted, got=got)
    return document.problem(code, path, expected=wanted, got=got, value=error.instance)


def _form(pattern: str) -> str:
    """The code for a text that does not have a pattern of the schemas."""
    if pattern.endswith(r"\.png$"):
        return "bad_picture_name"
    known = {"^[0-9]{4}-": "date_expected", "^[0-9a-f]{64}": "bad_digest", "^[A-Za-z": "bad_id"}
    return next((code for start, code in known.items() if pattern.startswith(start)), "bad_form")


def _count(value: object) -> int:
    return len(value) if isinstance(value, list | str) else 0


def _type(value: object) -> str:
    names = {dict: "object", list: "array", str: "string", int: "integer", float: "number"}
    return "boolean" if isinstance(value, bool) else names.get(type(value), "null")
