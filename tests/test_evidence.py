"""Evidence: what is taken, and that it is kept once, by its content."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_kit import evidence
from risk_kit.digest import sha256
from risk_kit.errors import BadInput, NotAvailable
from risk_kit.messages import paragraphs
from risk_kit.store import Store, open_store
from risk_kit.store_values import Act, StoredFile

WHO: Final = Act(datetime(2026, 7, 7, tzinfo=UTC), "王")
PDF: Final = b"%PDF-1.7\n"
PNG: Final = b"\x89PNG\r\n\x1a\n0"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = open_store(tmp_path / "cases.sqlite3")
    yield found
    found.close()


def archive(*names: str, mimetype: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


def refused(data: bytes, name: str) -> str:
    with pytest.raises(BadInput) as error:
        evidence.examine(data, name)
    assert paragraphs(error.value)
    return error.value.problems[0].code


GOOD: Final = {
    "計畫.PDF": PDF,
    "../../x.png": PNG,
    "a.jpeg": b"\xff\xd8\xff\xe0",
    "a.odt": archive("content.xml", mimetype=evidence.KINDS["odt"]),
    "a.ods": archive("content.xml", mimetype=evidence.KINDS["ods"]),
    "a.docx": archive("[Content_Types].xml", "word/document.xml"),
    "a.xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "a.csv": "欄,值\r\n甲,1\r\n".encode("utf-8-sig"),
    "b.csv": "欄,值\r\n甲,1\r\n".encode("cp950"),
    "a.txt": "一\t二\n".encode("utf-16"),
}


@pytest.mark.parametrize("name", GOOD)
def test_each_kind_is_taken(name: str) -> None:
    kind = evidence.examine(GOOD[name], name)
    assert kind in evidence.KINDS
    assert kind == name.rpartition(".")[2].lower().replace("jpeg", "jpg")


def test_only_some_kinds_are_taken() -> None:
    for name in ("a.exe", "a.html", "a.svg", "a.docm", "pdf", "", ".pdf/", "a.pdf.js"):
        assert refused(PDF, name) == "evidence_kind"


@pytest.mark.parametrize("wanted", sorted(evidence.KINDS.keys() - {"csv", "txt"}))
def test_a_file_is_what_its_name_says(wanted: str) -> None:
    for name, data in GOOD.items():
        if evidence.examine(data, name) != wanted:
            assert refused(data, f"x.{wanted}") == "evidence_content", name


def test_sizes_are_bounded() -> None:
    assert refused(b"", "a.txt") == "evidence_empty"
    assert evidence.examine(PDF + b"x" * (evidence.MOST_BYTES - len(PDF)), "a.pdf") == "pdf"
    assert refused(PDF + b"x" * evidence.MOST_BYTES, "a.pdf") == "evidence_too_large"
    many = archive("[Content_Types].xml", "word/a", *(f"word/{n}" for n in range(10_001)))
    assert refused(many, "a.docx") == "evidence_content"


def test_macros_and_broken_documents_are_refused() -> None:
    macros = archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
    assert refused(macros, "a.docx") == "evidence_content"
    assert refused(GOOD["a.docx"][:-10], "a.docx") == "evidence_content"
    assert refused(archive("content.xml"), "a.odt") == "evidence_content"
    assert refused(b"\xd0\xcf\x11\xe0" * 100, "a.docx") == "evidence_content"
    assert refused(b"a\x00b", "a.txt") == "evidence_content"
    assert refused(b"\xff\xff\xff", "a.csv") == "evidence_content"
    assert refused(b"a\x1b[31m", "a.txt") == "evidence_content"


@given(st.binary(min_size=1, max_size=300), st.sampled_from(sorted(evidence.KINDS)))
def test_no_bytes_break_the_check(data: bytes, kind: str) -> None:
    for tried in (data, b"PK\x03\x04" + data, GOOD["a.odt"][: len(data)] + data):
        assert outcome(tried, kind) in (kind, "evidence_content")


def outcome(data: bytes, kind: str) -> str:
    try:
        return evidence.examine(data, f"x.{kind}")
    except BadInput as error:
        return error.problems[0].code


# ------------------------------------------------------------------ kept


def test_the_same_content_is_kept_once(store: Store, tmp_path: Path) -> None:
    first = store.keep_file(PDF, "甲.pdf", WHO)
    assert first == StoredFile(sha256(PDF), "pdf", len(PDF))
    assert store.keep_file(PDF, "../../etc/乙.pdf", WHO) == first
    store.keep_file(PNG, "丙.png", WHO)
    with sqlite3.connect(tmp_path / "cases.sqlite3") as other:
        assert other.execute("SELECT count(*) FROM files").fetchone() == (2,)
    assert {one.name.partition("-")[0] for one in tmp_path.iterdir()} == {"cases.sqlite3"}


def test_a_file_comes_back_by_its_digest(store: Store) -> None:
    kept = store.keep_file(PDF, "a.pdf", WHO)
    assert store.file(kept.sha256) == (kept, PDF)
    assert store.files([kept.sha256, "0" * 64, "../x"]) == (kept,)
    for digest in ("0" * 64, "../../x", "", kept.sha256.upper()):
        with pytest.raises(NotAvailable) as error:
            store.file(digest)
        assert error.value.problems[0].code == "no_evidence"


def test_a_file_that_was_altered_is_not_given_out(store: Store, tmp_path: Path) -> None:
    kept = store.keep_file(PDF, "a.pdf", WHO)
    with sqlite3.connect(tmp_path / "cases.sqlite3") as other:
        other.execute("UPDATE files SET data = x'00'")
    with pytest.raises(BadInput) as error:
        store.file(kept.sha256)
    assert error.value.problems[0].code == "store_damaged"


def test_what_is_refused_is_not_kept(store: Store) -> None:
    with pytest.raises(BadInput):
        store.keep_file(PNG, "a.pdf", WHO)
    assert store.files([sha256(PNG)]) == ()
