"""Decisions of our own writing, and what the reader makes of them."""

from __future__ import annotations

from collections.abc import Sequence

from tinhgon.domain.catalogue import Catalogue, read_catalogue
from tinhgon.domain.officialdoc import read_text

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1520/QĐ-UBND
Lạng Sơn, ngày 12 tháng 8 năm 2024

QUYẾT ĐỊNH
Về việc {subject}

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;
Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 88/TTr-SNV ngày 01/8/2024.

QUYẾT ĐỊNH:

Điều 1. {first}
Điều 2. {second}
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lương Trọng Nghĩa

PHỤ LỤC
DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ CỦA TỈNH LẠNG SƠN
(Kèm theo Quyết định số 1520/QĐ-UBND ngày 12/8/2024 của Chủ tịch Ủy ban nhân dân tỉnh)

"""
SUBJECT = "công bố danh mục thủ tục hành chính nội bộ lĩnh vực tổ chức bộ máy"
FIRST = "Công bố kèm theo Quyết định này danh mục thủ tục hành chính nội bộ."
SECOND = "Quyết định này có hiệu lực thi hành kể từ ngày ký."


def decision(
    annex: str, *, subject: str = SUBJECT, first: str = FIRST, second: str = SECOND
) -> str:
    """Return the text of a decision with this annex."""
    return HEAD.format(subject=subject, first=first, second=second) + annex


def reading(annex: str, **more: str) -> Catalogue:
    """Return what is read out of a decision with this annex."""
    return read_catalogue(read_text(decision(annex, **more)))


def table(*rows: Sequence[str]) -> str:
    """Return rows with their cells parted by bars."""
    return "\n".join(" | ".join(row) for row in rows)


def names(catalogue: Catalogue) -> list[str]:
    return [row.name for row in catalogue.rows]


def positions(catalogue: Catalogue) -> list[str]:
    return [row.position for row in catalogue.rows]
