"""Pages of a PDF as pictures and text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from PIL import Image

from risk_kit import pdf, preview
from risk_kit.document import Heading, PageBreak, Paragraph, Report


@cache
def made() -> bytes:
    blocks = (Heading("第一部分"), Paragraph("淹水𠮷"), PageBreak(), Paragraph("第二頁的文字"))
    about = ("zh", "標題", "案件", "機關", "頁首", "第 {page} 頁，共 {pages} 頁")
    return pdf.render(Report(*about, date(2026, 11, 22), blocks, ()))  # type: ignore[arg-type]


def test_a_page_is_a_picture_with_its_text() -> None:
    shown = preview.page(made(), 1, 500)
    assert (shown.number, shown.pages) == (1, 2)
    assert "淹水" in shown.text
    assert "第二頁的文字" not in shown.text
    picture = Image.open(BytesIO(shown.png))
    assert (picture.format, picture.width) == ("PNG", 500)
    assert picture.height == pytest.approx(500 * 842 / 595, abs=2)
    assert len(set(picture.convert("L").get_flattened_data())) > 1


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-5, 1), (2, 2), (3, 2), (999, 2)])
def test_the_nearest_page_is_shown(asked: int, given: int) -> None:
    assert preview.page(made(), asked, 100).number == given


def test_threads_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: preview.page(made(), n % 2 + 1, 200), range(24)))
    assert {(one.number, one.png) for one in found} == {
        (n, preview.page(made(), n, 200).png) for n in (1, 2)
    }
