"""The pages' own words, in Traditional Chinese and English: one table, key → text."""

from __future__ import annotations

from typing import Final

from risk_kit import wording
from risk_kit.document import Language
from risk_kit.model import Text
from risk_kit.web.texts_cases import CASES
from risk_kit.web.texts_result import RESULT

WORDS: Final[dict[str, Text]] = {
    # the frame
    "app": Text("AI 風險自評", "AI risk self-assessment"),
    "language": Text("語言", "Language"),
    "screens": Text("頁面", "Screens"),
    "assess": Text("自評", "Assess"),
    "result": Text("結果", "Result"),
    "report": Text("報告", "Report"),
    "verify": Text("驗證", "Verify"),
    "untitled": Text("未命名案件", "Untitled case"),
    "truths": Text("請先知道", "Please note"),
    # in view all the time
    "tier_now": Text("目前的指示性級距", "Indicative tier so far"),
    "outside": Text("不在框架範圍", "Outside the framework"),
    "why_now": Text("影響結果的理由", "Reasons that carry it"),
    "no_reason": Text("目前沒有提高級距的理由。", "No reason raises the tier so far."),
    "matter_now": Text("最值得先回答", "Most worth answering now"),
    "no_open": Text("沒有未答的題目會再影響結果。", "No open question can move the result."),
    "progress": Text("已回答 {done}／{all} 題", "{done} of {all} answered"),
    "progress_note": Text(
        "「尚未確認」也算已回答。題數會隨答案增減。",
        "“Not yet known” counts as answered. The number of questions follows your answers.",
    ),
    "saw_unknown": Text("尚未確認", "not yet known"),
    "details": Text("理由與待答", "Reasons and open questions"),
    # assess
    "steps": Text("步驟", "Steps"),
    "sections": Text("本步驟的各節", "Parts of this step"),
    "step_of": Text("{step}・第 {n} 節，共 {all} 節", "{step}, part {n} of {all}"),
    "case_facts": Text("案件資料（列印在報告上）", "About the case (printed in the report)"),
    "name": Text("應用名稱", "Name of the use"),
    "agency": Text("機關（構）", "Organisation"),
    "unit": Text("單位", "Unit"),
    "contact_role": Text("聯絡窗口", "Contact"),
    "purpose": Text("用途", "Purpose"),
    "why_asked": Text("為什麼問、怎麼判斷", "Why it is asked and how to judge"),
    "why": Text("為什麼問", "Why it is asked"),
    "fits": Text("符合的例子", "An example that fits"),
    "fits_not": Text("不符合的例子", "An example that does not"),
    "words": Text("名詞", "Words"),
    "proof": Text("可佐證的資料", "What can support it"),
    "source": Text("出處", "Source"),
    "note": Text("說明（選填）", "Note (optional)"),
    "evidence": Text("佐證", "Evidence"),
    "clear": Text("清除答案", "Clear answer"),
    "unknown": Text("尚未確認", "Not yet known"),
    "yes": Text("是", "Yes"),
    "no": Text("否", "No"),
    "several": Text("可選多項", "Choose all that apply"),
    "alone": Text("「{label}」只能單獨選擇。", "“{label}” can only be chosen alone."),
    "type_here": Text("請輸入", "Type here"),
    "nothing_asked": Text(
        "依目前的答案，這一節沒有要回答的題目。回答其他題目後可能出現。",
        "On the present answers nothing is asked here. Questions may appear as you answer others.",
    ),
    "dormant": Text("目前不問、不計入的答案", "Answers not asked for at present, and not counted"),
    "back": Text("上一節", "Back"),
    "next": Text("下一節：{title}", "Next: {title}"),
    "to_result": Text("看結果", "See the result"),
    # result
    "reasons": Text("理由", "Reasons"),
    "duties": Text("應辦事項", "Obligations"),
    "open": Text("待答題目", "Open questions"),
    "changes": Text("怎樣會改變", "What would change it"),
    "lower": Text("怎樣會降低", "What would lower it"),
    "raise": Text("怎樣會提高", "What would raise it"),
    "raise_count": Text(
        "改變一項答案就會提高結果的，有 {count} 種。越少，結果越穩。",
        "Single answers that would raise the result: {count}. The fewer, the firmer it is.",
    ),
    "no_change": Text(
        "不在範圍內，沒有級距可以改變。", "Out of scope: there is no tier to change."
    ),
    "types": Text("子類型", "Sub-types"),
    "answers": Text("據以判斷的答案", "Answers behind it"),
    "sources": Text("依據", "Sources"),
    "level_shown": Text("指示性：{level}", "Indicative: {level}"),
    "for_role": Text("{role}", "For the {role}"),
    "no_duty": Text("依目前答案，沒有應辦事項。", "On these answers there is no obligation."),
    # report
    "report_about": Text(
        "報告載明答案、理由、出處與簽署聲明。尚未填完也可製作，報告會寫明級距仍是範圍。",
        "The report holds answers, reasons, sources and the attestation. It may be made before all is "
        "answered and then says that the tier is still a range.",
    ),
    "make": Text("製作報告", "Make the report"),
    "making": Text("製作中…", "Making the report…"),
    "made": Text("報告已完成。", "The report is ready."),
    "unsigned_pdf": Text("下載未簽署 PDF", "Download unsigned PDF"),
    "html": Text("下載 HTML", "Download HTML"),
    "json": Text("下載評估資料（JSON）", "Download the data (JSON)"),
    "answer_file": Text("下載答案檔", "Download answer file"),
    "answer_file_about": Text(
        "答案檔可再次開啟，繼續填寫。", "The answer file can be opened again to go on."
    ),
    "sign": Text("簽署", "Sign"),
    "sign_first": Text("請先製作報告，再簽署。", "Make the report first, then sign it."),
    "sign_about": Text(
        "依序由填報人、審查人、核定人簽署。簽署後若修改答案，須重新製作並簽署。",
        "The preparer signs first, then the reviewer, then the approver. After a change of an answer "
        "the report has to be made and signed again.",
    ),
    "signed_by": Text("已簽署：{roles}", "Signed: {roles}"),
    "role": Text("簽署角色", "Role"),
    "reason": Text("簽署理由", "Reason for signing"),
    "reason_given": Text("所填內容屬實", "The answers are true to the facts known"),
    "reason_missing": Text("請填寫簽署理由。", "Please give a reason for signing."),
    "identity": Text("簽署身分", "Sign with"),
    "by_test": Text("開發測試身分（未經驗證）", "Development identity (not verified)"),
    "by_p12": Text("憑證檔（PKCS#12）", "Certificate file (PKCS#12)"),
    "test_warning": Text(
        "開發測試身分未經驗證，只供試用；不能證明簽署人是誰。",
        "The development identity is not verified. It is for trying out and proves no one’s identity.",
    ),
    "p12_file": Text("憑證檔（.p12、.pfx）", "Certificate file (.p12, .pfx)"),
    "p12_about": Text(
        "憑證檔與通行碼只在記憶體中使用，不會儲存。",
        "File and pass phrase are used in memory only and never stored.",
    ),
    "p12_missing": Text("請選擇憑證檔。", "Please choose a certificate file."),
    "passphrase": Text("通行碼", "Pass phrase"),
    "do_sign": Text("簽署報告", "Sign the report"),
    "elsewhere": Text("以其他軟體簽署後帶回", "Sign with another program and bring it back"),
    "elsewhere_about": Text(
        "下載上方最新的 PDF，用卡片軟體或 PDF 工具簽署對應角色的欄位（只加簽章，勿另存），再放回這裡。",
        "Download the newest PDF above, sign the field of the role with any tool (add a signature "
        "only, do not save it anew), and drop it here.",
    ),
    "elsewhere_file": Text("帶回的 PDF", "The PDF that came back"),
    "signed_pdf": Text("下載已簽署 PDF", "Download signed PDF"),
    "all_signed": Text("三個角色都已簽署。", "All three roles have signed."),
    "not_done": Text("沒有完成：", "That did not work:"),
    # verify
    "verify_about": Text(
        "放入簽署過的報告，查看四件事。檔案不會儲存，也不會送往其他地方。",
        "Drop a signed report and read four answers. The file is neither stored nor sent anywhere.",
    ),
    "drop_pdf": Text("報告檔（PDF）", "Report (PDF)"),
    "trust_test": Text(
        "信任本機的開發測試身分（僅供試用）",
        "Trust this machine’s development identities (for trying out)",
    ),
    "root": Text(
        "信任的根憑證（選填，.pem、.crt、.cer）",
        "Root certificate to trust (optional; .pem, .crt, .cer)",
    ),
    "good": Text("這份報告可以信賴。", "This report can be relied on."),
    "bad": Text("這份報告還不能信賴。", "This report cannot be relied on as it is."),
    "against": Text("原因", "What stands against it"),
    "q_intact": Text("檔案完整嗎？", "Is it intact?"),
    "q_who": Text("誰在何時簽署？", "Signed by whom, and when?"),
    "q_trust": Text("簽署人可信嗎？", "Is the signer trusted?"),
    "q_follows": Text(
        "級距由答案得出嗎？頁面相符嗎？", "Does the tier follow? Do the pages match?"
    ),
    "intact_yes": Text("完整，簽署後沒有更動。", "Yes. Nothing was changed after signing."),
    "intact_no": Text(
        "不完整、已更動，或沒有簽章。", "No: altered, incomplete or without a signature."
    ),
    "who_yes": Text("✓ 已簽署", "✓ Signed"),
    "who_no": Text("✗ 未簽署", "✗ Not signed"),
    "who_none": Text("沒有可讀的簽章。", "No signature can be read."),
    "who_time": Text("自述時間 {time}", "time as stated {time}"),
    "who_proven": Text("時戳證明不晚於 {time}", "proven by timestamp: {time}"),
    "trust_yes": Text("每位簽署人都在信任名單內。", "Yes, every signer is trusted here."),
    "trust_dev": Text(
        "僅因您選擇信任開發測試身分；該身分未經驗證。",
        "Only because you chose to trust development identities, which are not verified.",
    ),
    "trust_no": Text("簽署人不在信任名單內。", "No. At least one signer is not trusted here."),
    "follows_yes": Text(
        "級距可由內附答案重新算出。", "The tier follows from the attached answers."
    ),
    "follows_no": Text(
        "級距無法由內附答案算出。", "The tier does not follow from the attached answers."
    ),
    "follows_pack_not_here": Text(
        "這裡沒有相同的規則包，無法重算。",
        "The same rule pack is not here, so nothing was recomputed.",
    ),
    "follows_unreadable": Text("讀不到內附的答案。", "The attached answers cannot be read."),
    "pages_match": Text("頁面與答案相符。", "The pages match the answers."),
    "pages_differ": Text("頁面與答案不符。", "The pages do not match the answers."),
    "pages_not_checked": Text("頁面未核對。", "The pages were not checked."),
    "development_signer": Text(
        "{role}的簽章來自開發測試身分（未經驗證）。若只是試用，可勾選「信任本機的開發測試身分」。",
        "The signature of the {role} is by a development identity, not verified. When only trying "
        "out, tick “Trust this machine’s development identities”.",
    ),
    "untrusted_signer": Text(
        "{role}的簽署人不在信任名單內：{name}。{why}請選擇簽發機構的根憑證。",
        "The signer in the role {role} is not trusted: {name}. {why} Choose the issuer’s root "
        "certificate.",
    ),
    # rules
    "rules": Text("規則", "Rules"),
    "rules_about": Text(
        "每一條規則的條件、效果、理由、出處與依據。級距是本工具的指示性級距，框架本身不分級。",
        "Every rule with its condition, effect, reason, source and basis. The tier is this toolkit’s "
        "indicative one; the framework itself has no levels.",
    ),
    "rules_of_case": Text("本案套用的疊加規則：{layers}", "Overlays laid in this case: {layers}"),
    "search_rules": Text("搜尋規則", "Search the rules"),
    "search_hint": Text("例如：個人資料、第5條、A7", "For example: personal data, 第5條, A7"),
    "by_effect": Text("效果", "Effect"),
    "by_item": Text("類型與子類型", "Type and sub-type"),
    "by_basis": Text("依據", "Basis"),
    "by_layer": Text("規則層", "Layer"),
    "all_effects": Text("全部效果", "All effects"),
    "all_items": Text("全部類型", "All types"),
    "all_bases": Text("全部依據", "All bases"),
    "all_layers": Text("全部規則層", "All layers"),
    "no_item": Text("不屬於單一子類型", "Not of one sub-type"),
    "rules_found": Text(
        "找到 {found} 條規則（共 {all} 條），目前顯示第 {first}–{last} 條。",
        "Rules found: {found} of {all}; {first}–{last} are shown.",
    ),
    "rules_none": Text(
        "沒有符合的規則。請減少搜尋字詞，或把篩選改回全部。",
        "No rule fits. Use fewer words, or set the filters back to all.",
    ),
    "rules_pages": Text("規則的頁次", "Pages of rules"),
    "rules_next": Text("接下來的規則", "Next rules"),
    "rules_download": Text("下載完整規則總覽（HTML）", "Download the whole rulebook (HTML)"),
    "criteria_named": Text("條件中的判準（{n}）", "Criteria in the condition ({n})"),
    "criteria_more": Text(
        "另有 {n} 項判準，見完整規則總覽。", "{n} more criteria are in the whole rulebook."
    ),
    "rules_named": Text("{title}（{n}）", "{title} ({n})"),
    "mark_yes": Text("✓ 是", "✓ Yes"),
    "mark_no": Text("✗ 否", "✗ No"),
    "mark_open": Text("？ 未知", "? Unknown"),
    **RESULT,
    **CASES,
}


def say(key: str, language: Language, **parts: object) -> str:
    """A text of the table with its parts filled in; parts are put in as they are, once."""
    text = wording.of(WORDS[key], language)
    for name, part in parts.items():
        text = text.replace("{" + name + "}", str(part))
    return text
