"""Sentences on signing and on verifying signatures: code → (zh-TW, English)."""

from __future__ import annotations

from typing import Final

_FILES: Final[dict[str, tuple[str, str]]] = {
    "pdf_not_pdf": (
        "這不是 PDF 檔：開頭不是「%PDF-」。請選擇本工具產生的報告 PDF。",
        "This is not a PDF: it does not begin with “%PDF-”. Choose a report PDF made by this "
        "toolkit.",
    ),
    "pdf_too_large": (
        "PDF 有 {size_mb} MB，超過上限 {limit_mb} MB，未予讀取。報告通常不到 5 MB，請確認檔案是否"
        "選對。",
        "The PDF has {size_mb} MB, above the limit of {limit_mb} MB, and was not read. A report "
        "rarely has 5 MB; check that this is the right file.",
    ),
    "pdf_too_many_revisions": (
        "PDF 的更新次數超過上限 {limit} 次，未予讀取。報告每簽署一次只會多一次更新，請改用原始的"
        "簽署檔。",
        "The PDF has more than {limit} updates and was not read. A report gains one update for "
        "each signature; use the signed file as it was first saved.",
    ),
    "pdf_too_complex": (
        "PDF 結構過於複雜，{seconds} 秒內無法讀完，已停止。這不像本工具產生的報告，請向提供者索取"
        "原檔。",
        "The PDF is too complex to read within {seconds} seconds; reading was stopped. It does "
        "not look like a report of this toolkit: ask its sender for the original.",
    ),
    "pdf_encrypted": (
        "PDF 已加密，無法檢查或簽署。請提供未加密的原檔；另存時請勿設定密碼。",
        "The PDF is encrypted and cannot be checked or signed. Provide the original, saved "
        "without a password.",
    ),
    "pdf_hybrid": (
        "PDF 使用混合式交叉參照表，不同軟體可能看到不同內容，因此拒絕。請使用本工具產生的原檔。",
        "The PDF uses hybrid cross-references: different programs may show different content, so "
        "it is refused. Use the original made by this toolkit.",
    ),
    "pdf_malformed": (
        "PDF 已損壞或不完整，無法讀取。請重新下載，或向提供者索取原檔。",
        "The PDF is damaged or incomplete and cannot be read. Download it again, or ask its "
        "sender for the original.",
    ),
    "pdf_no_field": (
        "PDF 沒有「{role}」的簽署欄位，不能由此角色簽署。請使用本工具產生的報告。",
        "The PDF has no signature field for the role “{role}”. Use a report made by this toolkit.",
    ),
    "pdf_has_updates": (
        "PDF 產生後、簽署前已被更新或附加內容，不能簽署。請重新產生報告，直接簽署該檔，勿以其他軟"
        "體另存。",
        "The PDF was updated or added to after it was made and before any signature, so it "
        "cannot be signed. Make the report again and sign that file without saving it in another "
        "program.",
    ),
}

