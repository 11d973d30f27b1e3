"""Every character has a font or an error that names it; extraction gives it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given
from hypothesis import strategies as st

from risk_kit import fonts
from risk_kit.appearance import MARK, clean, contrast, ink_on, level_colours
from risk_kit.errors import BadInput
from risk_kit.messages_pdf import PDF_MESSAGES

IN_NOTO = "堃喆煊峯龘𨭎"
IN_EXT_B = "𠮷"
NOWHERE = "\U0001f9ff"


@pytest.fixture
def no_system_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(fonts, "_FOLDERS", ())
    _forget()
    yield
    _forget()


def _forget() -> None:
    for one in (fonts._font_of, fonts._fallbacks):
        one.cache_clear()


def _tiny_font(path: Path, char: str) -> None:
    square = TTGlyphPen(None)
    square.moveTo((100, 0))
    for corner in ((900, 0), (900, 800), (100, 800)):
        square.lineTo(corner)
    square.closePath()
    build = FontBuilder(1000, isTTF=True)
    build.setupGlyphOrder([".notdef", "square"])
    build.setupCharacterMap({ord(char): "square"})
    build.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": square.glyph()})
    build.setupHorizontalMetrics({".notdef": (1000, 0), "square": (1000, 100)})
    build.setupHorizontalHeader(ascent=880, descent=-120)
    build.setupNameTable({"familyName": "Tiny", "styleName": "Regular", "psName": "Tiny"})
    build.setupOS2(sTypoAscender=880, usWinAscent=880, usWinDescent=120)
    build.setupPost()
    build.save(path)


def test_rare_characters_are_in_the_shipped_font() -> None:
    assert fonts.runs(IN_NOTO) == ((fonts.REGULAR, IN_NOTO),)
    assert fonts.runs(IN_NOTO, bold=True) == ((fonts.BOLD, IN_NOTO),)


def test_a_fallback_font_sets_only_what_the_shipped_one_lacks(
    require_program: Callable[[str], Path],
) -> None:
    require_program("TW-Sung-Ext-B")
    before, rare, after = fonts.runs(f"姓{IN_EXT_B}名")
    assert (before, after) == ((fonts.REGULAR, "姓"), (fonts.REGULAR, "名"))
    assert rare[1] == IN_EXT_B
    assert "Ext-B" in rare[0]


@pytest.mark.usefixtures("no_system_fonts")
def test_each_character_without_a_font_is_named_once() -> None:
    with pytest.raises(BadInput) as caught:
        fonts.check([f"承辦人{IN_EXT_B}先生", f"{NOWHERE}{IN_EXT_B}"])
    facts = [dict(problem.facts) for problem in caught.value.problems]
    assert [problem.code for problem in caught.value.problems] == ["no_glyph", "no_glyph"]
    assert [fact["code_point"] for fact in facts] == ["U+20BB7", "U+1F9FF"]
    assert facts[0]["near"] == f"承辦人{IN_EXT_B}先生"
    for sentence in PDF_MESSAGES["no_glyph"]:
        assert "fonts-cns11643-sung" in sentence.format(**facts[0])


@pytest.mark.usefixtures("no_system_fonts")
def test_runs_never_gives_a_blank() -> None:
    with pytest.raises(BadInput):
        fonts.runs(f"字{NOWHERE}")


@pytest.mark.usefixtures("no_system_fonts")
def test_a_folder_of_own_fonts_is_used_and_broken_files_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-broken.ttf").write_bytes(b"no font at all")
    _tiny_font(tmp_path / "tiny.ttf", NOWHERE)
    monkeypatch.setenv("RISK_KIT_FONTS", str(tmp_path))
    fonts.check([NOWHERE])
    assert fonts.runs(NOWHERE) == (("RiskKit-tiny", NOWHERE),)


def test_to_unicode_writes_surrogate_pairs_and_short_blocks() -> None:
    cmap = fonts.to_unicode([0, ord("A"), 0x20BB7, *range(0x4E00, 0x4E80)])
    assert "<01> <0041>" in cmap
    assert "<02> <D842DFB7>" in cmap
    assert "<00> <" not in cmap.split("endcodespacerange")[1]
    assert "100 beginbfchar" in cmap
    assert "30 beginbfchar" in cmap


def test_curly_quotes_are_narrow_beside_latin_and_square_in_chinese() -> None:
    narrow, own = fonts.narrow(fonts.REGULAR), fonts.REGULAR
    assert fonts.runs("toolkit’s") == ((own, "toolkit"), (narrow, "’"), (own, "s"))
    assert fonts.runs("所謂“風險”者") == ((own, "所謂“風險”者"),)
    assert fonts.widths(narrow)[ord("’")] < 400 < fonts.widths(own)[ord("’")]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb\u00a0c", "a    b c"),
        ("x\x00\x07\x85y", f"x{MARK * 3}y"),
        ("a\u202eb\u2066c", f"a{MARK}b{MARK}c"),
        ("\ud800\ufffe\ufffd\U0001fffe", MARK * 4),
        ("零\u200b寬\ufeff葛\U000e0100", "零寬葛"),
        ("e\u0301", "é"),
        ("\uf900", "\uf900"),
    ],
)
def test_clean(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@given(st.text())
def test_clean_text_stays_clean(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    assert all(char == "\n" or char.isprintable() or ord(char) > 0xFF for char in once)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7])
def test_level_colours_darken_steadily_and_carry_readable_words(count: int) -> None:
    colours = level_colours(count)
    against_black = [contrast(colour, "#000000") for colour in colours]
    assert against_black == sorted(against_black, reverse=True)
    assert len(set(against_black)) == count
    assert all(contrast(colour, ink_on(colour)) >= 4.5 for colour in colours)
