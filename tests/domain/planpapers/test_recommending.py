from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.planpapers.test_papers import PAPER
from tinhgon.domain.officialdoc import OfficialDoc, read, write_docx, write_pdf
from tinhgon.domain.planpapers import (
    Upwards,
    authorities_on,
    authority_for,
    recommendation_document,
    successor_of,
)
from tinhgon.domain.publishing import Letter

BEFORE, AFTER = date(2024, 7, 1), date(2025, 3, 1)
UP = Upwards("Bộ Nội vụ", Letter("", "UBND-SNV"), answer_by=date(2024, 12, 1))


@pytest.mark.parametrize(
    ("texts", "on", "expected"),
    [
        (["Thông tư số 02/2021/TT-BNV"], BEFORE, "Bộ Nội vụ"),
        (["Nghị định số 138/2020/NĐ-CP ngày 27/11/2020"], BEFORE, "Chính phủ"),
        (["Luật Cán bộ, công chức năm 2008"], BEFORE, "Chính phủ"),
        (["Quyết định số 25/2023/QĐ-TTg"], BEFORE, "Thủ tướng Chính phủ"),
        (["Quyết định của Thủ tướng Chính phủ về nông thôn mới"], BEFORE, "Thủ tướng Chính phủ"),
        (["Thông tư số 06/2020/TT-BKHĐT"], BEFORE, "Bộ Kế hoạch và Đầu tư"),
        # Its work went to another ministry meanwhile.
        (["Thông tư số 06/2020/TT-BKHĐT"], AFTER, "Bộ Tài chính"),
        (["Kiến nghị Bộ Giao thông vận tải sửa thông tư"], AFTER, "Bộ Xây dựng"),
        # A text of the province says nothing; the next one does.
        (["Quyết định số 15/2022/QĐ-UBND", "Thông tư số 1/2022/TT-BTC"], BEFORE, "Bộ Tài chính"),
        (["Quyết định số 15/2022/QĐ-UBND"], BEFORE, ""),
        ([], BEFORE, ""),
    ],
)
def test_who_can_change_the_texts(texts: list[str], on: date, expected: str) -> None:
    assert authority_for(texts, on) == expected


def test_authorities_are_those_of_the_day() -> None:
    before, after = set(authorities_on(BEFORE)), set(authorities_on(AFTER))

    assert "Bộ Giao thông vận tải" in before - after
    assert "Bộ Nông nghiệp và Môi trường" in after - before
    assert successor_of("Bộ Giao thông vận tải", date(2025, 2, 28)) == ""
    assert successor_of("bộ giao thông vận tải", AFTER) == "Bộ Xây dựng"
    assert successor_of("Kiểm toán nhà nước", AFTER) == ""


def test_who_took_over_stands_in_the_list_itself() -> None:
    ended = set(authorities_on(BEFORE)) - set(authorities_on(AFTER))

    assert {successor_of(name, AFTER) for name in ended} <= set(authorities_on(AFTER))


@pytest.mark.parametrize("how", ["docx", "pdf"])
def test_the_letter_reads_back_as_an_official_letter(how: str) -> None:
    write = write_docx if how == "docx" else write_pdf
    again = read(write(recommendation_document(PAPER, UP)), f"kien-nghi.{how}")

    assert again.doc_type == "công văn"
    assert again.agency == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert again.addressees == ("Bộ Nội vụ",)
    assert again.symbol == "UBND-SNV"
    assert again.signature is not None
    assert again.signature.authority == ("TM. ỦY BAN NHÂN DÂN",)
    said = " ".join(block.text for block in again.walk())
    assert "1877/QĐ-UBND" in said
    assert "Thẩm định đề án vị trí việc làm" in said
    assert "khoản 2 Điều 7 Quyết định số 41/2021/QĐ-UBND" in said
    assert "chậm nhất ngày 01/12/2024" in said


@pytest.mark.parametrize(
    ("on", "control"),
    [
        (date(2024, 10, 7), "Cục Kiểm soát thủ tục hành chính, Văn phòng Chính phủ"),
        (date(2026, 2, 1), "Bộ Tư pháp"),
    ],
)
def test_who_controls_procedures_on_the_day_gets_the_letter_too(on: date, control: str) -> None:
    letter = recommendation_document(replace(PAPER, written_on=on), UP)

    assert control in letter.recipients


def test_an_agency_that_is_no_committee_signs_in_its_own_right() -> None:
    letter: OfficialDoc = recommendation_document(replace(PAPER, issuer=PAPER.drafter), UP)

    assert letter.signature is not None
    assert letter.signature.authority == ()


def test_a_letter_on_no_procedure_is_refused() -> None:
    with pytest.raises(ValueError, match="no procedure"):
        recommendation_document(replace(PAPER, blocks=()), UP)