_FINDINGS: Final[dict[str, tuple[str, str]]] = {
    "pdf_not_signed": (
        "PDF 沒有任何簽署。請先由填報人簽署。",
        "The PDF carries no signature. The preparer signs first.",
    ),
    "pdf_altered": (
        "PDF 在簽署後遭到更改（或檔案受損）：簽章與內容不符。請勿採用，並向簽署人索取原檔。",
        "The PDF was altered after it was signed, or is damaged: a signature does not match the "
        "content. Do not rely on it; ask the signer for the original.",
    ),
    "pdf_unsigned_update": (
        "最後一個簽署之後又附加了內容，沒有任何簽章涵蓋。請勿採用，並向簽署人索取原檔。",
        "Content was added after the last signature and no signature covers it. Do not rely on "
        "it; ask the signer for the original.",
    ),
    "pdf_update_not_allowed": (
        "簽署時或簽署後的更新改了簽署欄位以外的內容；報告只允許逐次加入簽署。請勿採用，並索取原檔。",
        "An update changed more than a signature field, at or after signing; a report may only "
        "gain signatures, one at a time. Do not rely on it; ask for the original.",
    ),
    "signature_role_unknown": (
        "有簽署使用了未知的欄位；應為 preparer、reviewer 或 approver。請勿採用，並索取原檔。",
        "A signature fills a field that is not preparer, reviewer or approver. Do not rely on "
        "it; ask for the original.",
    ),
    "roles_out_of_order": (
        "簽署順序不符：應依序為填報人（preparer）、審查人（reviewer）、核定人（approver），不得跳"
        "過。",
        "The signatures are out of order: preparer, then reviewer, then approver, none left out.",
    ),
    "certificate_two_roles": (
        "同一張憑證簽署了兩個角色；每個角色應由不同的人、以不同的憑證簽署。",
        "One certificate signed in two roles; each role needs another person with another "
        "certificate.",
    ),
    "person_two_roles": (
        "同一人（相同的憑證主體或金鑰）簽署了兩個角色；每個角色應由不同的人簽署。",
        "One person (the same subject or the same key) signed in two roles; each role needs another "
        "person.",
    ),
    "signer_not_trusted": (
        "簽章完整，但無法信任簽署人的憑證，因此不能確認是誰簽的。請以 --trust 指定您信任的根憑證。",
        "A signature is intact, but its signer's certificate is not trusted, so who signed is "
        "not established. Give a root certificate that you trust with --trust.",
    ),
}

_TRUST: Final[dict[str, tuple[str, str]]] = {
    "trust_unknown_root": (
        "憑證不是由您信任的根憑證所簽發，或中間憑證不齊。",
        "The certificate does not lead to a root that you trust, or one between them is missing.",
    ),
    "trust_expired": (
        "憑證（或其上層憑證）已過期；沒有時戳可證明簽署是在有效期內完成。",
        "The certificate, or one above it, has expired, and no timestamp proves that it signed "
        "before.",
    ),
    "trust_not_yet_valid": (
        "憑證（或其上層憑證）尚未生效。請確認電腦時間。",
        "The certificate, or one above it, is not valid yet. Check the computer's clock.",
    ),
    "trust_revoked": (
        "憑證已被廢止。請洽簽署人。",
        "The certificate was revoked. Ask the signer.",
    ),
    "trust_weak_algorithm": (
        "憑證使用已不安全的演算法或過短的金鑰。",
        "The certificate uses an algorithm that is no longer safe, or too short a key.",
    ),
    "trust_path_invalid": (
        "憑證鏈不合規定，無法確認到根憑證。",
        "The certificate's path to the root breaks the rules for such paths.",
    ),
    "trust_development": (
        "這是未經驗證的開發測試身分，不代表任何人。僅供測試時，請加上 --trust dev。",
        "This is an unverified development identity and stands for nobody. For tests only, add "
        "--trust dev.",
    ),
    "trust_development_unknown": (
        "這個開發測試身分不是這台電腦建立的。",
        "This development identity was not made on this computer.",
    ),
    "trust_key_usage": (
        "憑證的用途不含文件簽署（金鑰用途須有數位簽章或不可否認性）。",
        "The certificate is not meant for signing documents (its key usage must include digital "
        "signature or non-repudiation).",
    ),
    "trust_time_missing": (
        "簽署沒有註明時間，或時間未含時區。",
        "The signature gives no time, or a time without its time zone.",
    ),
    "trust_time_in_future": (
        "簽署註明的時間在未來。請確認這台電腦與簽署人電腦的時間。",
        "The signature's time lies in the future. Check this computer's clock and the signer's.",
    ),
    "trust_time_outside_certificate": (
        "簽署註明的時間不在憑證有效期內。",
        "The signature's time lies outside the validity of its certificate.",
    ),
    "trust_time_after_timestamp": (
        "註明的時間晚於時戳所證明的時間。請確認簽署人電腦的時間。",
        "The stated time is later than the time that a timestamp proves. Check the signer's clock.",
    ),
    "trust_revocation_unknown": (
        "查不到憑證（或其上層憑證）是否已被廢止的資料。",
        "There is no data on whether the certificate, or one above it, was revoked.",
    ),
    "trust_list_unreadable": (
        "無法讀取憑證廢止清冊；應為 PEM 或 DER 格式的 CRL。",
        "The revocation list cannot be read; a CRL in PEM or DER form was expected.",
    ),
    "no_trust_folder": (
        "環境變數 {name} 所指的資料夾或檔案不存在。請更正或清除這個變數。",
        "The folder or file named by the variable {name} does not exist. Correct or clear it.",
    ),
    "trust_too_many": (
        "信任資料夾的憑證與清冊超過 {limit} 個。請只放需要的。",
        "The trust folder holds more than {limit} certificates and lists. Keep only those needed.",
    ),
    "trust_not_checked": (
        "簽章不完整，因此未檢查憑證是否可信任。",
        "The signature is not intact, so whether its certificate is trusted was not checked.",
    ),
    "trust_root_unreadable": (
        "無法讀取根憑證；應為 PEM 或 DER 格式的 X.509 憑證。",
        "The root certificate cannot be read; an X.509 certificate in PEM or DER form was "
        "expected.",
    ),
}

