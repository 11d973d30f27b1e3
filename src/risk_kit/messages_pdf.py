"""Sentences for problems met while rendering a report: code → (zh-TW, English)."""

from __future__ import annotations

from typing import Final

_NO_GLYPH_ZH: Final = (
    "報告中的字元「{char}」（{code_point}）沒有可用的字型，無法印出；出現在「{near}」。"
    "請安裝全字庫字型（Debian、Ubuntu：apt install fonts-cns11643-sung），"
    "或將環境變數 RISK_KIT_FONTS 設為放置 TrueType 字型的資料夾。"
)
_NO_GLYPH_EN: Final = (
    "No font at hand has the character “{char}” ({code_point}), so it cannot be printed; it is in "
    "“{near}”. Install the CNS 11643 fonts (Debian, Ubuntu: apt install fonts-cns11643-sung), "
    "or set RISK_KIT_FONTS to a folder with TrueType fonts."
)

PDF_MESSAGES: Final[dict[str, tuple[str, str]]] = {"no_glyph": (_NO_GLYPH_ZH, _NO_GLYPH_EN)}
