from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from tinhgon.domain.legalref import find_documents, to_text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "Thực hiện Công văn số 1927/VPCP-KSTT ngày 25/3/2024 của Văn phòng Chính phủ về việc",
            ["Công văn số 1927/VPCP-KSTT ngày 25/3/2024 của Văn phòng Chính phủ"],
        ),
        (
            "theo tiến độ tại Kế hoạch số 243/KH-UBND ngày 02/12/2022 của UBND tỉnh, cụ thể:",
            ["Kế hoạch số 243/KH-UBND ngày 02/12/2022 của UBND tỉnh"],
        ),
        (
            "các Quyết định số: 1743/QĐ-BGTVT, 1744/QĐ-BGTVT ngày 31/12/2024",
            [
                "Quyết định số 1743/QĐ-BGTVT ngày 31/12/2024",
                "Quyết định số 1744/QĐ-BGTVT ngày 31/12/2024",
            ],
        ),
        ("theo Nghị định số 30/2020/NĐ-CP về công tác văn thư", ["Nghị định số 30/2020/NĐ-CP"]),
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương năm 2025;",
            ["Luật Tổ chức chính quyền địa phương năm 2025"],
        ),
        (
            "Căn cứ Luật Giá số 16/2023/QH15 ngày 19 tháng 6 năm 2023;",
            ["Luật Giá số 16/2023/QH15 ngày 19/6/2023"],
        ),
        (
            "Căn cứ Bộ luật Dân sự 2015 và Hiến pháp năm 2013.",
            ["Bộ luật Dân sự năm 2015", "Hiến pháp năm 2013"],
        ),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Xây dựng năm 2020",
            ["Luật sửa đổi, bổ sung một số điều của Luật Xây dựng năm 2020"],
        ),
        (
            "Luật Giá số 16/2023/QH15 của Quốc hội ngày 19/6/2023",
            ["Luật Giá số 16/2023/QH15 ngày 19/6/2023 của Quốc hội"],
        ),
        ("Luật số 16/2023/QH15 ngày 19/6/2023", ["Luật số 16/2023/QH15 ngày 19/6/2023"]),
        ("Chỉ thị số 3/CT-TTg NGÀY 05/7/2024", ["Chỉ thị số 3/CT-TTg ngày 05/7/2024"]),
        ("Luật Lưu trữ và Luật Thư viện năm 2019", ["Luật Thư viện năm 2019"]),
        (
            "Luật Ban hành văn bản quy phạm pháp luật ngày 19 tháng 02 năm 2025",
            ["Luật Ban hành văn bản quy phạm pháp luật ngày 19/02/2025"],
        ),
        ("Nghị quyết số 18-NQ/TW ngày 25/10/2017", ["Nghị quyết số 18-NQ/TW ngày 25/10/2017"]),
        ("tại CV 85/VP-TTHC", ["Công văn số 85/VP-TTHC"]),
        ("(số 85/VP- TTHC)", ["Công văn số 85/VP-TTHC"]),
        ("văn bản số 12/SXD-QLN& TTBĐS", ["Công văn số 12/SXD-QLN&TTBĐS"]),
        ("văn bản số 84/BC-UBND", ["Báo cáo số 84/BC-UBND"]),
        ("KẾ HOẠCH số 5/KH-UBND", ["Kế hoạch số 5/KH-UBND"]),
        (
            "Quyết định số      /QĐ-UBND ngày    tháng 3 năm 2024 của UBND tỉnh",
            ["Quyết định số /QĐ-UBND ngày tháng 3 năm 2024 của UBND tỉnh"],
        ),
        ("Tờ trình số 12/TTr-SNV ngày 31/6/2024", ["Tờ trình số 12/TTr-SNV ngày 31/6/2024"]),
        (
            "Quyết định số 9/QĐ-UBND của UBND huyện Cao Lộc ngày 03/4/2024",
            ["Quyết định số 9/QĐ-UBND ngày 03/4/2024 của UBND huyện Cao Lộc"],
        ),
        (
            "Nghị quyết số 66.7/2025/NQ-CP ngày 15/11/2025 của Chính phủ",
            ["Nghị quyết số 66.7/2025/NQ-CP ngày 15/11/2025 của Chính phủ"],
        ),
        (
            "theo điểm a, b khoản 2 Điều 5 và Điều 7 Nghị định số 30/2020/NĐ-CP",
            ["điểm a khoản 2 Điều 5, điểm b khoản 2 Điều 5, Điều 7 Nghị định số 30/2020/NĐ-CP"],
        ),
        (
            "khoản 1, 3 Điều 12a của Luật Giá năm 2023",
            ["khoản 1 Điều 12a, khoản 3 Điều 12a Luật Giá năm 2023"],
        ),
        ("ngày 01/7/2024, đạt 20/30 thủ tục, tỷ lệ 1/2", []),
        ("", []),
    ],
)
def test_references(text: str, written: list[str]) -> None:
    assert [to_text(ref) for ref in find_documents(text)] == written
    assert [to_text(ref) for ref in find_documents(unicodedata.normalize("NFD", text))] == written


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("của Bộ Văn hóa, Thể thao và Du lịch, các cơ quan", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("của Bộ Khoa học và Công nghệ và Quyết định số 2/QĐ-UB", "Bộ Khoa học và Công nghệ"),
        ("của Thủ tướng Chính phủ phê duyệt Đề án", "Thủ tướng Chính phủ"),
        ("của Chủ tịch Ủy ban nhân dân tỉnh và theo quy định", "Chủ tịch Ủy ban nhân dân tỉnh"),
        ("của UBND tỉnh, Sở Nội vụ tham mưu", "UBND tỉnh"),
        ("của UBND tỉnh Lạng Sơn tổng hợp kết quả", "UBND tỉnh Lạng Sơn"),
        ("của Văn phòng Chính phủ gửi kèm theo", "Văn phòng Chính phủ"),
        ("của Sở Lao động - Thương binh và Xã hội;", "Sở Lao động - Thương binh và Xã hội"),
        ("của Chính\nphủ quy định chi tiết", "Chính phủ"),
        ("của cơ quan cấp trên", ""),
        ("và Sở Nội vụ", ""),
        ("của của UBND xã", "UBND xã"),
        ("của UBND tỉnh và UBND huyện giao", "UBND tỉnh"),
        ("của UBND tỉnh và", "UBND tỉnh"),
        ("của UBND tỉnh 12/QĐ-UBND", "UBND tỉnh"),
        ("của Hội Khuyến học và Kế toán 2", "Hội Khuyến học và Kế toán"),
        ("của Hội" + " Khuyến học" * 20, "Hội" + " Khuyến học" * 7 + " Khuyến"),
        ("của Bộ Kế hoạch và Đầu tư", "Bộ Kế hoạch và Đầu tư"),
        ("của UBND huyện Kế hoạch số 2/KH-UBND", "UBND huyện"),
        ("của UBND tỉnh Ban hành Quy chế", "UBND tỉnh"),
        (
            "của Thanh tra Sở Lao động - Thương\n\nbinh và Xã hội",
            "Thanh tra Sở Lao động - Thương binh và Xã hội",
        ),
        ("của UBND tỉnh\n\nKính gửi", "UBND tỉnh"),
        (
            "của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn",
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
        ),
    ],
)
def test_where_the_issuer_ends(text: str, issuer: str) -> None:
    ref = find_documents(f"Quyết định số 1/QĐ-ABC ngày 02/01/2024 {text}")[0]
    assert ref.issuer == issuer