_KEYS: Final[dict[str, tuple[str, str]]] = {
    "prepare_needs_nothing_else": (
        "--prepare 只準備檔案、不簽署，不能與金鑰或等級選項並用。",
        "--prepare makes the file ready and signs nothing; give no key and no level with it.",
    ),
    "key_not_pkcs12": (
        "這不是可用的 PKCS#12 金鑰檔。請提供含有私鑰與憑證的 .p12 或 .pfx 檔。",
        "This is not a usable PKCS#12 file. Provide a .p12 or .pfx file with a private key and "
        "its certificate.",
    ),
    "key_wrong_passphrase": (
        "通行碼不正確，無法開啟金鑰檔（也可能是檔案受損）。請再輸入一次。",
        "The passphrase is wrong and the key file cannot be opened (or the file is damaged). "
        "Enter it again.",
    ),
    "certificate_without_key": (
        "金鑰檔有憑證，但沒有與它相符的私鑰。請從簽發系統重新匯出，並勾選「包含私密金鑰」。",
        "The key file has a certificate but not its private key. Export it again, with the "
        "private key included.",
    ),
    "key_without_certificate": (
        "金鑰檔有私鑰，但沒有與它相符的憑證。請連同憑證重新匯出。",
        "The key file has a private key but not its certificate. Export it again, with the "
        "certificate.",
    ),
    "key_type_unsupported": (
        "不支援這種金鑰（{kind}，{bits} 位元）。可用 ECDSA P-256、P-384、P-521，或 2048 至 8192 "
        "位元的 RSA。",
        "This kind of key ({kind}, {bits} bits) is not supported. Use ECDSA P-256, P-384 or "
        "P-521, or RSA of 2048 to 8192 bits.",
    ),
    "key_chain_too_long": (
        "金鑰檔的上層憑證達 {limit} 張以上。請只保留通往根憑證的憑證。",
        "The key file holds {limit} or more further certificates. Keep only those that lead to "
        "the root.",
    ),
    "key_not_for_signing": (
        "「{name}」的憑證用途不含文件簽署。請改用簽章用憑證。",
        "The certificate of “{name}” is not meant for signing documents. Use a signing "
        "certificate.",
    ),
    "key_not_valid_now": (
        "憑證的有效期為 {start} 至 {end}，簽署時間不在其中。請更換憑證，或確認電腦時間。",
        "The certificate is valid from {start} to {end}, and the time of signing is not. Use "
        "another certificate, or check the computer's clock.",
    ),
    "certificate_used_already": (
        "這張憑證已用於「{role}」的簽署；一人不得兼任兩個角色。請由另一人以自己的憑證簽署。",
        "This certificate already signed as “{role}”; one person may not hold two roles. Let "
        "another person sign with their own certificate.",
    ),
    "person_signed_already": (
        "「{name}」的憑證與「{role}」簽署者的憑證屬於同一人（主體或金鑰相同）；一人不得兼任兩個角色。請由另一人"
        "簽署。",
        "The certificate of “{name}” belongs to the person who signed as “{role}” (same subject or "
        "same key); one person may not hold two roles. Let another person sign.",
    ),
    "identity_open_to_others": (
        "開發測試身分的金鑰檔可被其他使用者讀取，因此不使用。請將權限改為 0600，或刪除後重新產生。",
        "The key file of the development identity is open to other users and is not used. Set "
        "its mode to 0600, or delete it to have a new one made.",
    ),
    "identity_damaged": (
        "開發測試身分的檔案無法讀取或已損壞。請刪除後重試，將產生新的身分。",
        "The file of the development identity cannot be read or is damaged. Delete it and try "
        "again; a new identity will be made.",
    ),
}

