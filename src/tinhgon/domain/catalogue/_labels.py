"""The labels of the parts of a procedure, as printed ("3. Thành phần, số lượng hồ sơ:")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from tinhgon.domain.vntext import nfc

from ._model import ContentPart

_TTHC = r"(?:thủ tục hành chính|thủ tục|TTHC)"
_LABELS: tuple[tuple[ContentPart, str], ...] = (
    (ContentPart.STEPS, (

            r"trình tự(?:,? (?:và )?(?:các bước|thủ tục|cách thức|thời gian))*(?: tiến hành|"
            r" thực hiện| giải quyết)"
        r"|trình tự(?=\s*:|$)|các bước (?:tiến hành|thực hiện)"
    )),
    (ContentPart.MANNER, r"(?:cách|hình|phương) thức (?:thực hiện|nộp hồ sơ)|cách thức(?=\s*:|$)"),
    (ContentPart.DOSSIER, (
        r"thành phần(?:,| và|,? và)? ?số lượng(?: hồ sơ)?|thành phần hồ sơ|"
        r"hồ sơ(?= (?:bao )?gồm\s*:)|thành phần(?=\s*:)"
    )),
    (ContentPart.SETS, r"số lượng(?: bộ)? hồ sơ|số bộ hồ sơ"),
    (ContentPart.TIME_LIMIT, r"thời (?:hạn|gian) (?:giải quyết|thực hiện|xử lý)|thời hạn(?=\s*:)"),
    (ContentPart.SUBJECTS, r"(?:các )?đối tượng (?:thực hiện|áp dụng)"),
    (ContentPart.AGENCY, (
        r"(?:các )?cơ quan,?(?: tổ chức,?| đơn vị,?)* (?:trực tiếp |có thẩm quyền |phối hợp )?"
        r"(?:giải quyết|thực hiện|quyết định)"
        r"|cơ quan (?:hoặc người )?(?:có thẩm quyền|được ủy quyền|phối hợp)|cơ quan phối hợp"
    )),
    (ContentPart.RESULT, r"kết quả(?: của)?(?: việc)? (?:thực hiện|giải quyết)|kết quả(?=\s*:)"),
    (ContentPart.FEES, r"(?:mức )?phí(?:,| và|/)? ?lệ phí|lệ phí|phí(?=\s*[:(])"),
    (ContentPart.FORMS, (
        r"tên (?:các )?(?:mẫu|biểu|tờ khai)(?: mẫu)?(?: đơn|"
        r" biểu)?(?:,? (?:và )?(?:mẫu )?(?:đơn,? )?tờ khai)?|"
        r"(?:các )?mẫu đơn,? (?:mẫu )?tờ khai|mẫu đơn(?=\s*:)"
    )),
    (ContentPart.CONDITIONS, r"(?:các )?yêu cầu,?(?: hoặc| và)? ?điều kiện|điều kiện thực hiện"),
    (ContentPart.LEGAL_BASIS, r"(?:các )?(?:căn cứ|cơ sở) pháp lý"),
)  # fmt: skip
_REST = (
    rf"(?:\s+(?:(?:các )?bước|tiến hành|thực hiện|giải quyết|của|việc|để|các|được|"
    rf"{_TTHC}|nội bộ|NB|\(TTHC\)"
    r"|\(nếu có\)|nếu có|có thẩm quyền|quyết định|trực tiếp|hành chính|hồ sơ|"
    r"kèm theo|đính kèm|gồm|bao gồm|yêu cầu"
    r"|theo quy định|\(ngày\)))*"
)
_COMPILED = [
    (part, re.compile(rf"(?:{label}){_REST}\s*(?P<colon>[:.]|(?=$))", re.IGNORECASE))
    for part, label in _LABELS
]
_OPEN = [
    (part, re.compile(rf"(?:{label}){_REST}\s+(?=\d|không\b|chưa\b|trong\b)", re.IGNORECASE))
    for part, label in _LABELS
]
_NUMBER = re.compile(
    r"^(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}\)?\s*[.)/:]?|[a-zđ]\s*[.)/]|[IVX]{1,5}\s*[.)/]|[-–+*•])\s*(?=[^\W\d_])"
)
_INSIDE = re.compile(r"(?<=\S)\s+(?=(?:[-–+]|[a-zđ]\)|\d{1,2}(?:\.\d{1,2})*[.)])\s+[^\W\d_])")

_GLUED = 4  # more labels than this on one line: the capture has lost its line breaks
_BULLETS = re.compile(r"\s+(?=[-–+]\s+[^\W\d_a-zà-ỹ])")
_NAMED = re.compile(r"(?:(?<=\s)|^)\d{1,2}\.\s+(?=[^\W\d_a-zà-ỹ])")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the head of a line: its marker, its words and what stands behind it."""

    part: ContentPart
    marker: str
    words: str
    rest: str

    @property
    def style(self) -> str:
        """Which kind of marker it has: labels of one procedure carry the same."""
        bare = self.marker.strip(" .):/(")
        if not bare:
            return ""
        if bare[0].isdigit():
            return f"number{bare.count('.')}"
        return "roman" if bare.isupper() else "letter" if bare.isalpha() else bare[:1]


def label_of(line: str) -> Label | None:
    """Return the label with which the line begins, None where it begins with none."""
    text = nfc(line).strip()
    number = _NUMBER.match(text)
    marker = number[0].strip() if number else ""
    body = text[number.end() :] if number else text
    for patterns in (_COMPILED, _OPEN):
        for part, pattern in patterns:
            found = pattern.match(body)
            if found:
                rest = body[found.end() :].strip()
                rest = rest if rest.strip(" .:…") else ""
                return Label(part, marker, found[0].strip(" :."), rest)
    return None


def unglue(line: str) -> list[str]:
    """
    Return a line in pieces where labels stand inside it, as captures glue them.

    Where a whole procedure is glued together its bullets are parted too, and the name which
    stands before its first label.
    """
    pieces: list[str] = []
    start = 0
    for gap in _INSIDE.finditer(line):
        label = label_of(line[gap.end() :])
        if label is not None and label.marker:
            pieces.append(line[start : gap.start()].strip())
            start = gap.end()
    pieces.append(line[start:].strip())
    pieces = [piece for piece in pieces if piece]
    if len(pieces) <= _GLUED:
        return pieces
    out: list[str] = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        label = label_of(following) if following else None
        parts = [part for part in _BULLETS.split(piece) if part]
        if label is not None and label.part is ContentPart.STEPS:
            parts[-1:] = name_apart(parts[-1])
        out += parts
    return out


def name_apart(text: str) -> list[str]:
    """Part the last numbered name at the end of a text from what stands before it."""
    numbers = list(_NAMED.finditer(text))
    if not numbers or numbers[-1].start() == 0:
        return [text]
    at = numbers[-1].start()
    return [text[:at].strip(), text[at:].strip()]
