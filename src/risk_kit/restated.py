"""Which edition a report says it is, from the JSON inside it, so that its pages can be made again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final, cast

from risk_kit import templates
from risk_kit.edition import PROFILES, Edition, Profile
from risk_kit.errors import BadInput, Problem

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
MOST_REVEALED: Final = 1000


def edition(raw: dict[str, Any]) -> Edition:
    """The edition without its template. Raises BadInput `bad_edition`; a report may leave it out."""
    profile, revealed = raw.get("profile", "full"), raw.get("revealed", [])
    digest = raw["assessment"].get("answers_digest")
    named = isinstance(revealed, list) and all(isinstance(one, str) for one in revealed)
    if profile not in PROFILES or not named or len(revealed) > MOST_REVEALED:
        raise BadInput(Problem("bad_edition"))
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise BadInput(Problem("bad_edition"))
    whole = digest if profile == "publishable" else ""
    return Edition(cast("Profile", profile), tuple(sorted(revealed)), None, whole)


def dressed(plain: Edition, raw: dict[str, Any]) -> Edition:
    """The edition with the template it names. Raises NotAvailable when that is not here, BadInput."""
    named = raw.get("template")
    if named is None:
        return plain
    if not isinstance(named, dict) or not all(
        isinstance(named.get(key), str) for key in ("name", "digest")
    ):
        raise BadInput(Problem("bad_edition"))
    return replace(plain, template=templates.by_digest(named["name"], named["digest"]))
