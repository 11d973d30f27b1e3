"""Sentences about what stands against a report: code → (zh, en)."""

VERIFY_MESSAGES: dict[str, tuple[str, str]] = {
    "development_signer": (
        "{role}的簽章來自開發測試身分（未經驗證）：{name}。只有在加上 --trust dev 時才視為可信。",
        "The signature of the {role} is by a development identity, not verified: {name}. It counts as "
        "trusted only with --trust dev.",
    ),
    "development_elsewhere": (
        "{role}的簽章來自別台電腦的開發測試身分（未經驗證）：{name}。它不代表任何人，這裡無法信任；請以正式憑證"
        "重新簽署。",
        "The signature of the {role} is by a development identity of another computer: {name}. It "
        "stands for nobody and cannot be trusted here; sign again with a real certificate.",
    ),
    "untrusted_signer": (
        "{role}的簽署人不在信任名單內：{name}。{why}請以 --trust 指定簽發機構的根憑證。",
        "The signer in the role {role} is not trusted: {name}. {why} Name the issuer's root with --trust.",
    ),
    "does_not_follow": (
        "級距無法由內附的答案重新算出：內附的評估結果與重算結果不同。請勿採用，並向簽署人索取原檔。",
        "The tier does not follow from the answers: the attached assessment differs from the recomputed "
        "one. Do not rely on it; ask the signer for the original.",
    ),
    "pages_differ": (
        "頁面內容與內附的答案不符：重新產生的頁面與檔案中的頁面不同。請勿採用，並向簽署人索取原檔。",
        "The pages do not match the attached answers: rendering them again gives other "
        "pages. Do not rely on it; ask the signer for the original.",
    ),
    "pages_not_checked": (
        "頁面未核對：這裡沒有產生本報告的規則包、工具版本或範本，無法重新產生頁面比對。",
        "The pages were not checked: the pack, toolkit version or template that made this report is not here.",
    ),
    "pack_differs": (
        "這裡的規則包「{id}」與報告所用的內容不同（摘要不符）。請安裝報告所用的規則包再驗證。",
        "The pack “{id}” here differs from the one the report was made with (its digest is another). "
        "Install that pack and verify again.",
    ),
    "bad_attachment": (
        "檔案內的「{name}」無法讀取或太大，無法重新計算。",
        "The attached “{name}” cannot be read or is too large, so nothing can be recomputed.",
    ),
    "no_attachment": (
        "檔案內沒有「{name}」，無法重新計算。這可能不是 risk_kit 的報告。",
        "The file carries no “{name}”, so nothing can be recomputed. It may not be a risk_kit report.",
    ),
    "pack_from_report": (
        "規則包取自報告本身，不是這台電腦上的：其摘要為 {digest}。請向公布規則包的機關核對摘要，再以 "
        "--pack-digest 指定相同的值驗證。",
        "The pack came from the report itself and is not one of this computer: its digest is {digest}. "
        "Compare it with the one published for the pack, then verify again with --pack-digest.",
    ),
    "pack_digest_differs": (
        "規則包的摘要是 {digest}，不是您指定的 {value}。請勿採用，並索取以正確規則包製作的報告。",
        "The pack's digest is {digest} and not {value}, which you gave. Do not rely on the report; ask "
        "for one made with the right pack.",
    ),
    "pack_file_unreadable": (
        "報告內附的規則包無法讀取，或不是規則包。請向簽署人索取原檔。",
        "The pack inside the report cannot be read or is none. Ask the signer for the original.",
    ),
    "pack_file_differs": (
        "報告內附的規則包（摘要 {digest}）不是報告所稱的規則包。請勿採用，並向簽署人索取原檔。",
        "The pack inside the report (digest {digest}) is not the one that the report names. Do not rely "
        "on it; ask the signer for the original.",
    ),
    "not_the_prepared_report": (
        "這不是原先準備的那份報告：檔案開頭與準備檔不同（可能被其他軟體另存或改寫）。請以準備檔重新簽署，並只"
        "加入簽章。",
        "This is not the report that was prepared: the file does not begin with its bytes (another "
        "program may have saved it anew). Sign the prepared file again, adding a signature only.",
    ),
    "json_beyond_bounds": (
        "報告的資料超出上限（{limit_mb} MB、{values} 個值、{deep} 層），不予判讀。請使用工具產生的原檔。",
        "The data of the report exceed what is read ({limit_mb} MB, {values} values, {deep} levels). "
        "Use the file as the toolkit made it.",
    ),
}
