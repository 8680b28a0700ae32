"""
Is a sentence a duty? Closing formulas, sanctions, approvals, praise and the issuer's own business
are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ._model import Reason
from ._subject import Subject
from ._words import fold, tokens, words


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is None for a duty; `optional` marks one that a reader may well leave out."""

    reason: Reason | None = None
    optional: bool = False


DUTY = Verdict()
OPTIONAL = Verdict(optional=True)

_NOTE = re.compile(
    r"^\(.*\)[\s./]*$|^(?:ch[iỉ] tiết (?:xin )?liên hệ|mọi (?:chi tiết"
    r"|vướng mắc) (?:xin )?liên hệ|ghi chú|lưu ý:|\*|thông tin liên hệ)",
    re.DOTALL,
)
_SANCTION = re.compile(
    r"^(?:quá (?:thời (?:gian|hạn)|hạn)|sau thời (?:gian|hạn)|hết thời hạn|nếu quá"
    r"|trường hợp quá)\b.*|.*\b(?:sẽ (?:xem xét|bị|xử lý)|xem như|coi như"
    r"|hoàn toàn chịu trách nhiệm|không giải quyết)\b.*"
)
_PRAISE = re.compile(
    r"^(?:đánh giá cao|ghi nhận|biểu dương(?!,)|hoan nghênh|(?:xin )?trân trọng|rất mong"
    r"|mong nhận được|kính mong|cảm ơn"
    r"|cơ bản (?:thống nhất|đồng ý|nhất trí)|cơ bản|thay mặt|thống nhất|đồng ý"
    r"|chấp thuận|nhất trí|lý do)\b"
)
_CARRIES_OUT = re.compile(
    r"chịu trách nhiệm (?:thi hành|thực hiện) (?:quyết định|nghị quyết) này"
    r"|^(?:quyết định|nghị quyết|quy chế) này (?:có hiệu lực|thay thế|bãi bỏ)"
)
_TELLS = re.compile(
    r"\bthông báo\b.*\b(?:biết|để .* thực hiện)|^trên đây là\b"
    r"|\bchịu trách nhiệm (?:thi hành|thực hiện) (?:quyết định|kế hoạch|chỉ thị|công văn"
    r"|thông báo) này|(?:quyết định|chỉ thị|kế hoạch|thông báo) này (?:có hiệu lực"
    r"|thay thế)|có hiệu lực (?:thi hành )?(?:kể )?từ ngày",
    re.DOTALL,
)
_FORMULA = words("formula")
_PROBLEMS = re.compile(
    r"(?:khó khăn|vướng mắc|phát sinh|bất cập|chưa phù hợp|thay đổi|sửa đổi, bổ sung|điều chỉnh)"
)
_ANSWER = re.compile(
    r"(?:báo cáo|phản ánh|phản hồi|kiến nghị|thông tin|liên hệ|gửi|đề xuất|trao đổi)"
)
_CONDITION = re.compile(r"(?:nếu|trường hợp|trong quá trình|khi)\b")
_LIABLE = re.compile(
    r"^(?:và )?(?:hoàn toàn )?(?:phải )?chịu trách nhiệm (?:toàn diện )?trước (?:pháp luật"
    r"|ubnd|chủ tịch|ủy ban|giám đốc|lãnh đạo)[^,;]*"
)
_CONTRAST = re.compile(r"^(?:tuy nhiên|tuy vậy|tuy thế|mặc dù|song,|nhưng)\b")
_ASKS = re.compile(
    r"\b(?:phải|cần|yêu cầu|đề nghị|giao|khẩn trương|tập trung|tiếp tục|chủ động|có trách nhiệm)\b"
)
_TOPIC = re.compile(r"^về [^:;.]{3,80}:\s*")
_GENERAL_DOER = re.compile(
    r"^(?:các|những)? ?(?:cơ quan|đơn vị)[^:;]*được (?:giao|phân công)[^:;]*chủ trì"
)
_BUDGET = re.compile(r"kinh phí|dự toán|ngân sách")
_BUDGET_RULE = re.compile(r"^(?:nguồn )?kinh phí\b")
_PAST = re.compile(r"^\W*(?:\w+\W+){0,14}?đã\b")


