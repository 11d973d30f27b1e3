"""Ids are forever: what a released pack named may be retired, never dropped or reused silently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from risk_kit.errors import BadInput, Problem
from risk_kit.model import Pack
from risk_kit.yamlread import read_bytes

FILE: Final = "released.json"
_KINDS: Final = ("sources", "items", "scales", "dimensions", "derived", "parameters")


def identities(pack: Pack) -> tuple[str, ...]:
    """Every id that answers, reports or overlays may name, as `kind/id` or `kind/id.part`, sorted."""
    return tuple(sorted(_identities(pack)))


def dropped(pack: Pack, folder: Path) -> tuple[Problem, ...]:
    """A problem for each released id that the pack no longer has; none when nothing was released.

    Raises BadInput when the list of released ids cannot be read.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    released = _read(path)
    known = set(identities(pack))
    facts = {"version": released["version"]}
    return tuple(
        Problem("id_dropped", facts | {"id": one}, file=str(path))
        for one in released["ids"]
        if one not in known
    )


def record(pack: Pack) -> bytes:
    """The list of released ids of a pack, as the file holds it."""
    value = {"version": pack.framework.version, "digest": pack.digest, "ids": identities(pack)}
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _identities(pack: Pack) -> Iterator[str]:
    for kind in (*_KINDS, "criteria", "rules", "obligations", "notices"):
        yield from (f"{kind}/{one.id}" for one in getattr(pack.framework, kind))
    for scale in pack.framework.scales:
        yield from (f"scales/{scale.id}.{level.id}" for level in scale.levels)
    for dimension in pack.framework.dimensions:
        yield from (f"dimensions/{dimension.id}.{mark.id}" for mark in dimension.thresholds)
    yield from (f"sections/{one.id}" for one in pack.questionnaire.sections)
    for question in pack.questionnaire.questions:
        yield f"questions/{question.id}"
        yield from (f"questions/{question.id}.{option.id}" for option in question.options)


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(read_bytes(path))
        return {"version": str(value["version"]), "ids": [str(one) for one in value["ids"]]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput(Problem("bad_json", {"detail": type(error).__name__}, str(path))) from error
