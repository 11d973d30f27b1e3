"""Files of evidence: which kinds are taken, and whether a file is of the kind that its name says."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePath
from struct import error as StructError  # noqa: N812 - the module gives its one error this name
from typing import Final

from risk_kit.errors import BadInput, Problem

MOST_BYTES: Final = 10 * 1024 * 1024
_MOST_MEMBERS: Final = 10_000
_MEGABYTE: Final = 1024 * 1024

# Kind → the type under which it is offered for download.
KINDS: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
}
_STARTS: Final = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
_FOLDERS: Final = {"docx": "word/", "xlsx": "xl/"}
_BAD_ZIP: Final = (
    *(zipfile.BadZipFile, zlib.error, StructError),
    *(EOFError, NotImplementedError, OSError, RuntimeError, ValueError),
)


def examine(data: bytes, name: str) -> str:
    """The kind of a file of evidence, one of `KINDS`; `name` is what its owner calls it.

    Raises BadInput: a kind that is not taken, empty, too large, or not what the name says.
    """
    ending = PurePath(name).suffix.lower().removeprefix(".")
    kind = "jpg" if ending == "jpeg" else ending
    if kind not in KINDS:
        raise BadInput(Problem("evidence_kind", {"found": ending or name, "offered": list(KINDS)}))
    if not data:
        raise BadInput(Problem("evidence_empty"))
    if len(data) > MOST_BYTES:
        size, most = f"{len(data) / _MEGABYTE:.1f}", MOST_BYTES // _MEGABYTE
        raise BadInput(Problem("evidence_too_large", {"size_mb": size, "limit_mb": most}))
    if not _is(kind, data):
        raise BadInput(Problem("evidence_content", {"found": kind}))
    return kind


def _is(kind: str, data: bytes) -> bool:
    if kind in _STARTS:
        return data.startswith(_STARTS[kind])
    return _is_text(data) if kind in ("csv", "txt") else _is_document(kind, data)


def _is_text(data: bytes) -> bool:
    """Readable text, as the editors and spreadsheets of Taiwan write it, without control codes."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp950"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(c < " " and c not in "\t\n\f\r" for c in text)
    return False


def _is_document(kind: str, data: bytes) -> bool:
    """An office document that carries no macros; nothing of it is unpacked but its type."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > _MOST_MEMBERS:
                return False
            if kind in _FOLDERS:
                inside = any(one.startswith(_FOLDERS[kind]) for one in names)
                macros = any(one.lower().endswith("vbaproject.bin") for one in names)
                return "[Content_Types].xml" in names and inside and not macros
            with archive.open("mimetype") as member:
                return member.read(200) == KINDS[kind].encode()
    except (*_BAD_ZIP, KeyError):
        return False
