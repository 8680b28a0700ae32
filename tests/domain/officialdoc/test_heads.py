"""Heads and feet in the many ways in which they are printed."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from tests.domain.officialdoc.letters import DIRECTIVE_LETTER
from tinhgon.domain.officialdoc import OfficialDoc, read_text


def letter(**changes: str) -> OfficialDoc:
    """Read the letter with some of its lines replaced."""
    text = DIRECTIVE_LETTER
    for old, new in _pairs(changes):
        assert old in text
        text = text.replace(old, new)
    return read_text(text)


_LINES = {
    "agency": "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN",
    "motto": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    "number": "Số: 512/UBND-KSTT",
    "day": "Lạng Sơn, ngày 04 tháng 3 năm 2025",
    "about": "V/v đôn đốc chuẩn hóa quy trình\ntiếp nhận hồ sơ nội bộ",
    "to": "Kính gửi:\n- Các sở, ban, ngành thuộc tỉnh;\n- Ủy ban nhân dân các huyện, thành phố.",
    "recipients": "Nơi nhận:",
    "title": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
}


def _pairs(changes: dict[str, str]) -> list[tuple[str, str]]:
    return [(_LINES[name], new) for name, new in changes.items()]


@pytest.mark.parametrize(
    ("printed", "number", "symbol"),
    [
        ("Số: 07/UBND-KSTT", "07", "UBND-KSTT"),
        ("Số 1234/UBND-NC&KSTT", "1234", "UBND-NC&KSTT"),
        ("Số:        /UBND-KSTT", None, "UBND-KSTT"),
        ("Số: ……/UBND-KSTT", None, "UBND-KSTT"),
        ("Số: 012 / UBND - KSTT", "012", "UBND-KSTT"),
        ("Sô: 15/UBND-KSTT", "15", "UBND-KSTT"),
    ],
)
def test_number_and_symbol(printed: str, number: str | None, symbol: str) -> None:
    doc = letter(number=printed)

    assert (doc.number, doc.symbol) == (number, symbol)
    assert doc.agency == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert doc.date == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("printed", "place", "day"),
    [
        ("Lạng Sơn, ngày 04 tháng 3 năm 2025", "Lạng Sơn", date(2025, 3, 4)),
        ("Lạng Sơn, ngày   tháng 3 năm 2025", "Lạng Sơn", None),
        ("Lạng Sơn, ngày … tháng … năm 2025", "Lạng Sơn", None),
        ("TP. Hồ Chí Minh, ngày 1 tháng 12 năm 2024.", "TP. Hồ Chí Minh", date(2024, 12, 1)),
    ],
)
def test_place_and_day(printed: str, place: str, day: date | None) -> None:
    doc = letter(day=printed)

    assert (doc.place, doc.date) == (place, day)
    assert doc.unread == ()


def test_a_day_in_no_calendar_is_kept_and_said() -> None:
    doc = letter(day="Lạng Sơn, ngày 31 tháng 6 năm 2024")

    assert (doc.place, doc.date) == ("Lạng Sơn", None)
    assert doc.date_text == "Lạng Sơn, ngày 31 tháng 6 năm 2024"
    assert [each.text for each in doc.unread] == ["Lạng Sơn, ngày 31 tháng 6 năm 2024"]
    assert "không có trong lịch" in doc.unread[0].reason


@pytest.mark.parametrize(
    "motto",
    [
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc\n_________",
        "CỌNG HÒA XÃ HÔI CHỦ NGHĨA VIỆT NAM\nĐọc lập - Tự do - Hạnh phúc",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập-Tự do-Hạnh phúc",
    ],
)
def test_motto_with_slips(motto: str) -> None:
    doc = letter(motto=motto)

    assert doc.agency == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert doc.unread == ()


def test_head_lines_merged_on_one_line() -> None:
    merged = (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH LẠNG SƠN Độc lập - Tự do - Hạnh phúc\n"
        "Số: 512/UBND-KSTT Lạng Sơn, ngày 04 tháng 3 năm 2025\n"
    )
    head, rest = DIRECTIVE_LETTER.split("V/v", 1)
    assert "Số: 512" in head
    doc = read_text(merged + "V/v" + rest)

    assert doc.agency == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert (doc.number, doc.symbol, doc.date) == ("512", "UBND-KSTT", date(2025, 3, 4))
    assert doc.subject == "đôn đốc chuẩn hóa quy trình tiếp nhận hồ sơ nội bộ"


def test_head_lines_side_by_side() -> None:
    columns = (
        "   ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "    TỈNH LẠNG SƠN                 Độc lập - Tự do - Hạnh phúc\n"
        "\n"
        "  Số: 512/UBND-KSTT\tLạng Sơn, ngày 04 tháng 3 năm 2025\n"
    )
    doc = read_text(columns + "V/v" + DIRECTIVE_LETTER.split("V/v", 1)[1])

    assert doc.agency == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert (doc.number, doc.place, doc.date) == ("512", "Lạng Sơn", date(2025, 3, 4))


@pytest.mark.parametrize(
    ("lines", "agency", "parent"),
    [
        ("BỘ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG", "Bộ Nông nghiệp và Môi trường", None),
        ("UBND TỈNH LẠNG SƠN\nSỞ Y TẾ", "Sở Y tế", "UBND tỉnh Lạng Sơn"),
        (
            "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nVĂN PHÒNG",
            "Văn phòng",
            "Ủy ban nhân dân tỉnh Lạng Sơn",
        ),
        (
            "UBND TỈNH LẠNG SƠN\nSỞ VĂN HÓA, THỂ THAO\nVÀ DU LỊCH",
            "Sở Văn hóa, Thể thao và Du lịch",
            "UBND tỉnh Lạng Sơn",
        ),
        ("UỶ BAN NHÂN DÂN\nXÃ ĐỒNG ĐĂNG", "Uỷ ban nhân dân xã Đồng Đăng", None),
        (
            "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH",
            "Ủy ban nhân dân Thành phố Hồ Chí Minh",
            None,
        ),
        ("THỦ TƯỚNG CHÍNH PHỦ\n--------", "Thủ tướng Chính phủ", None),
    ],
)
def test_agency_in_natural_case(lines: str, agency: str, parent: str | None) -> None:
    doc = letter(agency=lines)

    assert (doc.agency, doc.parent_agency) == (agency, parent)


@pytest.mark.parametrize(
    ("printed", "addressees"),
    [
        ("Kính gửi: Sở Nội vụ.", ["Sở Nội vụ"]),
        ("Kính gứi: Sở Nội vụ", ["Sở Nội vụ"]),
        ("KÍNH GỬI:\nSở Nội vụ;\nSở Tài chính.", ["Sở Nội vụ", "Sở Tài chính"]),
        (
            "Kính gửi:\n- Các sở: Nội vụ,\nTài chính;\n- Công an tỉnh.",
            ["Các sở: Nội vụ, Tài chính", "Công an tỉnh"],
        ),
        (
            "Kính gửi: Sở Nội vụ.\nĐồng kính gửi: Sở Tư pháp.",
            ["Sở Nội vụ", "Sở Tư pháp"],
        ),
    ],
)
def test_addressees(printed: str, addressees: list[str]) -> None:
    doc = letter(to=printed)

    assert list(doc.addressees) == addressees
    assert doc.body[0].text.startswith("Để hoàn thành kế hoạch năm")


@pytest.mark.parametrize("label", ["Nơi nhận:", "Nơi nhân:", "Noi nhận :", "Nơi nhận"])
def test_recipients_with_slips(label: str) -> None:
    doc = letter(recipients=label)

    assert doc.recipients[0] == "Như trên"
    assert len(doc.recipients) == 3


@pytest.mark.parametrize(
    ("printed", "authority", "title"),
    [
        ("CHỦ TỊCH", (), "CHỦ TỊCH"),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", ("TM. ỦY BAN NHÂN DÂN",), "CHỦ TỊCH"),
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"),
            "PHÓ CHỦ TỊCH",
        ),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG", ("TL. CHỦ TỊCH",), "CHÁNH VĂN PHÒNG"),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)", ("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH"),
        ("KT. GIAM ĐỐC\nPHO GIÁM ĐỐC", ("KT. GIÁM ĐỐC",), "PHÓ GIÁM ĐỐC"),
    ],
)
def test_signature(printed: str, authority: tuple[str, ...], title: str) -> None:
    signature = letter(title=printed).signature

    assert signature is not None
    assert (signature.authority, signature.title) == (authority, title)
    assert signature.name == "Nông Văn Mẫu"


def test_recipients_and_signature_mixed_line_by_line() -> None:
    head = DIRECTIVE_LETTER.split("Nơi nhận:")[0]
    doc = read_text(
        head + "Nơi nhận:\nTL. CHỦ TỊCH\n- Như trên;\n- Các sở: Nội vụ,\n  Tài chính;\n"
        "- Lưu: VT.\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\nLý Thị Mẫu\n"
    )

    assert doc.recipients == ("Như trên", "Các sở: Nội vụ, Tài chính", "Lưu: VT")
    assert doc.signature is not None
    assert doc.signature.authority == ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG")
    assert (doc.signature.title, doc.signature.name) == ("PHÓ CHÁNH VĂN PHÒNG", "Lý Thị Mẫu")


def test_urgency_and_secrecy() -> None:
    doc = letter(to="HỎA TỐC\nMẬT\nKính gửi: Sở Nội vụ.")

    assert (doc.urgency, doc.secrecy) == ("HỎA TỐC", "MẬT")
    assert doc.subject == "đôn đốc chuẩn hóa quy trình tiếp nhận hồ sơ nội bộ"


def test_decomposed_letters_are_composed() -> None:
    doc = read_text(unicodedata.normalize("NFD", DIRECTIVE_LETTER))

    assert doc == read_text(DIRECTIVE_LETTER)


def test_signing_stamp_does_not_stand_inside_sentences() -> None:
    stamped = DIRECTIVE_LETTER.replace("Số: 512/", "Số:      /").replace("ngày 04", "ngày    ")
    before, after = stamped.split("3. Văn phòng", 1)
    box = "512\n04\nTRUNG TÂM TIN HỌC\nvanthu@example.vn\n04.03.2025 08:15:00\n+07:00\n2\n"
    doc = read_text(before + box + "3. Văn phòng" + after)

    assert (doc.number, doc.date) == ("512", date(2025, 3, 4))
    plain = read_text(stamped)
    assert [block.text for block in doc.walk()] == [block.text for block in plain.walk()]
    assert (plain.number, plain.date) == (None, None)


@pytest.mark.parametrize(
    "sender", ["THỦ TƯỚNG CHÍNH PHỦ điện:", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:"]
)
def test_telegram_names_its_addressees_before_the_colon(sender: str) -> None:
    doc = read_text(
        "THỦ TƯỚNG CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 9/CĐ-TTg\nHà Nội, ngày 02 tháng 9 năm 2025\n\nCÔNG ĐIỆN\n"
        f"VỀ VIỆC ỨNG PHÓ MƯA LỚN\n{sender}\n- Bộ Quốc phòng;\n- Bộ Công an.\n"
        "Từ đêm qua mưa rất lớn ở vùng núi.\n1. Bộ Quốc phòng cử lực lượng ứng trực.\n"
    )

    assert doc.doc_type == "công điện"
    assert doc.subject == "ỨNG PHÓ MƯA LỚN"
    assert doc.addressees == ("Bộ Quốc phòng", "Bộ Công an")
    assert [block.marker for block in doc.body] == ["", "1."]


def test_text_without_any_head_is_read_as_far_as_it_goes() -> None:
    doc = read_text("Họp giao ban tuần.\n1. Rà soát hồ sơ tồn.\n2. Chuẩn bị hội nghị.\n")

    assert [block.marker for block in doc.body] == ["", "1.", "2."]
    assert doc.agency is None
    assert "Không nhận ra phần đầu văn bản" in doc.unread[0].reason


def test_letter_in_english_is_kept_with_the_reason() -> None:
    doc = read_text("Dear colleagues,\nPlease send your reports by Friday.\nBest regards\n")

    assert doc.body
    assert "không phải tiếng Việt" in doc.unread[0].reason


def test_signature_printed_on_one_line() -> None:
    doc = letter(title="KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lý Thị Mẫu")

    assert doc.signature is not None
    assert doc.signature.authority == ("KT. CHỦ TỊCH",)
    assert (doc.signature.title, doc.signature.name) == ("PHÓ CHỦ TỊCH", "Lý Thị Mẫu")


def test_place_torn_from_its_day() -> None:
    doc = letter(day="Lạng\nSơn, ngày 04 tháng 3 năm 2025")

    assert (doc.place, doc.date) == ("Lạng Sơn", date(2025, 3, 4))


@pytest.mark.parametrize("gap", ["\n", " ", "\n\n"], ids=["line", "same line", "empty line"])
def test_who_decides_is_no_part_of_a_subject_in_capitals(gap: str) -> None:
    doc = read_text(
        "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nSố: 99/QĐ-UBND\nLạng Sơn, ngày 02 tháng 9 năm 2025\n\n"
        "QUYẾT ĐỊNH\nCÔNG BỐ QUY TRÌNH THUỘC THẨM QUYỀN\nỦY BAN NHÂN DÂN TỈNH VÀ CẤP XÃ"
        f"{gap}CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương;\nTheo đề nghị của Giám đốc Sở Nội vụ.\n"
        "QUYẾT ĐỊNH:\nĐiều 1. Công bố kèm theo Quyết định này 02 quy trình.\n"
    )

    assert doc.subject == ("CÔNG BỐ QUY TRÌNH THUỘC THẨM QUYỀN ỦY BAN NHÂN DÂN TỈNH VÀ CẤP XÃ")
    assert doc.competence == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
    assert len(doc.legal_bases) == 2
    assert doc.enacting == "QUYẾT ĐỊNH:"


@pytest.mark.parametrize(
    "subject",
    [
        "THỰC HIỆN CHỈ THỊ SỐ 05 CỦA\nTHỦ TƯỚNG CHÍNH PHỦ VỀ CẮT GIẢM THỦ TỤC",
        "Thực hiện Chỉ thị số 05 của\nThủ tướng Chính phủ về cắt giảm thủ tục",
    ],
)
def test_subject_that_names_what_is_carried_out(subject: str) -> None:
    doc = read_text(
        "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nSố: 12/KH-UBND\nLạng Sơn, ngày 02 tháng 9 năm 2025\n\n"
        f"KẾ HOẠCH\n{subject}\n"
        "Thực hiện Chỉ thị số 05/CT-TTg, UBND tỉnh ban hành Kế hoạch như sau:\n"
        "1. Sở Nội vụ rà soát thủ tục.\n"
    )

    assert doc.subject == subject.replace("\n", " ")
    assert doc.competence is None
