"""Where an object is used: the same answer as the library's, which reads and walks everything."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.reader import HistoricalResolver

from pki_report import report
from risk_kit.sign_revisions import UpdateWriter, open_pdf
from risk_kit.sign_uses import scanned

# What a place in an object may hold: a plain value, or a reference to the object of that number.
Value = Any
PLAIN: Any = st.one_of(
    st.integers(-9, 9),
    st.booleans(),
    st.sampled_from(["/Name", "/A#42", "/Parent", "text", "(a) 1 0 R \\", "一", "1 0 R", "%x"]),
    st.binary(max_size=5),
)
TREE: Any = st.recursive(
    st.one_of(PLAIN, st.integers(0, 9).map(lambda n: ("to", n))),
    lambda below: st.one_of(
        st.lists(below, max_size=4),
        st.dictionaries(st.sampled_from(["/K", "/Kids", "/Parent", "/X#20Y", "/T"]), below),
    ),
    max_leaves=6,
)


def same_as_the_library(pdf: bytes) -> None:
    reader = open_pdf(pdf)
    for revision in range(reader.total_revisions):
        ours = reader.get_historical_resolver(revision)
        theirs = HistoricalResolver(reader, revision)
        ours._load_reverse_xref_cache()
        theirs._load_reverse_xref_cache()
        for number in range(1, int(ours.trailer_view["/Size"]) + 1):
            reference = Reference(number, 0)
            found = ours._get_usages_of_ref(reference)
            assert found == theirs._get_usages_of_ref(reference), (revision, number)


def is_read_plainly(pdf: bytes) -> bool:
    view = open_pdf(pdf).get_historical_resolver(0)
    view._load_reverse_xref_cache()
    return view._uses is not None  # type: ignore[attr-defined]


def saved(pdf: pikepdf.Pdf, **options: Value) -> bytes:
    pdf.save(out := BytesIO(), static_id=True, **options)
    return out.getvalue()


@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode))
def test_a_report_is_read_plainly_and_alike(mode: pikepdf.ObjectStreamMode) -> None:
    with pikepdf.open(BytesIO(report(pages=3))) as pdf:
        pdf.Root.Outlines = pdf.make_indirect(
            pikepdf.Dictionary(First=pdf.pages[2].obj, Last=pdf.Root.AcroForm)
        )
        data = saved(pdf, object_stream_mode=mode)
    assert is_read_plainly(data)
    writer = UpdateWriter(BytesIO(data))
    writer.update_container(writer.root["/AcroForm"]["/Fields"][0].get_object())
    writer.write(out := BytesIO())
    same_as_the_library(out.getvalue())


def test_tagged_structure_and_pages_without_a_tree_are_left_to_the_library() -> None:
    with pikepdf.open(BytesIO(report())) as pdf:
        pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(K=pikepdf.Array()))
        data = saved(pdf)
    assert not is_read_plainly(data)
    same_as_the_library(data)


@settings(max_examples=120, deadline=None)
@given(bodies=st.lists(TREE, min_size=1, max_size=8), streams=st.booleans())
def test_any_graph_of_objects_is_answered_alike(bodies: list[Any], streams: bool) -> None:
    with pikepdf.open(BytesIO(report(pages=1))) as pdf:
        every = [pdf.make_indirect(pikepdf.Dictionary()) for _ in range(10)]
        for place, body in zip(every, bodies, strict=False):
            place.Body = planted(body, every)
        pdf.Root.Extra = every[0]
        pdf.pages[0].obj.Extra = every[-1]
        pdf.Root.AcroForm.Extra = pikepdf.Array(every[:3])
        mode = pikepdf.ObjectStreamMode.generate if streams else pikepdf.ObjectStreamMode.disable
        same_as_the_library(saved(pdf, object_stream_mode=mode))


def planted(body: Value, every: list[pikepdf.Object]) -> Value:
    match body:
        case ("to", int(number)):
            return every[number]
        case list():
            return pikepdf.Array([planted(one, every) for one in body])
        case dict():
            return pikepdf.Dictionary({key: planted(one, every) for key, one in body.items()})
        case str() if body.startswith("/"):
            return pikepdf.Name(body)
        case str() | bytes():
            return pikepdf.String(body)
    return body


@pytest.mark.parametrize(
    "text",
    [
        b"<< /A 5 0 R >> endobj",
        b"<< /A[1 2.5 -3]/B<0aF>/C(a\\)b)/D/E/F true >>\nendobj",
        b"[ << /A [ 5 0 R ] >> 12 7 ]\nendobj",
        b"<< /Length 3 >>\nstream\nabc\nendstream endobj",
        b" 17\nendobj",
    ],
)
def test_what_is_written_plainly_is_scanned(text: bytes) -> None:
    found = scanned(b"%PDF" + b"1 0 obj\n" + text, 4, (1, 0))
    assert found is not None
    assert [to for _, to in found.to] == [(5, 0)] * text.count(b"5 0 R")


@pytest.mark.parametrize(
    "text",
    [
        b"<< /A % 5 0 R\n 1 >> endobj",  # a comment
        b"<< /A 5  0 R >> endobj",
        b"<< /A 1 /A 5 0 R >> endobj",
        b"<< /A#42 1 >> endobj",
        b"<< /A1 >> endobj",
        b"<< /A (x(y)z) >> endobj",
        b"<< /A <0g> >> endobj",
        b"<< /A 1-2 >> endobj",
        b"<< /Length 2 >>\nstream\nabc\nendstream endobj",
        b"<< /Length 5 0 R >>\nstream\nabc\nendstream endobj",
        b"<< /A 1 >>",
        b"5 0 R endobj",
        b"[" * 100 + b"]" * 100 + b" endobj",
    ],
)
def test_what_is_not_is_left_to_the_library(text: bytes) -> None:
    assert scanned(b"1 0 obj\n" + text, 0, (1, 0)) is None
    assert scanned(b"2 0 obj\n<< >> endobj", 0, (1, 0)) is None
