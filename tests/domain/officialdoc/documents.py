"""Documents of our own writing, one of each shape that the writers must set."""

from __future__ import annotations

from datetime import date

from tinhgon.domain.officialdoc import (
    Annex,
    Block,
    BlockKind,
    Cell,
    OfficialDoc,
    Signature,
    Source,
    Table,
)

_AT = Source(1, 1)


def block(kind: BlockKind, text: str, marker: str = "", *children: Block) -> Block:
    return Block(kind, text, _AT, marker, children)


def para(text: str) -> Block:
    return block(BlockKind.PARAGRAPH, text)


def clause(marker: str, text: str, *children: Block) -> Block:
    return block(BlockKind.CLAUSE, text, marker, *children)


def point(marker: str, text: str, *children: Block) -> Block:
    return block(BlockKind.POINT, text, marker, *children)


def dash(text: str, *children: Block) -> Block:
    return block(BlockKind.DASH, text, "-", *children)


def plus(text: str) -> Block:
    return block(BlockKind.PLUS, text, "+")


def article(number: int, text: str, *children: Block) -> Block:
    return block(BlockKind.ARTICLE, text, f"Điều {number}.", *children)


def roman(marker: str, text: str, *children: Block) -> Block:
    return block(BlockKind.ROMAN, text, marker, *children)


def table(*rows: tuple[Cell | str, ...], header_rows: int = 1) -> Block:
    cells = tuple(
        tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows
    )
    return Block(BlockKind.TABLE, "", _AT, table=Table(cells, header_rows))


