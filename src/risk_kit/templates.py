"""Report templates of agencies: a folder with template.yaml, maybe a seal and a report.html.j2.

They are looked for in the folders that RISK_KIT_TEMPLATES lists, each a template or a folder of
templates, so that a report can be made again by whoever has its template.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from risk_kit import html_template, picture, schema
from risk_kit.digest import canonical, sha256
from risk_kit.edition import Seal, Template
from risk_kit.errors import BadInput, NotAvailable, Problem, RiskKitError
from risk_kit.model import Text
from risk_kit.yamlread import read_bytes, read_file

FOLDERS: Final = "RISK_KIT_TEMPLATES"
FILE: Final = "template.yaml"
MOST_FOLDERS: Final = 200
HEIGHT: Final = 48  # of a seal, in points
MOST_WIDTH: Final = 470


def read(folder: Path) -> Template:
    """The template in a folder. Raises BadInput with file and line of what is wrong."""
    document = read_file(folder / FILE)
    schema.check(document, "template")
    raw: dict[str, Any] = document.value
    blocks = folder / html_template.BASE
    files = {FILE: read_bytes(folder / FILE)}
    if blocks.is_file():
        files[html_template.BASE] = read_bytes(blocks, html_template.MOST_LENGTH)
    if "seal" in raw:
        place = folder / raw["seal"]["file"]
        files[place.name] = read_bytes(place, picture.MOST_BYTES)
    return Template(
        name=raw["name"],
        digest=sha256(canonical({name: sha256(data) for name, data in files.items()})),
        **{key: _text(raw.get(key)) for key in ("title", "header", "opening", "closing")},
        headings={key: Text(**text) for key, text in raw.get("headings", {}).items()},
        seal=_seal(raw["seal"], files[raw["seal"]["file"]], folder) if "seal" in raw else None,
        blocks=_blocks(files[html_template.BASE], blocks) if blocks.is_file() else None,
    )


def named(name: str) -> Template:
    """A template by folder, or by its name among those that are here. Raises NotAvailable, BadInput."""
    if (Path(name) / FILE).is_file():
        return read(Path(name))
    here = dict(_here())
    if name not in here:
        facts = {"name": name, "offered": sorted(here), "variable": FOLDERS}
        raise NotAvailable(Problem("no_template", facts))
    return here[name]


def offered() -> tuple[Template, ...]:
    """The templates that are here and can be read, by name."""
    return tuple(one for _, one in sorted(_here()))


def by_digest(name: str, digest: str) -> Template:
    """The template that a report was made with. Raises NotAvailable `template_not_here`."""
    for _, one in _here():
        if one.digest == digest:
            return one
    facts = {"name": name, "digest": digest, "variable": FOLDERS}
    raise NotAvailable(Problem("template_not_here", facts))


def _here() -> Iterator[tuple[str, Template]]:
    for folder in list(_folders())[:MOST_FOLDERS]:
        try:
            found = read(folder)
        except RiskKitError:  # told to whoever asks for it by folder
            continue
        yield found.name, found


def _folders() -> Iterator[Path]:
    for one in os.environ.get(FOLDERS, "").split(os.pathsep):
        if one and (Path(one) / FILE).is_file():
            yield Path(one)
        elif one:
            yield from (path.parent for path in sorted(Path(one).glob(f"*/{FILE}")))


def _text(raw: dict[str, str] | None) -> Text | None:
    return None if raw is None else Text(**raw)


def _seal(raw: dict[str, Any], data: bytes, folder: Path) -> Seal:
    image, wide, high = picture.png(data, str(folder / raw["file"]))
    height = int(raw.get("height", HEIGHT))
    width = max(round(height * wide / high), 1)
    if width > MOST_WIDTH:
        width, height = MOST_WIDTH, max(round(MOST_WIDTH * high / wide), 1)
    return Seal(image, Text(**raw["alt"]), width, height)


def _blocks(data: bytes, place: Path) -> str:
    try:
        return html_template.checked(data.decode("utf-8"), str(place))
    except UnicodeDecodeError as error:
        facts = {"byte": error.start + 1}
        raise BadInput(Problem("not_utf8", facts, str(place))) from error
