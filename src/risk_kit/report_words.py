"""The report's own words: headings, labels, the attestation. Key → text in both languages."""

from __future__ import annotations

from typing import Final

from risk_kit.model import Text
from risk_kit.report_profile_words import PROFILE_WORDS

WORDS: Final[dict[str, Text]] = {
    **PROFILE_WORDS,
    "title": Text("人工智慧應用風險自評報告", "AI use: risk self-assessment report"),
    "untitled": Text("未命名案件", "untitled case"),
    "page": Text("第 {page} 頁，共 {pages} 頁", "Page {page} of {pages}"),
    "case": Text("案件", "The case"),
    "name": Text("應用名稱", "Name of the use"),
    "agency": Text("機關（構）", "Organisation"),
    "unit": Text("單位", "Unit"),
    "contact_role": Text("聯絡窗口", "Contact"),
    "purpose": Text("用途", "Purpose"),
    "issuer": Text("框架發布者", "Framework issued by"),
    "number": Text("文號", "Document number"),
    "date": Text("發布日期", "Issued on"),
    "version": Text("框架版本", "Framework version"),
    "legal_basis": Text("法源", "Legal basis"),
    "english_name": Text("官方英文名稱", "Official English name"),
    "framework": Text("框架", "Framework"),
    "overlays": Text("疊加規則", "Overlays"),
    "as_of": Text("評估基準日", "Assessed as of"),
    "no_overlays": Text("無", "none"),
    "result": Text("結果", "Result"),
    "no_tier": Text("不在範圍，不給級距", "Out of scope: no tier is given"),
    "incomplete": Text(
        "本報告仍有影響結果之題目未作答或尚未確認，級距為區間，未作答不等於「否」。",
        "Questions that can move the result are still open, so the tier is a range. Unanswered is not “no”.",
    ),
    "why": Text("為什麼是這個結果", "Why this result"),
    "nothing_raises": Text(
        "沒有任何規則確定成立而提高級距。", "No rule that raises the tier holds for certain."
    ),
    "may_raise": Text("可能提高級距、尚待確認之規則", "Rules that may still raise the tier"),
    "waits_for": Text("有待：{questions}", "Waiting for: {questions}"),
    "flags": Text("答案一致性提醒", "Consistency of the answers"),
    "open": Text("尚待回答之題目", "Open questions"),
    "open_none": Text("沒有影響結果之未答題目。", "No open question can change the result."),
    "question": Text("題目", "Question"),
    "state": Text("狀態", "State"),
    "could_reach": Text("最高可能影響至", "Could raise to"),
    "scope": Text("是否屬範圍", "whether in scope"),
    "scales": Text("其他量尺", "Other scales"),
    "scales_apart": Text(
        "下列量尺各有自己的定義，與指示性級距分開呈現，不互相換算。",
        "Each of these has its own meaning; they stand beside the indicative tier and are never "
        "converted into it.",
    ),
    "scale": Text("量尺", "Scale"),
    "level": Text("本案", "In this case"),
    "duties": Text("應辦事項", "Obligations"),
    "duties_none": Text(
        "依目前答案，沒有觸發應辦事項。", "On these answers no obligation is triggered."
    ),
    "duty": Text("事項", "Obligation"),
    "who": Text("對象", "For"),
    "source": Text("出處與依據", "Source and basis"),
    "map_about": Text(
        "{all} 項子類型中，{found} 項達到下列指示性級距。",
        "Of {all} sub-types, {found} reach one of these indicative tiers.",
    ),
    "map_about_open": Text(
        "{all} 項子類型中，{found} 項確定達到下列指示性級距，{open} 項仍待答案確定。",
        "Of {all} sub-types, {found} reach one of these indicative tiers for certain; {open} still wait for answers.",
    ),
    "map_none": Text("不成立", "not found"),
    "map_at_most": Text("尚未確定，最高「{level}」", "undecided, at most “{level}”"),
    "map_between": Text("尚未確定，「{levels}」", "undecided, “{levels}”"),
    "map_open": Text("尚未確定", "undecided"),
    "items": Text("風險類型與子類型", "Risk types and sub-types"),
    "item": Text("子類型", "Sub-type"),
    "item_state": Text("本案情形", "In this case"),
    "not_covered": Text("本規則包尚無規則", "no rule in this pack"),
    "gathered": Text(
        "以下依原則彙整本案涉及之子類型；對應關係由本工具整理，供逐項檢視。",
        "The sub-types found in this case, gathered by principle. The mapping is the toolkit's own.",
    ),
    "indicated": Text(
        "以下僅列出本案事實中可供主管機關衡酌之情形。是否為高風險應用，由中央目的事業主管機關認定。",
        "These are facts of the case that an authority may weigh. Whether the use is a high-risk "
        "application is for the central sector authority to find.",
    ),
    "situation": Text("情形", "Situation"),
    "because": Text("理由", "Why"),
    "indicator_holds": Text("有此情形", "seen here"),
    "indicator_undecided": Text("尚未確定", "not yet known"),
    "indicator_does_not_hold": Text("未見此情形", "not seen"),
    "principle": Text("原則", "Principle"),
    "none_found": Text("未發現相關子類型", "no related sub-type found"),
    "response": Text("應對：固有與剩餘", "Response: inherent and residual"),
    "response_note": Text(
        "剩餘級距只反映各子類型所列措施是否全數到位，固有級距不因措施改變；規則由本工具自訂。",
        "The residual tier only tells whether every listed measure of a sub-type is in place; the "
        "inherent tier never changes by measures. The rule is the toolkit's own.",
    ),
    "both_levels": Text(
        "固有（採取措施前）：{inherent}；剩餘（計入已到位之措施）：{residual}。均屬指示性。",
        "Inherent (before measures): {inherent}. Residual (counting measures in place): {residual}. "
        "Both are indicative.",
    ),
    "inherent": Text("固有", "Inherent"),
    "residual": Text("剩餘", "Residual"),
    "in_place": Text("已到位措施", "Measures in place"),
    "in_place_of": Text("{done}／{all} 項", "{done} of {all}"),
    "follow_up": Text("後續追蹤事項", "Follow-up"),
    "measure": Text("尚未到位之措施", "Measure not yet in place"),
    "owner_due": Text("主辦與期限", "Owner and due date"),
    "follow_state": Text("狀態", "State"),
    "follow_open": Text("未開始", "not started"),
    "follow_doing": Text("辦理中", "under way"),
    "follow_done": Text("已完成，待確認", "done, to be confirmed"),
    "resolution": Text("決議", "Resolution"),
    "progress": Text("辦理情形", "Progress"),
    "tracking": Text("列管建議", "Tracking"),
    "place": Text("光譜位置", "Place on the spectrum"),
    "answers": Text("作答內容", "Answers"),
    "answer": Text("答案", "Answer"),
    "note": Text("說明與佐證", "Note and evidence"),
    "dormant": Text("（目前不問，不計入）", "(not asked at present, not counted)"),
    "sources": Text("引用之文件", "Documents cited"),
    "document": Text("文件", "Document"),
    "source_issuer": Text("發布者", "Issuer"),
    "force": Text("性質", "Force"),
    "checked": Text("核對情形", "Checked"),
    "attestation": Text("簽署聲明", "Attestation"),
    "attest": Text(
        "簽署人聲明：本報告所列答案係依簽署時所知之事實填寫；級距由本工具依所列規則包與答案計算，屬指示性結果，"
        "不是主管機關之認定。簽章及於本檔案全部頁面與內附之答案及評估資料。",
        "The signers state that the answers in this report were given on the facts known at signing. The "
        "tier was computed by this toolkit from the rule pack and answers named here; it is indicative and "
        "no finding of an authority. The signatures cover every page and the attached answers and assessment.",
    ),
    "sign_hint": Text(
        "依序由填報人、審查人、核定人以電子簽章簽署；簽署人、時間與理由載於簽章內。",
        "To be signed electronically in order: preparer, reviewer, approver. Name, time and reason are in each signature.",
    ),
    "digests": Text("識別與重算", "Identity and recomputation"),
    "pack_digest": Text("規則包摘要（SHA-256）", "Pack digest (SHA-256)"),
    "answers_digest": Text("答案摘要（SHA-256）", "Answers digest (SHA-256)"),
    "toolkit": Text("工具版本", "Toolkit version"),
    "recompute": Text(
        "任何人都可用 risk-kit verify 檢查簽章，並由內附之答案與規則包重新計算本結果。",
        "Anyone can check the signatures and recompute this result from the attached answers with risk-kit verify.",
    ),
    "pack_file": Text(
        "規則包（產生本報告所用的規則與問卷）",
        "The pack: rules and questions this report was made with",
    ),
    "attachment": Text("答案與評估結果（機器可讀）", "Answers and assessment (machine-readable)"),
    "pages_of": Text(
        "指示性自評，非主管機關認定", "Indicative self-assessment, no finding of an authority"
    ),
}
# Headings that an agency may word in its own way; statements are never among them.
HEADINGS: Final = (
    *("place", "case", "why", "may_raise", "flags", "open", "scales", "duties", "response"),
    *("follow_up", "items", "answers", "sources", "attestation", "digests", "would_change"),
)
