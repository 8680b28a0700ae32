"""Decisions on plans, of our own writing, and what the reader makes of them."""

from __future__ import annotations

from pathlib import Path

from tinhgon.domain.catalogue import ApprovedPlan, PlannedProcedure, read_plan
from tinhgon.domain.officialdoc import read_text

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1877/QĐ-UBND
Lạng Sơn, ngày 07 tháng 10 năm 2024

QUYẾT ĐỊNH
Về việc phê duyệt phương án đơn giản hóa thủ tục hành chính nội bộ

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;
Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ về kiểm soát thủ tục hành chính;
Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 512/TTr-SNV ngày 30/9/2024.

QUYẾT ĐỊNH:

Điều 1. {first}
Điều 2. Giao Sở Nội vụ chủ trì thực thi phương án. Quyết định này có hiệu lực kể từ ngày ký.
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lương Trọng Nghĩa
"""
ANNEX = """
PHỤ LỤC
PHƯƠNG ÁN ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH NỘI BỘ
(Kèm theo Quyết định số 1877/QĐ-UBND ngày 07/10/2024 của Chủ tịch Ủy ban nhân dân tỉnh)

"""
FIRST = "Phê duyệt phương án đơn giản hóa thủ tục hành chính nội bộ (có Phụ lục kèm theo)."


def layout(name: str) -> str:
    """Return the annex (or the first article) in one of the layouts of this folder."""
    path = Path(__file__).parent / "layouts" / f"{name}.txt"
    return path.read_text(encoding="utf-8")


def decision(annex: str, *, first: str = FIRST) -> str:
    """Return the text of a decision with this annex; "" gives none."""
    return HEAD.format(first=first) + (ANNEX + annex if annex else "")


def reading(annex: str, *, first: str = FIRST) -> ApprovedPlan:
    """Return what is read out of a decision with this annex."""
    return read_plan(read_text(decision(annex, first=first)))


def figures(each: PlannedProcedure) -> list[str | None]:
    """Return before, after, saved and the ratio as they are written plainly."""
    costs = each.costs
    known = (costs.before, costs.after, costs.saved, costs.ratio)
    return [None if value is None else f"{value.normalize():f}" for value in known]


def contents(each: PlannedProcedure) -> list[str]:
    return [measure.content for measure in each.measures]


def reasons(each: PlannedProcedure) -> list[str | None]:
    return [measure.reason for measure in each.measures]


def kinds(plan: ApprovedPlan) -> list[str]:
    return [problem.kind.value for problem in plan.problems]