# A letter still without number and day, to several addressees.
LETTER = OfficialDoc(
    agency="Ủy ban nhân dân tỉnh Lạng Sơn",
    agency_lines=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"),
    symbol="UBND-TTPVHCC",
    place="Lạng Sơn",
    date_text="Lạng Sơn, ngày tháng 3 năm 2024",
    subject="đôn đốc rà soát thủ tục hành chính nội bộ năm 2024",
    addressees=("Các sở, ban, ngành thuộc UBND tỉnh", "UBND các huyện, thành phố"),
    body=(
        para(
            "Để bảo đảm tiến độ rà soát, đơn giản hóa thủ tục hành chính nội bộ đã đề ra, "
            "UBND tỉnh yêu cầu các cơ quan, đơn vị thực hiện những việc sau:"
        ),
        clause(
            "1.",
            "Các sở, ban, ngành thuộc UBND tỉnh:",
            dash(
                "Hoàn thành rà soát những thủ tục thuộc phạm vi quản lý trước ngày 15/5/2024; "
                "mỗi đơn vị đề xuất cắt giảm ít nhất 20% chi phí tuân thủ;"
            ),
            dash(
                "Gửi kết quả về Văn phòng UBND tỉnh trước ngày 20/5/2024, trong đó nêu rõ:",
                plus("Số thủ tục đã rà soát, số thủ tục còn lại;"),
                plus("Khó khăn, vướng mắc và đề xuất."),
            ),
        ),
        clause(
            "2.",
            "UBND các huyện, thành phố hướng dẫn UBND cấp xã thống kê những thủ tục còn sót và "
            "tổng hợp gửi về Văn phòng UBND tỉnh trước ngày 01/6/2024.",
        ),
        clause(
            "3.",
            "Giao Văn phòng UBND tỉnh theo dõi, đôn đốc và báo cáo Chủ tịch UBND tỉnh trước "
            "ngày 05 hằng tháng.",
        ),
        para("Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./."),
    ),
    signature=Signature(("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH", "Nguyễn Văn A"),
    recipients=(
        "Như trên",
        "CT, các PCT UBND tỉnh",
        "Các phòng chuyên môn",
        "Lưu: VT, TTPVHCC (NVA)",
    ),
)

# An urgent letter of an office to one addressee.
URGENT = OfficialDoc(
    agency="Văn phòng",
    agency_lines=("VĂN PHÒNG",),
    parent_agency="UBND tỉnh Lạng Sơn",
    parent_lines=("UBND TỈNH LẠNG SƠN",),
    number="08",
    symbol="VP-KSTT",
    place="Lạng Sơn",
    date=date(2024, 1, 2),
    date_text="Lạng Sơn, ngày 02 tháng 01 năm 2024",
    subject="báo cáo số liệu thủ tục hành chính nội bộ",
    urgency="HỎA TỐC",
    secrecy="MẬT",
    addressees=("Sở Nội vụ",),
    body=(
        para(
            "Văn phòng UBND tỉnh đề nghị Sở Nội vụ báo cáo số liệu thủ tục hành chính nội bộ "
            "đã công bố trước 16 giờ 00 ngày 04/01/2024./."
        ),
    ),
    signature=Signature((), "CHÁNH VĂN PHÒNG", "Trần Thị B"),
    recipients=("Như trên", "Lưu: VT, KSTT"),
)

DECISION = OfficialDoc(
    agency="Ủy ban nhân dân tỉnh Lạng Sơn",
    agency_lines=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"),
    number="512",
    symbol="QĐ-UBND",
    place="Lạng Sơn",
    date=date(2024, 11, 5),
    date_text="Lạng Sơn, ngày 05 tháng 11 năm 2024",
    doc_type="quyết định",
    subject="phê duyệt phương án đơn giản hóa thủ tục hành chính nội bộ trong lĩnh vực nội vụ",
    competence="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
    enacting="QUYẾT ĐỊNH:",
    legal_bases=(
        para("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"),
        para(
            "Căn cứ Kế hoạch số 15/KH-UBND ngày 12/01/2024 của UBND tỉnh về rà soát thủ tục hành "
            "chính nội bộ;"
        ),
        para("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 77/TTr-SNV ngày 28/10/2024."),
    ),
    body=(
        article(
            1,
            "Phê duyệt phương án đơn giản hóa 03 thủ tục hành chính nội bộ trong lĩnh vực nội vụ "
            "tại Phụ lục kèm theo Quyết định này.",
        ),
        article(
            2,
            "Tổ chức thực hiện",
            clause(
                "1.",
                "Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan:",
                point("a)", "Dự thảo văn bản thực thi phương án, trình trước ngày 15/12/2024;"),
                point("b)", "Báo cáo kết quả trong báo cáo công tác năm."),
            ),
            clause("2.", "Văn phòng UBND tỉnh kiểm tra, đôn đốc việc thực hiện Quyết định này."),
        ),
        article(3, "Quyết định này có hiệu lực kể từ ngày ký."),
        article(
            4,
            "Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ và các cơ quan, đơn vị, cá nhân liên "
            "quan chịu trách nhiệm thi hành Quyết định này./.",
        ),
    ),
    signature=Signature(("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH", "Nguyễn Văn A"),
    recipients=("Như Điều 4", "Cục Kiểm soát TTHC, VPCP", "Lưu: VT, TTPVHCC"),
    annexes=(
        Annex(
            "Phụ lục",
            "PHƯƠNG ÁN ĐƠN GIẢN HÓA",
            "Kèm theo Quyết định số 512/QĐ-UBND ngày 05/11/2024 của Chủ tịch UBND tỉnh",
            (
                clause(
                    "1.",
                    "Thủ tục cử công chức đi bồi dưỡng trong nước",
                    dash("Nội dung: giảm thời hạn giải quyết từ 10 ngày xuống 07 ngày làm việc."),
                    dash("Lý do: hồ sơ chỉ qua một cấp thẩm định."),
                ),
            ),
            _AT,
        ),
    ),
)

SUBMISSION = OfficialDoc(
    agency="Sở Nội vụ",
    agency_lines=("SỞ NỘI VỤ",),
    parent_agency="UBND tỉnh Lạng Sơn",
    parent_lines=("UBND TỈNH LẠNG SƠN",),
    number="77",
    symbol="TTr-SNV",
    place="Lạng Sơn",
    date=date(2024, 10, 28),
    date_text="Lạng Sơn, ngày 28 tháng 10 năm 2024",
    doc_type="tờ trình",
    subject="phê duyệt phương án đơn giản hóa thủ tục hành chính nội bộ",
    addressees=("Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn",),
    body=(
        para(
            "Thực hiện Kế hoạch số 15/KH-UBND ngày 12/01/2024 của UBND tỉnh, Sở Nội vụ đã rà soát "
            "các thủ tục hành chính nội bộ trong lĩnh vực nội vụ và kính trình Chủ tịch UBND tỉnh "
            "phương án như sau:"
        ),
        clause("1.", "Số thủ tục đã rà soát: 12 thủ tục."),
        clause("2.", "Số thủ tục đề nghị đơn giản hóa: 03 thủ tục, chiếm 25%."),
        para("Kính trình Chủ tịch UBND tỉnh xem xét, quyết định./."),
    ),
    signature=Signature(("KT. GIÁM ĐỐC",), "PHÓ GIÁM ĐỐC", "Lê Thị C"),
    recipients=("Như trên", "Văn phòng UBND tỉnh", "Lưu: VT, CCHC"),
)

PLAN_TABLE = table(
    ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"),
    ("1", "Thống kê thủ tục chưa công bố", "Các sở, ban, ngành", "15/3/2024"),
    (
        "2",
        "Rà soát và đề xuất phương án đơn giản hóa những thủ tục nhiều bước trung gian",
        Cell("Các sở, ban, ngành; UBND các huyện, thành phố", rows=2),
        "30/6/2024",
    ),
    ("3", "Báo cáo kết quả", "15/7/2024"),
    (Cell("Tổng cộng: 03 nhiệm vụ", columns=4),),
)

PLAN = OfficialDoc(
    agency="Ủy ban nhân dân tỉnh Lạng Sơn",
    agency_lines=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"),
    number="15",
    symbol="KH-UBND",
    place="Lạng Sơn",
    date=date(2024, 1, 12),
    date_text="Lạng Sơn, ngày 12 tháng 01 năm 2024",
    doc_type="kế hoạch",
    subject="Rà soát, đơn giản hóa thủ tục hành chính nội bộ năm 2024",
    body=(
        roman(
            "I.",
            "MỤC ĐÍCH, YÊU CẦU",
            clause(
                "1.",
                "Mục đích",
                point("a)", "Cắt giảm ít nhất 20% số thủ tục và 20% chi phí tuân thủ;"),
                point("b)", "Nâng cao trách nhiệm của từng cơ quan trong giải quyết công việc."),
            ),
            clause(
                "2.",
                "Yêu cầu",
                para(
                    "Việc rà soát phải đúng tiến độ, có sản phẩm cụ thể và có người chịu "
                    "trách nhiệm."
                ),
            ),
        ),
        roman(
            "II.",
            "NHIỆM VỤ",
            clause("1.", "Các cơ quan thực hiện nhiệm vụ theo bảng sau:", PLAN_TABLE),
        ),
        roman(
            "III.",
            "TỔ CHỨC THỰC HIỆN",
            clause("1.", "Văn phòng UBND tỉnh theo dõi, đôn đốc, tổng hợp kết quả thực hiện."),
            clause("2.", "Sở Tài chính bố trí kinh phí theo quy định."),
        ),
        para(
            "Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan phản ánh về Văn phòng "
            "UBND tỉnh để được hướng dẫn./."
        ),
    ),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), "PHÓ CHỦ TỊCH", "Nguyễn Văn A"),
    recipients=("Văn phòng Chính phủ", "Các sở, ban, ngành", "Lưu: VT, TTPVHCC"),
    annexes=(
        Annex(
            "Phụ lục I",
            "DANH MỤC THỦ TỤC CẦN RÀ SOÁT",
            "Kèm theo Kế hoạch số 15/KH-UBND ngày 12/01/2024 của UBND tỉnh",
            (
                table(
                    (
                        "STT",
                        "Tên thủ tục",
                        "Lĩnh vực",
                        "Cơ quan thực hiện",
                        "Thời hạn",
                        "Số bước",
                        "Ghi chú",
                    ),
                    *(
                        (
                            str(number),
                            f"Thủ tục nội bộ thứ {number} về quản lý tài sản công",
                            "Tài chính",
                            "Sở Tài chính",
                            "10 ngày",
                            "5",
                            "",
                        )
                        for number in range(1, 31)
                    ),
                ),
            ),
            _AT,
        ),
        Annex(
            "Phụ lục II",
            "ĐỀ CƯƠNG BÁO CÁO",
            "Kèm theo Kế hoạch số 15/KH-UBND ngày 12/01/2024 của UBND tỉnh",
            (
                roman("I.", "KẾT QUẢ", clause("1.", "Số thủ tục đã rà soát.")),
                roman("II.", "KIẾN NGHỊ", para("Nêu kiến nghị cụ thể.")),
            ),
            _AT,
        ),
    ),
)