def test_enumerations_share_what_stands_at_the_end() -> None:
    one, two, other = find_documents(
        "các Công văn số 12/UBND-NC và số 34/UBND-NC ngày 05/7/2024 của UBND tỉnh, "
        "Kế hoạch số 56/KH-SNV"
    )
    assert one.on == two.on == date(2024, 7, 5)
    assert one.issuer == two.issuer == "UBND tỉnh"
    assert (other.on, other.issuer) == (None, "")


def test_without_several_a_date_is_its_own() -> None:
    one, two = find_documents("Công văn số 12/UBND-NC và số 34/UBND-NC ngày 05/7/2024")
    assert (one.on, two.on) == (None, date(2024, 7, 5))


def test_the_parts_of_a_reference() -> None:
    text = (
        "Căn cứ Công văn số 12/UBND-NC ngày 31/6/2024 của UBND tỉnh về việc rà soát, báo cáo; nay"
    )
    (ref,) = find_documents(text)
    assert (ref.kind, ref.number, ref.symbol) == ("Công văn", "12", "UBND-NC")
    assert (ref.on, ref.date_text) == (None, "ngày 31/6/2024")
    assert ref.title == "về việc rà soát, báo cáo"
    assert text[ref.start : ref.end] == "Công văn số 12/UBND-NC ngày 31/6/2024 của UBND tỉnh"