def judge(
    sentence: str, subject: Subject | None, *, issuer: tuple[str, ...], closing: bool
) -> Verdict:
    """
    Say whether a sentence is a duty; `closing` when it stands in a paragraph after the list of
    duties.
    """
    folded = fold(sentence).strip()
    words = folded.strip(" ./;")
    if _NOTE.match(folded):
        return Verdict(Reason.NOTE)
    if _CARRIES_OUT.search(words):
        return Verdict(Reason.CLOSING)
    if (closing or _of_issuer(subject, issuer)) and _TELLS.search(words):
        return Verdict(Reason.CLOSING)
    if _of_issuer(subject, issuer):
        return Verdict(Reason.SANCTION if _SANCTION.match(words) else Reason.ISSUER)
    if _SANCTION.match(words) and "chủ động" not in words:
        return Verdict(Reason.SANCTION)
    if _BUDGET_RULE.match(words):
        return Verdict(Reason.BUDGET)
    if (subject is None or not subject.ordered) and (reason := _remark(words)):
        return Verdict(reason)
    if (closing or folded.endswith("./.")) and _only_formula(sentence, subject):
        return Verdict(Reason.CLOSING)
    rest = folded[subject.end :].strip(" ./;") if subject is not None else ""
    return _weight(words, subject, rest, closing=closing)


def _remark(words: str) -> Reason | None:
    """Say what a sentence is that orders nobody and only agrees, thanks or describes."""
    if _PRAISE.match(_TOPIC.sub("", words)):
        return Reason.APPROVAL
    if words.startswith("chưa "):
        return Reason.APPROVAL  # "Chưa xem xét việc điều chỉnh quy hoạch"
    described = _CONTRAST.match(words) and not _ASKS.search(words)
    return Reason.SITUATION if described else None


def _weight(words: str, subject: Subject | None, rest: str, *, closing: bool) -> Verdict:
    """Say whether a duty is one that readers may leave out; `rest` stands behind its doers."""
    conditional = _CONDITION.search(words) if closing else _CONDITION.match(words)
    if conditional and _PROBLEMS.search(words) and _ANSWER.search(words):
        return OPTIONAL
    if _LIABLE.fullmatch(words) or (subject is not None and _LIABLE.fullmatch(rest)):
        return OPTIONAL
    if subject is not None and not subject.ordered:
        doer = fold(subject.texts[0])
        if _GENERAL_DOER.match(doer):
            return OPTIONAL
        if (
            _BUDGET.search(words[:200])
            and doer.startswith(("các", "cơ quan", "đơn vị"))
            and "dự toán" in words
        ):
            return OPTIONAL
    return DUTY


def _of_issuer(subject: Subject | None, issuer: tuple[str, ...]) -> bool:
    """Say whether the issuer itself acts here."""
    if subject is None or subject.ordered:
        return False
    return any(_short(name) in issuer for name in subject.texts)


def _only_formula(sentence: str, subject: Subject | None) -> bool:
    """Say whether behind the doers there is nothing but "nghiêm túc triển khai thực hiện"."""
    rest = (
        sentence[subject.end :] if subject is not None and subject.end < len(sentence) else sentence
    )
    words = [t.text for t in tokens(rest) if t.word]
    strange = [w for w in words if w not in _FORMULA]
    return bool(words) and len(strange) <= len(words) * 0.12


def _short(name: str) -> str:
    return re.sub(r"\s+", " ", fold(name).replace("ủy ban nhân dân", "ubnd")).strip()


def issuer_names(agency: str | None, parent: str | None = None) -> tuple[str, ...]:
    """
    Return how a letter speaks of its issuer and its head: "UBND tỉnh", "Chủ tịch UBND tỉnh", "Bộ
    Y tế".
    """
    return tuple({"chúng tôi", *_names_of(agency), *_names_of(_served(agency, parent))})


def office_names(agency: str | None) -> tuple[str, ...]:
    """
    Return the names of an office that passes on decisions: in their list it may be a doer itself.
    """
    own = _short(agency or "")
    return (own,) if own.startswith("văn phòng") else ()


def _served(agency: str | None, parent: str | None) -> str | None:
    """Return the body an office serves: "UBND tỉnh" of "Văn phòng UBND tỉnh"."""
    own = _short(agency or "")
    if not own.startswith("văn phòng"):
        return None
    served = _short(parent or "") if own == "văn phòng" else own.removeprefix("văn phòng ")
    return served if served.startswith("ubnd") else None


def _names_of(agency: str | None) -> set[str]:
    names: set[str] = set()
    if agency:
        own = _short(agency)
        short = re.match(r"(ubnd (?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|đặc khu))", own)
        for body in {own, short[1] if short else own}:
            names |= {
                body,
                f"chủ tịch {body}",
                f"phó chủ tịch {body}",
                f"lãnh đạo {body}",
                f"giám đốc {body}",
                f"bộ trưởng {body}",
            }
        if own.startswith(("văn phòng chính phủ", "thủ tướng")):
            names |= {"chính phủ", "thủ tướng chính phủ", "thủ tướng"}
    return names


def states_past(sentence: str) -> bool:
    """Say whether a sentence tells what has been done."""
    return bool(_PAST.match(fold(sentence)))
