"""A cell of agencies, taken apart into names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tinhgon.domain.vntext import fold, nfc

_BULLET = re.compile(r"(?:^|\s)[-–•*+]+\s*(?=[^\W\d_])")
_DASH_INSIDE = re.compile(r"\s+[-–+]\s+")
_SPLIT = re.compile(r"\s*[;\n]\s*")
_NUMBERED = re.compile(r"(?:^|\s)(?:\(?\d{1,2}[.)]|[a-zđ]\))\s+(?=[^\W\d_])")
_LABEL = re.compile(
    r"^(?:(?:các\s+)?(?:cơ quan|đơn vị|người|cấp|thẩm quyền|chủ thể|"
    r"bộ phận)\b[^:;]{0,90}|tthc)\s*:\s*",
    re.IGNORECASE,
)
_PLACE_LABEL = re.compile(
    r"(?:cơ quan|người|cơ quan\s*/\s*người|đơn vị)\b[^:;.]{0,40}?"
    r"(?:thực hiện|quyết định|giải quyết)[^:;.]{0,40}:\s*(?P<names>[^\n]+?)"
    r"(?=\s+[-–+]\s|\s*[;\n]|\s+(?:cơ quan|nơi|địa)\b[^:]{0,60}:|$)",
    re.IGNORECASE,
)
_ENDS = " \t.,;:-–*+\"'“”"

# Words with which the name of a body or of its head begins.
_HEADS = (
    r"(?:bộ trưởng|thứ trưởng|bộ(?! phận| thủ)|sở|ủy ban|uỷ ban|ubnd|hđnd|hội đồng|"
    r"chủ tịch|phó chủ tịch|"
    r"tổng cục|cục|chi cục|vụ|ban|văn phòng|phòng|trung tâm|cơ quan|tổ chức|công an|"
    r"giám đốc|thủ trưởng|"
    r"người|viện|trường|thanh tra|kho bạc|đại diện|đơn vị|chánh|trưởng|hạt|chi nhánh|quỹ|bảo hiểm|"
    r"bảo tàng|tòa án|viện kiểm sát|quân|lực lượng|doanh nghiệp|hiệu trưởng|thủ tướng|chính phủ|"
    r"các (?:cơ quan|sở|bộ|ban|ngành|đơn vị|tổ chức|phòng|xã|phường|địa phương|"
    r"huyện|trường|cá nhân|ubnd|"
    r"ủy ban|uỷ ban|chủ tịch|cục|hội|trung tâm)|hội(?! đồng)\b|sở\b|tổ\b|"
    r"thi hành án|cảng|đồn|ngân hàng)"
)
_AND = re.compile(rf"(?P<sign>\s*,\s*(?:và\s+)?|\s+và\s+)(?={_HEADS}\b)", re.IGNORECASE)
_SPACE = re.compile(
    r"\s+(?=(?:Bộ|Sở|Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Chủ tịch|Tổng [Cc]ục|Cục|Chi [Cc]ục|Cơ quan|"
    r"Trung tâm|Tổ chức|Giám đốc|Người|Phòng|Văn phòng|Công an|Ban|Viện|Thanh tra|Thủ trưởng|Vụ|"
    r"Doanh nghiệp|Trường|Bảo hiểm xã hội|Hạt|Kho bạc|Ngân hàng|Cảng vụ|Đại sứ quán|Quỹ|Bệnh viện|"
    r"Trạm|Tòa án|Chi nhánh|Hội|Học viện|Lãnh đạo|Thi hành án)(?:\s|$))"
)
_BEGINS = re.compile(rf"\W*(?:{_HEADS})\b", re.IGNORECASE)
# What may not stand alone before a comma: "Bộ, cơ quan ngang Bộ" is one name.
_COLLECTIVE = re.compile(
    r"(?:^|[,;]|\bvà)\s*(?:các |những )?(?:bộ|ngành|sở|ban|cơ quan|đơn vị|tổ chức|"
    r"cá nhân|địa phương|xã|phường|"
    r"huyện|tỉnh|thành phố|cơ quan ngang bộ|cơ quan thuộc chính phủ|phòng|ban ngành|"
    r"sở ban ngành|ubnd|hội|cục|vụ|"
    r"ủy ban|hội đồng|đoàn thể|đơn vị, tổ chức)$",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(
    r"\b(?:giám đốc|chủ tịch|phó|trưởng|thủ trưởng|chánh|hiệu trưởng|ngang|thuộc|"
    r"của|và|với|tại|do|từ|các|hoặc|"
    r"người đứng đầu|chi nhánh|cấp|là|về|gồm|cho|văn phòng|thanh tra|công an|"
    r"lãnh đạo|đại diện|[,/])$"
    r"|^\W*(?:ban|vụ|phòng|cục|chi cục|tổng cục|hội|bộ|sở|viện|trường|quỹ|trung tâm|tổ|trạm)$",
    re.IGNORECASE,
)


def split_agencies(cell: str, *, spaced: bool = False) -> tuple[str, ...]:
    """
    Return the names in a cell, each once.

    With `spaced` a space alone may part two names, as exports of portals print them.
    """
    text = nfc(cell).strip()
    out: list[str] = []
    for piece in _pieces(text):
        for part in _parts(_LABEL.sub("", piece).strip(_ENDS)):
            names = _by_space(part) if spaced else [part]
            out += [_clean(name) for name in names]
    return _once(name for name in out if name)


def agencies_of_place(cell: str) -> tuple[str, ...]:
    """Return the names after a label such as "Cơ quan thực hiện:" in a cell of places."""
    out: list[str] = []
    for found in _PLACE_LABEL.finditer(nfc(cell)):
        out += split_agencies(found["names"])
    return _once(out)


def _pieces(text: str) -> Iterator[str]:
    for line in _SPLIT.split(_untorn(text)):
        if not line:
            continue
        parts = _BULLET.split(line) if _BULLET.match(line) else _dashed(line)
        for part in parts:
            yield from (piece for piece in _NUMBERED.split(part) if piece.strip())


def _untorn(text: str) -> str:
    """Return the text with the line breaks that only wrap a name taken out."""
    out = ""
    for line in text.split("\n"):
        begins = _BULLET.match(line) or _NUMBERED.match(line) or _BEGINS.match(line)
        ended = out.rstrip().endswith((";", ".", ":")) and not out.rstrip().endswith("TP.")
        wraps = out and not ended and (not begins or _TITLE_BEFORE.search(out.rstrip()))
        out = f"{out} {line}" if wraps else f"{out}\n{line}".strip()
    return out


def _dashed(line: str) -> list[str]:
    """A dash between two names parts them; one inside a name does not."""
    out = [""]
    at = 0
    for sign in _DASH_INSIDE.finditer(line):
        after = line[sign.end() :]
        if re.match(rf"{_HEADS}\b", after, re.IGNORECASE):
            out[-1] = line[at : sign.start()]
            out.append("")
            at = sign.end()
    out[-1] = line[at:]
    return out


def _parts(text: str) -> Iterator[str]:
    """Yield the names parted by commas and "và" which stand between complete names."""
    start = 0
    for sign in _AND.finditer(text):
        before = text[start : sign.start()]
        if before.count("(") > before.count(")") or not before.strip():
            continue
        if _COLLECTIVE.search(before) or _is_attribute(text, sign):
            continue
        yield before
        start = sign.end()
    yield text[start:]


def _is_attribute(text: str, sign: re.Match[str]) -> bool:
    """A small word after a comma or "và" goes on with the name before, but for common nouns."""
    after = text[sign.end() :]
    if after[:1].isupper():
        return False
    if "và" in sign["sign"]:
        return not re.match(r"(?:các|cơ quan|đơn vị|ubnd|tổ chức)\b", after, re.IGNORECASE)
    common = (
        r"(?:các|cơ quan|đơn vị|ubnd|ủy ban|uỷ ban|chủ tịch|sở|tổ chức|người|phòng|doanh nghiệp)\b"
    )
    return not re.match(common, after, re.IGNORECASE)


def _by_space(text: str) -> list[str]:
    out: list[str] = []
    start = 0
    for gap in _SPACE.finditer(text):
        before = text[start : gap.start()]
        if not before.strip() or _TITLE_BEFORE.search(before) or fold(before) == "bo truong":
            continue
        if before.count("(") > before.count(")"):
            continue
        out.append(before)
        start = gap.end()
    out.append(text[start:])
    return out


def _clean(name: str) -> str:
    return " ".join(_LABEL.sub("", name).split()).strip(_ENDS)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    out: dict[str, str] = {}
    for name in names:
        out.setdefault(fold(name), name)
    return tuple(out.values())


_VERB = (
    r"(?:tổ chức|lập|gửi|trình|tiếp nhận|thẩm định|xem xét|ban hành|phê duyệt|phối hợp|chủ trì|"
    r"thực hiện|có trách nhiệm|chỉ đạo|kiểm tra|xây dựng|quyết định|tham mưu|lấy ý kiến|tổng hợp|"
    r"giao|hoàn thiện|công bố|ký|rà soát|nộp|thông báo|đề nghị|báo cáo|xin|trả|chuyển|căn cứ|"
    r"thành lập|đề xuất|soạn|dự thảo|hoàn chỉnh|phân công|cử|nghiên cứu|xác minh|"
    r"đăng ký|cấp(?! tỉnh| xã| huyện| trung ương| trên| dưới| có)|"
    r"tiến hành|nhận|theo dõi|công nhận|họp|cập nhật|lưu|phát hành|"
    r"hướng dẫn|thống nhất|ra quyết định)"
)
_ACTOR = re.compile(rf"^(?P<actor>{_HEADS}\b[^:;.\n]{{0,90}}?)\s+(?={_VERB}\b)", re.IGNORECASE)


def begins_with_agency(text: str) -> str:
    """Return the body with which a sentence begins ("Sở Nội vụ thẩm định …"), else ""."""
    found = _ACTOR.match(nfc(text).lstrip("-–+ "))
    actor = found["actor"].strip() if found else ""
    named = actor[:1].isupper() and "," not in actor and " " in actor
    return actor if named else ""
