"""What the figures of a report say in sentences, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tinhgon.domain.procedures import figure_words
from tinhgon.domain.reporting import Line
from tinhgon.domain.vntext import format_date, format_number, format_share


@dataclass(frozen=True, slots=True)
class Told:
    """
    What sentences are made of: the figures, the day on which they were cut off, the rounds.

    `rounds` names the figures of single rounds ("ra-soat-3": "lần 1") in their order.
    """

    line: Line
    on: date
    rounds: Mapping[str, str]

    def number(self, key: str) -> Decimal:
        return self.line.numbers.get(key, Decimal(0))

    def words(self, key: str) -> str:
        return figure_words(self.number(key))

    def share(self, key: str) -> str:
        return format_share(self.line.share(key))


def _published(told: Told) -> list[str]:
    if not told.number("cong-bo"):
        return [f"Tính đến ngày {format_date(told.on)}, chưa có thủ tục hành chính nội bộ công bố."]
    levels = _parts(told, {"cap-tinh": "cấp tỉnh", "cap-huyen": "cấp huyện", "cap-xa": "cấp xã"})
    kinds = _parts(told, {"loai-a": "giữa các cơ quan", "loai-b": "trong nội bộ cơ quan"})
    among = f", gồm: {levels}" if levels else ""
    first = (
        f"Tính đến ngày {format_date(told.on)}, đã công bố {told.words('cong-bo')} thủ tục hành "
        f"chính nội bộ{_inside(kinds)}{among}."
    )
    found = [first]
    if told.number("bo-sung"):
        found.append(f"Trong đó công bố bổ sung {told.words('bo-sung')} thủ tục.")
    if not told.number("con-hieu-luc"):
        found.append("Các thủ tục này đều đã hết hiệu lực.")
    elif told.number("con-hieu-luc") != told.number("cong-bo"):
        found.append(f"Số thủ tục còn hiệu lực: {told.words('con-hieu-luc')}.")
    return found


def _parts(told: Told, keys: Mapping[str, str]) -> str:
    """Return "19 thủ tục cấp tỉnh, 02 thủ tục cấp xã": only those of which there are any."""
    return ", ".join(
        f"{told.words(key)} thủ tục {words}" for key, words in keys.items() if told.number(key)
    )


def _inside(parts: str) -> str:
    return f" ({parts})" if parts else ""


def _reviewed(told: Told) -> list[str]:
    found = [_coverage(told)]
    left = told.number("cong-bo") - told.number("ra-soat")
    if left > 0 and told.number("ra-soat"):
        found.append(f"Còn {figure_words(left)} thủ tục chưa rà soát.")
    if not told.number("phe-duyet"):
        return [*found, "Chưa có phương án đơn giản hóa được phê duyệt."]
    return [*found, _approved(told), *_saved(told)]


def _coverage(told: Told) -> str:
    published, reviewed = told.number("cong-bo"), told.number("ra-soat")
    if not reviewed:
        if not published:
            return "Chưa có thủ tục hành chính nội bộ được công bố để rà soát."
        return f"Chưa rà soát thủ tục nào trong số {figure_words(published)} thủ tục đã công bố."
    rounds = ", ".join(
        f"{words}: {told.words(key)} thủ tục"
        for key, words in told.rounds.items()
        if told.number(key)
    )
    if not published:
        return f"Đã rà soát {figure_words(reviewed)} thủ tục chưa công bố{_inside(rounds)}."
    return (
        f"Đã rà soát {figure_words(reviewed)}/{figure_words(published)} thủ tục đã công bố, đạt "
        f"{told.share('ty-le-ra-soat')}{_inside(rounds)}."
    )


def _approved(told: Told) -> str:
    kinds = _parts(told, {"bai-bo": "bãi bỏ", "gop": "gộp", "don-gian-hoa": "đơn giản hóa"})
    done = f"Đã phê duyệt phương án đối với {told.words('phe-duyet')} thủ tục{_inside(kinds)}"
    if not told.line.share("k2"):
        return f"{done}."
    return (
        f"{done}; tỷ lệ cắt giảm, đơn giản hóa đạt {told.share('k2')} số thủ tục thuộc phạm vi rà "
        "soát."
    )


def _saved(told: Told) -> Iterator[str]:
    """Yield what the approved plans save; where costs were never assessed only that."""
    saved, before = told.number("tiet-kiem"), told.number("chi-phi-truoc")
    if saved > 0 and before:
        yield (
            f"Chi phí tuân thủ cắt giảm {_money(saved)}, đạt {told.share('c')} so với "
            f"{_money(before)} trước đơn giản hóa."
        )
    elif before:
        yield (
            f"Chi phí tuân thủ trước đơn giản hóa là {_money(before)}; các phương án đã phê "
            "duyệt chưa làm giảm chi phí này."
        )
    if told.number("chua-tinh"):
        yield f"Còn {told.words('chua-tinh')} thủ tục chưa tính chi phí tuân thủ."


def _money(value: Decimal) -> str:
    return f"{format_number(value, 0)} đồng/năm"


def _carried_out(told: Told) -> list[str]:
    counted = told.number("cat-giam-don-gian-hoa")
    if not counted:
        if told.number("phe-duyet"):
            return ["Các phương án đã phê duyệt không có nội dung phải thực thi."]
        return ["Chưa có phương án được phê duyệt nên chưa thực thi."]
    if not told.number("thuc-thi"):
        number = figure_words(counted)
        return [f"Chưa thực thi phương án đã phê duyệt của {number} thủ tục (lý do tại Biểu 2)."]
    first = (
        f"Đã thực thi phương án đối với {told.words('thuc-thi')}/{figure_words(counted)} thủ tục, "
        f"đạt {told.share('ty-le-thuc-thi')}."
    )
    found = [first]
    if told.number("chua-thuc-thi"):
        found.append(f"Còn {told.words('chua-thuc-thi')} thủ tục chưa thực thi (lý do tại Biểu 2).")
    return found


_SECTIONS: Mapping[str, Callable[[Told], list[str]]] = {
    "cong-bo": _published,
    "ra-soat": _reviewed,
    "thuc-thi": _carried_out,
}


def sentences(section: str, told: Told) -> list[str]:
    """Return what the figures say under a section, by its key; nothing where they say nothing."""
    make = _SECTIONS.get(section)
    return make(told) if make else []
