"""What the figures of a report say in sentences, section by section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    first = (
        f"Tính đến ngày {format_date(told.on)}, đã công bố {told.words('cong-bo')} thủ tục hành "
        f"chính nội bộ ({kinds}), gồm: {levels}."
    )
    found = [first]
    if told.number("bo-sung"):
        found.append(f"Trong đó công bố bổ sung {told.words('bo-sung')} thủ tục.")
    if told.number("con-hieu-luc") != told.number("cong-bo"):
        found.append(f"Số thủ tục còn hiệu lực: {told.words('con-hieu-luc')}.")
    return found


def _parts(told: Told, keys: Mapping[str, str]) -> str:
    """Return "19 thủ tục cấp tỉnh, 02 thủ tục cấp xã": only those of which there are any."""
    return ", ".join(
        f"{told.words(key)} thủ tục {words}" for key, words in keys.items() if told.number(key)
    )


def _reviewed(told: Told) -> list[str]:
    found = [_coverage(told)]
    left = told.number("cong-bo") - told.number("ra-soat")
    if left > 0:
        found.append(f"Còn {figure_words(left)} thủ tục chưa rà soát.")
    if not told.number("phe-duyet"):
        return [*found, "Chưa có phương án đơn giản hóa được phê duyệt."]
    kinds = _parts(told, {"bai-bo": "bãi bỏ", "gop": "gộp", "don-gian-hoa": "đơn giản hóa"})
    found.append(
        f"Đã phê duyệt phương án đối với {told.words('phe-duyet')} thủ tục ({kinds}); tỷ lệ cắt "
        f"giảm, đơn giản hóa đạt {told.share('k2')} số thủ tục thuộc phạm vi rà soát."
    )
    found.append(
        f"Chi phí tuân thủ cắt giảm {_money(told.number('tiet-kiem'))}, đạt {told.share('c')} so "
        f"với {_money(told.number('chi-phi-truoc'))} trước đơn giản hóa."
    )
    if told.number("chua-tinh"):
        found.append(f"Còn {told.words('chua-tinh')} thủ tục chưa tính chi phí tuân thủ.")
    return found


def _coverage(told: Told) -> str:
    rounds = ", ".join(f"{words}: {told.words(key)} thủ tục" for key, words in told.rounds.items())
    by_round = f" ({rounds})" if rounds else ""
    return (
        f"Đã rà soát {told.words('ra-soat')}/{told.words('cong-bo')} thủ tục đã công bố, đạt "
        f"{told.share('ty-le-ra-soat')}{by_round}."
    )


def _money(value: Decimal) -> str:
    return f"{format_number(value, 0)} đồng/năm"


def _carried_out(told: Told) -> list[str]:
    if not told.number("cat-giam-don-gian-hoa"):
        return ["Chưa có phương án được phê duyệt nên chưa thực thi."]
    first = (
        f"Đã thực thi phương án đối với {told.words('thuc-thi')}/"
        f"{told.words('cat-giam-don-gian-hoa')} thủ tục, đạt {told.share('ty-le-thuc-thi')}."
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
