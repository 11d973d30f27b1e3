"""The words of profiles and templates. Key → text in both languages."""

from __future__ import annotations

from typing import Final

from risk_kit.model import Text

PROFILE_WORDS: Final[dict[str, Text]] = {
    "profile": Text("報告類別", "Kind of report"),
    "profile_full": Text("完整報告", "full report"),
    "profile_summary": Text("決策摘要", "summary"),
    "profile_publishable": Text("可公開版", "publishable version"),
    "profile_tracking": Text("追蹤表", "tracking table"),
    "titled": Text("{title}（{profile}）", "{title} ({profile})"),
    "template": Text("採用範本", "Template"),
    "template_digest": Text("範本摘要（SHA-256）", "Template digest (SHA-256)"),
    "withheld": Text(
        "可公開版：共有 {all} 處文字不公開，均以「〔不公開〕」標示（案件資料 {case}、文字答案 {answers}、"
        "說明 {notes}、佐證 {evidence}、追蹤事項 {followups}）。選項、數字與日期未更動，級距仍可由內附答案"
        "重新計算；完整答案只列其摘要，無法由本檔案核對。",
        "Publishable version: {all} texts are withheld, each marked “[withheld]” (case {case}, text answers "
        "{answers}, notes {notes}, evidence {evidence}, follow-up {followups}). Choices, numbers and dates are "
        "unchanged, so the tier can still be recomputed from the attached answers. Of the full answers only "
        "the digest is stated; this file cannot prove it.",
    ),
    "told_reason": Text("{item}{title}（{told}）：{because}", "{item}{title} ({told}). {because}"),
    "reason_level": Text("指示性：{level}", "indicative: {level}"),
    "reason_tier": Text("指示性", "indicative tier"),
    "would_change": Text("什麼會改變結果", "What would change the result"),
    "and_more": Text("另有 {count} 項，見完整報告。", "{count} more; see the full report."),
    "summary_only": Text(
        "本摘要供決策參考，不取代完整報告；全部答案與評估結果附於本檔案內。",
        "This summary helps to decide and does not replace the full report; all answers and the assessment are "
        "attached to this file.",
    ),
    "follow_up_none": Text("目前沒有須追蹤的措施。", "No measure is left to follow up at present."),
    "owner": Text("主辦", "Owner"),
    "due": Text("期限", "Due"),
}
