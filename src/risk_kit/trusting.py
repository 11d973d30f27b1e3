"""What a verifier trusts, read from files: roots, certificates below them, revocation lists."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from risk_kit import identity
from risk_kit.errors import BadInput, NotAvailable, Problem, RiskKitError
from risk_kit.files import home
from risk_kit.sign_trust import (
    Trust,
    is_self_issued,
    revocation_lists,
    shown_name,
    trust_roots,
)
from risk_kit.yamlread import read_bytes

VARIABLE: Final = "RISK_KIT_TRUST"
DEVELOPMENT: Final = "dev"
MOST_FILES: Final = 500
MOST_BYTES: Final = 16 * 1024 * 1024
_CERTIFICATES: Final = {".pem", ".crt", ".cer", ".der"}
_LISTS: Final = {".crl"}


def read_trust(named: Iterable[str]) -> Trust:
    """The trust of files and folders, and of those that the variable RISK_KIT_TRUST names.

    A file is a root certificate or (.crl) a revocation list. In a folder and those inside it,
    self-signed certificates are roots, other certificates may help to reach one, and files of other
    kinds are passed over. `dev` trusts this computer's development identities. Raises BadInput
    for a file that cannot be read, NotAvailable for a folder that is not there.
    """
    configured = filter(None, os.environ.get(VARIABLE, "").split(os.pathsep))
    wanted = list(named)
    trust = Trust(dev_certificates=identity.development_certificates(home()))
    for one in (*configured, *wanted):
        if one == DEVELOPMENT and one in wanted:
            trust = replace(trust, development=True)
        elif Path(one).is_dir():
            trust = _with_folder(trust, Path(one))
        elif one in wanted or Path(one).is_file():
            trust = _with_file(trust, Path(one))
        else:
            raise NotAvailable(Problem("no_trust_folder", {"name": VARIABLE}, file=one))
    return trust


@dataclass(frozen=True, slots=True)
class RootTold:
    """A root in words: its name, the SHA-256 of its certificate (hexadecimal), its last day."""

    name: str
    sha256: str
    until: date


def told(trust: Trust) -> tuple[RootTold, ...]:
    """The roots of `trust`, by name, each once. Raises BadInput for one that cannot be read."""
    found = {
        RootTold(
            shown_name(one), hashlib.sha256(one.dump()).hexdigest(), one.not_valid_after.date()
        )
        for one in trust_roots(trust)
    }
    return tuple(sorted(found, key=lambda one: (one.name, one.sha256)))


def _with_folder(trust: Trust, folder: Path) -> Trust:
    kinds = _CERTIFICATES | _LISTS
    files = sorted(one for one in folder.rglob("*") if one.suffix.lower() in kinds)
    if len(files) > MOST_FILES:
        raise BadInput(Problem("trust_too_many", {"limit": MOST_FILES}, file=str(folder)))
    for file in files:
        if file.is_file():
            trust = _with_file(trust, file, sorting=True)
    return trust


def _with_file(trust: Trust, file: Path, *, sorting: bool = False) -> Trust:
    data = read_bytes(file, MOST_BYTES)
    try:
        if file.suffix.lower() in _LISTS:
            revocation_lists(data)
            return replace(trust, lists=(*trust.lists, data))
        if sorting and not is_self_issued(data):
            return replace(trust, others=(*trust.others, data))
        trust_roots(Trust((data,)))
    except RiskKitError as error:
        placed = (replace(one, file=str(file)) for one in error.problems)
        raise type(error)(*placed) from error
    return replace(trust, roots=(*trust.roots, data))
