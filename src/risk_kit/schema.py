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

from risk_kit.errors import BadInput, Problem
from risk_kit.yamlread import Document

MOST_PROBLEMS: Final = 100
_HINTED: Final = {"boolean", "number", "integer"}


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of a published schema: framework, questionnaire, answers, cases, overlay."""
    text = files("risk_kit").joinpath(f"data/schemas/{name}.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


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
            yield document.problem("bad_form", path, value=value, pattern=rule)
        case "minProperties" | "maxProperties":
            yield document.problem("one_key", path, keys=list(value))
        case "minLength" | "minItems":
            yield document.problem("empty", path)
        case _:
            yield document.problem("bad_shape", path, detail=error.message)


def _wrong_type(document: Document, error: ValidationError, path: tuple[Any, ...]) -> Problem:
    rule: Any = error.validator_value
    wanted = [rule] if isinstance(rule, str) else list(rule)
    got = _type(error.instance)
    code = "quote_it" if "string" in wanted and got in _HINTED else "wrong_type"
    shown = error.instance if isinstance(error.instance, str | int | float) else ""
    return document.problem(code, path, expected=wanted, got=got, value=shown)


def _type(value: object) -> str:
    names = {dict: "object", list: "array", str: "string", int: "integer", float: "number"}
    return "boolean" if isinstance(value, bool) else names.get(type(value), "null")
