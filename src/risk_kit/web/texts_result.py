"""The words of the result and report screens, in Traditional Chinese and English."""

from __future__ import annotations

from typing import Final

from risk_kit.model import Text

RESULT: Final[dict[str, Text]] = {
    # the place on the spectrum
    "place": Text("在光譜上的位置", "Place on the spectrum"),
    "place_note": Text(
        "距離以「還差幾項答案」計算，說的是目前的上限；不同案件不宜以此比較。",
        "Distance is counted in answers and speaks of the present upper bound; cases are not to be "
        "compared by it.",
    ),
    # the map
    "map": Text("子類型地圖", "Map of the sub-types"),
    "map_about": Text(
        "{all} 項子類型中，{found} 項達到下列指示性級距。",
        "Of {all} sub-types, {found} reach one of these indicative tiers.",
    ),
    "map_about_open": Text(
        "{all} 項子類型中，{found} 項確定達到下列指示性級距，{open} 項仍待答案確定。",
        "Of {all} sub-types, {found} reach one of these indicative tiers for certain; {open} still "
        "wait for answers.",
    ),
    "map_none": Text("不成立", "not found"),
    "map_most": Text("未定，最高{level}", "undecided"),
    "map_open": Text("尚未確定，最高可能為「{level}」", "undecided, at most “{level}”"),
    "map_between": Text("尚未確定，介於「{levels}」", "undecided, between “{levels}”"),
    "map_key_open": Text("尚未確定", "undecided"),
    "map_table": Text("以表格閱讀", "Read it as a table"),
    "map_type": Text("類型", "Type"),
    "map_item": Text("子類型", "Sub-type"),
    "map_state": Text("本案情形（指示性）", "In this case (indicative)"),
    # open questions
    "open_about": Text(
        "點選題目即可前往作答。越前面的題目，對結果影響越大。",
        "Choose a question to go and answer it. The first ones weigh most.",
    ),
    "open_level": Text("最高可能影響至「{level}」", "could raise to “{level}”"),
    "open_scope": Text("影響是否屬於範圍", "decides whether the use is in scope"),
    "open_rest": Text("其餘 {n} 題", "The other {n}"),
    # response
    "response": Text("應對與追蹤", "Response and follow-up"),
    "response_none": Text(
        "依目前答案，沒有須採取措施的子類型。",
        "On these answers no sub-type calls for measures.",
    ),
    "follow_none": Text(
        "所列措施均已到位，沒有待追蹤事項。",
        "Every listed measure is in place; nothing is left to follow up.",
    ),
    "follow_edit": Text("選擇要填寫的措施", "Choose a measure to fill in"),
    "follow_all": Text("全部 {n} 項待追蹤事項", "All {n} measures to follow up"),
    "owner": Text("主辦單位或人員", "Owner"),
    "due": Text("期限", "Due date"),
    "follow_state": Text("辦理狀態", "State"),
    "resolution": Text("決議", "Resolution"),
    "progress_made": Text("辦理情形", "Progress"),
    "tracking": Text("列管建議", "Tracking"),
    "follow_save": Text("儲存這一項", "Save this measure"),
    "follow_saved": Text("已儲存：{measure}", "Saved: {measure}"),
    # other views
    "views": Text("其他觀點", "Other views"),
    "no_views": Text("這個框架沒有其他觀點。", "This framework has no other views."),
    "more_reasons": Text("其餘 {n} 項尚未確定的理由", "{n} more undecided reasons"),
    # what would change it
    "stability": Text("結果有多穩", "How firm it is"),
    "not_firm": Text(
        "仍有影響結果的題目未答，結果尚未穩定。",
        "Questions that can move the result are open, so it is not firm yet.",
    ),
    "more_ways": Text("其餘 {n} 種", "The other {n}"),
    # the preview
    "preview": Text("預覽", "Preview"),
    "preview_about": Text(
        "以下就是 PDF 的頁面。簽署前，請逐頁確認。",
        "These are the pages of the PDF. Please look through them before signing.",
    ),
    "preview_page": Text("第幾頁（共 {all} 頁）", "Page (of {all})"),
    "preview_alt": Text(
        "報告第 {n} 頁，共 {all} 頁；頁面文字列於圖下。",
        "Page {n} of {all} of the report; its text is given below the picture.",
    ),
    "preview_text": Text("本頁文字", "Text of this page"),
    "preview_before": Text("上一頁", "Previous page"),
    "preview_next": Text("下一頁", "Next page"),
}