_ROLES: Final[dict[str, tuple[str, str]]] = {
    "role_unknown": (
        "沒有「{role}」這個角色；可用 preparer（填報人）、reviewer（審查人）、approver（核定人）。",
        "There is no role “{role}”; the roles are preparer, reviewer and approver.",
    ),
    "role_already_signed": (
        "「{role}」已經簽署，不能再簽一次。",
        "The role “{role}” has signed already and cannot sign again.",
    ),
    "role_too_early": (
        "「{role}」還不能簽署：須先由「{first}」簽署。",
        "The role “{role}” cannot sign yet: “{first}” must sign first.",
    ),
    "reason_too_long": (
        "簽署理由有 {length} 字，超過上限 {limit} 字。請縮短。",
        "The reason has {length} characters, above the limit of {limit}. Shorten it.",
    ),
    "reason_not_printable": (
        "簽署理由含有換行或無法顯示的控制字元。請刪除後重試。",
        "The reason contains a line break or a control character that cannot be shown. Remove it.",
    ),
}

_DETACHED: Final[dict[str, tuple[str, str]]] = {
    "signature_unreadable": (
        "這不是可讀的 CMS 簽章檔（.p7s，DER 格式）。請提供以 risk-kit sign --detached 或其他工具產生的簽章。",
        "This is not a readable CMS signature (.p7s, DER). Provide one made with risk-kit sign "
        "--detached or another tool.",
    ),
    "signature_altered": (
        "簽章與內容不符：內容或簽章在簽署後遭到更改，或兩者不是一對。請勿採用，並向簽署人索取原檔。",
        "The signature does not match the content: one of them was altered, or they do not belong "
        "together. Do not rely on it; ask the signer for the originals.",
    ),
}

_TOKENS: Final[dict[str, tuple[str, str]]] = {
    "token_needs_extra": (
        "使用憑證卡或 HSM 需要額外套件。請執行 pip install 'risk-kit[hsm]'。",
        "A card or HSM needs an extra package. Run pip install 'risk-kit[hsm]'.",
    ),
    "token_unreadable": (
        "無法使用這個 PKCS#11 模組或其中的憑證卡（{detail}）。請確認模組路徑、讀卡機與卡片。",
        "This PKCS#11 module, or the card behind it, cannot be used ({detail}). Check the module's "
        "path, the reader and the card.",
    ),
    "token_wrong_pin": (
        "PIN 碼不正確。請確認後再輸入；多次錯誤會鎖卡。",
        "The PIN is wrong. Check it before you enter it again; several wrong ones lock the card.",
    ),
    "token_locked": (
        "PIN 碼已鎖定。請洽發卡機構解鎖。",
        "The PIN is locked. Ask whoever issued the card to unlock it.",
    ),
    "token_which": (
        "找不到唯一的憑證卡或 HSM 分區「{label}」；目前有：{offered}。請以 --token 指定其中一個。",
        "There is not exactly one token “{label}”; there are: {offered}. Name one with --token.",
    ),
    "token_which_key": (
        "找不到唯一一張附私鑰的憑證「{label}」；目前有：{offered}。請以 --key 指定其中一個。",
        "There is not exactly one certificate with a key, “{label}”; there are: {offered}. Name one "
        "with --key.",
    ),
}

