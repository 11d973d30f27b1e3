"""The rulebook of a PACK argument: reads pack, base and overlays; renders it in a chosen form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from risk_kit import catalogue, html_rulebook, load_overlay, rulebook, rulebook_text
from risk_kit.document import Language
from risk_kit.layers import Overlay
from risk_kit.model import Pack
from risk_kit.rulebook_rows import Rulebook


def read(name: str, overlays: Sequence[str], language: Language) -> Rulebook:
    """The rulebook of a PACK with overlays, named by id. Raises NotAvailable and BadInput."""
    pack, base = catalogue.pack(name, tuple(overlays)), catalogue.pack(name)
    return rulebook.build(pack, language, base=base, overlays=laid(name, pack.overlays, base))


def laid(name: str, overlays: Sequence[str], base: Pack) -> tuple[Overlay, ...]:
    """The overlays of those ids over `base`, the pack of that name. Raises BadInput."""
    folder = catalogue.folder_of(name) / "overlays"
    paths = [folder / f"{one}.yaml" for one in overlays]
    return tuple(_laid(path, path.stat().st_mtime_ns, name, base.digest) for path in paths)


@lru_cache(maxsize=32)
def _laid(path: Path, stamp: int, name: str, digest: str) -> Overlay:  # noqa: ARG001 - cache keys
    base = catalogue.pack(name)
    return load_overlay.overlay_file(path, base.framework, base.questionnaire)


def rendered(book: Rulebook, form: str) -> str:
    """The rulebook in a form: "text", "md", "html" or "json"; ends with a newline."""
    match form:
        case "json":
            return json.dumps(rulebook.plain(book), ensure_ascii=False, indent=2) + "\n"
        case "html":
            return html_rulebook.render(book) + "\n"
        case "md":
            return rulebook_text.markdown(book)
    return rulebook_text.text(book)
