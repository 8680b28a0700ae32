"""What is to change: the content of a block as measures, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tinhgon.domain.officialdoc import BlockKind
from tinhgon.domain.vntext import POINT_LETTERS, level_fold, nfc

from ._lines import ITEMS, Line
from ._model import PlannedMeasure, PlanPart

_VERB = re.compile(
    r"(?:(?:về|đối với|tại|ở)\s[^:]{2,90}:\s*|[^:]{2,70}:\s*)?"
    r"(?:(?:đề nghị|kiến nghị|đề xuất|tiếp tục|chỉ|nghiên cứu|thực hiện việc)\s+)?"
    r"(?:bãi bỏ|bỏ|loại bỏ|lược bỏ|h[ủu]ỷ? ?bỏ|cắt|giảm|rút ngắn|rút gọn|sửa|bổ sung|thay|gộp|ghép|"
    r"nhập|sáp nhập|hợp nhất|đơn giản|quy định|điều chỉnh|chuyển|áp dụng|phân cấp|phân quyền|"
    r"(?:ủy|uỷ) quyền|không|cho phép|nộp|tích hợp|liên thông|số (?:hóa|hoá)|mẫu (?:hóa|hoá)|"
    r"chuẩn (?:hóa|hoá)|tăng|mở rộng|thu hẹp|tách|kết hợp|lồng ghép|sử dụng|khai thác|chấp nhận|"
    r"tiếp nhận|gửi|ban hành|xây dựng|trả kết quả|thống nhất|kéo dài|hạn chế|nâng|xóa|xoá|"
    r"công khai|thực hiện|giao|tinh gọn|tối ưu|đưa|làm rõ|xác định|ký số|ứng dụng|hoàn thiện|"
    r"cải tiến|tái cấu trúc|miễn|dừng|chấm dứt)(?=\W|$)",
)
_OF_TIME = re.compile(r"(?:tong )?thoi (?:gian|han)\b")
_CHANGE = re.compile(r"\btu\b.{0,40}\d.{0,60}\b(?:xuong|con|thanh|den|giam)\b.{0,20}\d")
_ENDS = (".", ";", "”", '"')
_Told = tuple[list[str], str | None]  # what is to change, and why


@dataclass(slots=True)
class _Segment:
    """Lines of content with the reason that follows them."""

    lines: list[Line] = field(default_factory=list)
    reason: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    """An item and what stands below it; `paragraphs` holds its own text first."""

    line: Line
    paragraphs: list[str]
    children: list[_Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.paragraphs)

    def printed(self) -> str:
        own = f"{self.line.marker} {self.text}".strip()
        return "\n".join([own, *(child.printed() for child in self.children)])


def measures_of(lines: Sequence[Line]) -> tuple[PlannedMeasure, ...]:
    """
    Return the measures of one block.

    Items with a verb of their own are measures, the clause that leads them is left out; items that
    only name things ("Bỏ thành phần hồ sơ: – Bản sao …") make one measure with their clause. A
    reason holds for what stands before it, back to the reason before.
    """
    out: list[PlannedMeasure] = []
    for contents, reason in _beside([_read(each) for each in _segments(lines)]):
        if contents:
            out += [PlannedMeasure(text, reason) for text in contents]
        elif reason:
            out = [_with_more(each, reason) for each in out]
    return tuple(out)


def _read(segment: _Segment) -> _Told:
    contents = [text for text in _contents(segment.lines) if text]
    return contents, "\n".join(segment.reason).strip() or None


def _beside(told: Sequence[_Told]) -> Sequence[_Told]:
    """Return each content with its reason, also where reasons are printed before contents."""
    at = next((n for n, (contents, _) in enumerate(told) if contents), 0)
    ahead = _joined(reason for _, reason in told[:at])
    if ahead is None:
        return told
    contents = [content for content, _ in told[at:]]
    reasons = [reason for _, reason in told[at:]]
    if reasons[-1] is None:
        return list(zip(contents, [ahead, *reasons], strict=False))
    return list(zip(contents, [_joined((ahead, reasons[0])), *reasons[1:]], strict=True))


def _joined(texts: Iterable[str | None]) -> str | None:
    return "\n".join(filter(None, texts)) or None


def lone_reason(lines: Sequence[Line]) -> str | None:
    """Return the reason of a block that has no measure, so that it is not lost."""
    texts = [text for segment in _segments(lines) for text in segment.reason]
    return "\n".join(texts).strip() or None


def _with_more(measure: PlannedMeasure, reason: str) -> PlannedMeasure:
    return PlannedMeasure(measure.content, _joined((measure.reason, reason)))


# -- content and reasons apart


def _segments(lines: Sequence[Line]) -> Iterator[_Segment]:
    current = _Segment()
    in_reason = False
    items: list[Line] = []
    for at, line in enumerate(lines):
        if line.section is PlanPart.REASON:
            if in_reason and not _is_next(line, items):
                current.reason.append(line.printed)
                continue
            in_reason = True
            rest = line.label.rest if line.label else ""
            current.reason += [rest] if rest else []
            continue
        if in_reason and _returns(line, items, current, lines[at + 1 :]):
            yield current
            current, in_reason = _Segment(), False
        if in_reason:
            current.reason.append(line.printed)
            continue
        current.lines.append(line)
        items += [line] if line.marker else []
    yield current


def _is_next(line: Line, items: Sequence[Line]) -> bool:
    return bool(line.marker and items and items[-1].block is line.block)


def _returns(line: Line, items: Sequence[Line], segment: _Segment, after: Sequence[Line]) -> bool:
    """Tell whether a line behind a reason is content again."""
    if line.section is PlanPart.CONTENT:
        return True
    if not line.marker:
        return (
            bool(_VERB.match(_lower(line.text))) and bool(segment.reason) and _reason_ahead(after)
        )
    before = next((each for each in reversed(items) if each.block is line.block), None)
    if before is None:
        return False
    if line.block in (BlockKind.DASH, BlockKind.PLUS):
        return bool(segment.reason) and bool(_VERB.match(_lower(line.text)))
    return _follows(before.bare, line.bare)


def _reason_ahead(lines: Sequence[Line]) -> bool:
    return any(line.section is PlanPart.REASON for line in lines)


def _follows(before: str, after: str) -> bool:
    """ "b" follows "a", "1.1.2" follows "1.1.1"."""
    head, _, old = before.rpartition(".")
    other, _, new = after.rpartition(".")
    if head != other:
        return False
    if old.isdigit() and new.isdigit():
        return int(new) == int(old) + 1
    if old in POINT_LETTERS and new in POINT_LETTERS and old and new:
        return POINT_LETTERS.index(new) == POINT_LETTERS.index(old) + 1
    return False


# -- items


def _contents(lines: Sequence[Line]) -> list[str]:
    lead: list[str] = []
    roots: list[_Item] = []
    stack: list[_Item] = []
    for line in lines:
        text = line.label.rest if line.label and line.section is PlanPart.CONTENT else line.text
        if not line.marker or (line.label and line.section is PlanPart.CONTENT):
            if text:
                (stack[-1].paragraphs if stack else lead).append(text)
            continue
        item = _Item(line, [text])
        while stack and _style(stack[-1].line) != _style(line) and _had(stack, line):
            stack.pop()
        if stack and _style(stack[-1].line) == _style(line):
            stack.pop()
        (stack[-1].children if stack else roots).append(item)
        stack.append(item)
    return _measures(lead, roots)


def _style(line: Line) -> str:
    if line.block is BlockKind.SUBCLAUSE:
        return f"sub{line.bare.count('.')}"
    sign = line.marker if line.block in ITEMS and not line.bare.isalnum() else line.marker[-1:]
    return f"{line.block}{sign}"


def _had(stack: Sequence[_Item], line: Line) -> bool:
    return any(_style(item.line) == _style(line) for item in stack)


def _measures(lead: Sequence[str], items: Sequence[_Item]) -> list[str]:
    if not items:
        return _of_paragraphs(lead)
    said = " ".join(lead).strip()
    if said and _is_one(said, items):
        return ["\n".join([said, *(item.printed() for item in items)])]
    out = [said] if said and said.endswith(_ENDS) and _VERB.match(_lower(said)) else []
    for item in items:
        out += _measures(item.paragraphs, item.children) if item.children else [item.text]
    return out


def _is_one(lead: str, items: Sequence[_Item]) -> bool:
    """Tell whether a clause and what stands below it are one measure."""
    if all(_OF_TIME.match(level_fold(item.text)) for item in items):
        return True
    if _CHANGE.search(level_fold(lead)):
        return True
    with_verb = sum(bool(_VERB.match(_lower(item.text))) for item in items)
    return with_verb * 2 <= len(items)


def _of_paragraphs(paragraphs: Sequence[str]) -> list[str]:
    """Paragraphs that begin with a verb behind a full stop are measures of their own."""
    out: list[str] = []
    for text in paragraphs:
        own = _VERB.match(_lower(text)) and out and out[-1].rstrip().endswith(_ENDS)
        if out and not own:
            out[-1] = f"{out[-1]} {text}"
        else:
            out.append(text)
    return out


def _lower(text: str) -> str:
    return " ".join(nfc(text).casefold().lstrip('“"- ').split())