_LEVELS: Final[dict[str, tuple[str, str]]] = {
    "revocation_not_checked": (
        "未查憑證是否已被廢止（檔案內外都沒有可用的資料）。",
        "Whether the certificate was revoked was not checked (no usable data, inside or given).",
    ),
    "revocation_given": (
        "依您提供的資料，憑證未被廢止。",
        "Not revoked, by the data that you gave.",
    ),
    "revocation_embedded": (
        "依檔案內附的資料，憑證未被廢止。",
        "Not revoked, by the data inside the file.",
    ),
    "level_not_pades": (
        "簽章不是 PAdES 格式（ETSI.CAdES.detached），不屬於任何 PAdES 等級。",
        "The signature is not of the PAdES form (ETSI.CAdES.detached), so it has no PAdES level.",
    ),
    "level_no_timestamp": (
        "沒有時戳，簽署時間只是簽署者所稱。",
        "There is no timestamp; the time of signing is the signer's own claim.",
    ),
    "level_timestamp_not_trusted": (
        "有時戳，但時戳機構的憑證無法信任，因此時間未獲證明。請以 --trust 指定時戳機構的根憑證。",
        "There is a timestamp, but its authority is not trusted, so the time is not proven. Name the "
        "authority's root with --trust.",
    ),
    "level_no_validation_data": (
        "檔案內沒有足以離線查驗的憑證廢止資料。",
        "The file does not carry enough revocation data to be checked offline.",
    ),
    "level_no_document_timestamp": (
        "沒有可信的文件時戳保護檔案內的驗證資料。",
        "No trusted timestamp over the document protects the validation data in it.",
    ),
    "level_unknown": (
        "沒有「{value}」這個簽章等級；可用：{offered}。",
        "There is no signature level “{value}”; the levels are: {offered}.",
    ),
    "level_needs_tsa": (
        "簽章等級 {value} 需要時戳。請以 --tsa 指定時戳服務的網址。",
        "The level {value} needs a timestamp. Name a timestamping service with --tsa.",
    ),
    "level_needs_roots": (
        "簽章等級 {value} 需要根憑證才能收集驗證資料。請以 --trust 指定。",
        "The level {value} needs root certificates to collect validation data. Name them with "
        "--trust.",
    ),
    "level_needs_certificate": (
        "開發測試身分不能做到簽章等級 {value}：它沒有簽發機構，也就沒有廢止資料。請用正式憑證，或改用 b-t。",
        "A development identity cannot reach the level {value}: no issuer, hence no revocation data. "
        "Use a real certificate, or b-t.",
    ),
    "level_data_missing": (
        "無法取得「{name}」的驗證資料，未簽署。{why}請確認根憑證與網路，或改用較低的等級。",
        "Validation data for “{name}” cannot be had; nothing was signed. {why} Check the roots and the "
        "network, or use a lower level.",
    ),
    "level_not_detached": (
        "獨立簽章檔沒有「{value}」這個等級；可用：{offered}。",
        "A detached signature cannot have the level “{value}”; its levels are: {offered}.",
    ),
    "tsa_address": (
        "時戳服務的網址「{value}」不是 http:// 或 https:// 開頭。",
        "The address of the timestamping service, “{value}”, does not begin with http:// or "
        "https://.",
    ),
    "tsa_unavailable": (
        "時戳服務沒有正確回應：{value}。請確認網址與網路後重試。",
        "The timestamping service did not answer properly: {value}. Check the address and the "
        "network, and try again.",
    ),
}

SIGN_MESSAGES: Final[dict[str, tuple[str, str]]] = (
    _FILES | _FINDINGS | _TRUST | _KEYS | _TOKENS | _DETACHED | _LEVELS | _ROLES
)