# A regulation: chapters with titles, sections, articles with titles; long names.
RULES = OfficialDoc(
    agency="Ủy ban nhân dân huyện Lộc Bình",
    agency_lines=("ỦY BAN NHÂN DÂN", "HUYỆN LỘC BÌNH"),
    number="03",
    symbol="QC-UBND",
    place="Lộc Bình",
    date=date(2024, 2, 9),
    date_text="Lộc Bình, ngày 09 tháng 02 năm 2024",
    doc_type="quy chế",
    subject="Phối hợp giữa các phòng chuyên môn, đơn vị sự nghiệp và UBND các xã, thị trấn trong "
    "thống kê, công bố, rà soát, đơn giản hóa thủ tục hành chính nội bộ trên địa bàn huyện",
    body=(
        block(
            BlockKind.CHAPTER,
            "QUY ĐỊNH CHUNG",
            "Chương I",
            article(
                1,
                "Phạm vi điều chỉnh",
                para("Quy chế này quy định việc phối hợp giữa các cơ quan, đơn vị trên địa bàn."),
            ),
            article(
                2,
                "Nguyên tắc phối hợp",
                clause("1.", "Đúng chức năng, nhiệm vụ, quyền hạn của từng cơ quan."),
                clause("2.", "Chủ động, kịp thời, thống nhất."),
            ),
        ),
        block(
            BlockKind.CHAPTER,
            "NỘI DUNG PHỐI HỢP",
            "Chương II",
            block(
                BlockKind.SECTION,
                "THỐNG KÊ, CÔNG BỐ",
                "Mục 1",
                article(
                    3,
                    "Thống kê",
                    clause("1.", "Phòng Nội vụ gửi danh mục trước ngày 10 tháng cuối quý."),
                    clause("2.", "UBND xã, thị trấn rà lại và bổ sung trong 05 ngày làm việc./."),
                ),
            ),
        ),
    ),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN",), "CHỦ TỊCH", "Hoàng Thị Phương Quỳnh Anh"),
    recipients=(
        "Thường trực Huyện ủy, Thường trực HĐND huyện, Chủ tịch và các Phó Chủ tịch UBND huyện",
        "Lưu: VT",
    ),
)

# What comes in from other people's files: shapes and letters that nobody would type.
ODD_TEXTS = {
    "symbol font": "việc một \uf0b7 việc hai",
    "picture": "a 😀 b",
    "chinese": "a 漢字 b",
    "control": "a\x0bb\x01c\x00d",
    "unseen": "a\u200bb\u00adc\ufeffd",
    "lines": "a\nb\tc",
    "signs": "→ ≥ ½ ● ☐ ✓ \ufffd",
    "empty": "",
    "long": "x" * 400,
}

ODD_TABLES = {
    "no rows": Table((), 0),
    "empty row": Table(((), (Cell(""),)), 0),
    "no head": Table(((Cell("a"),), (Cell("b"),)), 0),
    "all head": Table(((Cell("a"),), (Cell("b"),)), 5),
    "span leaves the head": Table(((Cell("a", rows=2), Cell("b")), (Cell("c"),), (Cell("d"),)), 1),
    "span leaves the table": Table(((Cell("a", rows=9), Cell("b")), (Cell("c", columns=5),)), 2),
}

ALL = {
    "letter": LETTER,
    "urgent": URGENT,
    "decision": DECISION,
    "submission": SUBMISSION,
    "plan": PLAN,
    "rules": RULES,
}
