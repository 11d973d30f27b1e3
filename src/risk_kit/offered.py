"""What the pages may reach when they sign: only what whoever runs the server has configured.

An address or a module typed into a page would let any visitor make the server send requests inside
its own network, or load a library; so the pages offer these and take no other.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from risk_kit.errors import BadInput, Problem

TSA: Final = "RISK_KIT_TSA"
"""The variable with addresses of timestamping services (RFC 3161), separated by spaces."""

MODULES: Final = "RISK_KIT_PKCS11"
"""The variable with PKCS#11 modules of cards or HSMs, separated as in PATH."""


def timestamping() -> tuple[str, ...]:
    """The timestamping services, none by default. Raises BadInput `tsa_address`."""
    found = tuple(dict.fromkeys(os.environ.get(TSA, "").split()))
    for one in found:
        if urlsplit(one).scheme not in ("http", "https"):
            raise BadInput(Problem("tsa_address", {"value": one}, path=TSA))
    return found


def modules() -> tuple[Path, ...]:
    """The PKCS#11 modules; none by default, and none without the extra that they need."""
    if find_spec("pkcs11") is None:
        return ()
    found = filter(None, os.environ.get(MODULES, "").split(os.pathsep))
    return tuple(Path(one) for one in dict.fromkeys(found))
