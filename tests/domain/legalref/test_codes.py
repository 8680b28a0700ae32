"""Số, ký hiệu against kind and issuer: NĐ 30/2020/NĐ-CP, Appendices I and III."""

from __future__ import annotations

import pytest

from tinhgon.domain.legalref import Body, bears, code_faults, is_central, split_code, symbol_for

PROVINCE = Body("Ủy ban nhân dân tỉnh Lạng Sơn", "UBND")
CHAIRMAN = Body("Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn", "UBND")
HOME_AFFAIRS = Body("Sở Nội vụ", "SNV", makes_rules=False)
PLANNING = Body("Sở Kế hoạch và Đầu tư", makes_rules=False)
OFFICE = Body("Văn phòng Ủy ban nhân dân tỉnh", "VP", makes_rules=False)
INSPECTORATE = Body("Thanh tra tỉnh", "TTr", makes_rules=False)


@pytest.mark.parametrize(
    ("number", "symbol", "kept"),
    [
        ("20", "QĐ-UBND", ("20", "QĐ-UBND")),
        ("20/2024", "QĐ-UBND", ("20", "2024/QĐ-UBND")),
        ("20", "2024/QĐ-UBND", ("20", "2024/QĐ-UBND")),
        (" 20/2024/QĐ-UBND ", "", ("20", "2024/QĐ-UBND")),
        ("20/", "/QĐ-UBND", ("20", "QĐ-UBND")),
        ("", "", ("", "")),
    ],
)
def test_a_code_is_kept_the_same_wherever_it_was_typed(
    number: str, symbol: str, kept: tuple[str, str]
) -> None:
    assert split_code(number, symbol) == kept


@pytest.mark.parametrize(
    ("symbol", "body"),
    [
        ("QĐ-UBND", PROVINCE),
        ("2024/QĐ-UBND", PROVINCE),
        ("QĐ-UBND", CHAIRMAN),
        ("UBND-KSTT", PROVINCE),
        ("QĐ-SNV", HOME_AFFAIRS),
        ("QĐ-SKHĐT", PLANNING),
        ("QĐ-VPUBND", OFFICE),
        ("QĐ-VP", OFFICE),
        ("TTr-NV", INSPECTORATE),
        ("QĐ-TTr", INSPECTORATE),
        ("2025/TT-BNV", Body("Bộ Nội vụ")),
        ("TT-BLĐTBXH", Body("Bộ Lao động - Thương binh và Xã hội")),
        ("TTLT-BTC-BNV", Body("Bộ Nội vụ")),
        ("NĐ-CP", Body("Chính phủ")),
        ("QĐ-TTg", Body("Thủ tướng Chính phủ")),
        ("QH15", Body("Quốc hội")),
        ("NQ-HĐND", Body("Hội đồng nhân dân tỉnh")),
    ],
)
def test_a_symbol_names_its_issuer(symbol: str, body: Body) -> None:
    assert bears(symbol, body)


@pytest.mark.parametrize(
    ("symbol", "body"),
    [
        ("QĐ-UBND", HOME_AFFAIRS),
        ("QĐ-SNV", PROVINCE),
        ("QĐ-STP", HOME_AFFAIRS),
        ("QĐ-UBND", OFFICE),
        ("TT-BTC", Body("Bộ Nội vụ")),
        ("TT-BTC-BNV", Body("Bộ Nội vụ")),
        ("QĐ-TTg", Body("Bộ Nội vụ")),
        ("QĐ", HOME_AFFAIRS),
        ("QĐ-S", HOME_AFFAIRS),
    ],
)
def test_a_symbol_of_another_is_told_apart(symbol: str, body: Body) -> None:
    assert not bears(symbol, body)


@pytest.mark.parametrize(
    ("code", "kind", "issuer"),
    [
        (("20", "QĐ-UBND"), "quyết định", PROVINCE),
        (("05", "2024/QĐ-UBND"), "quyết định", PROVINCE),
        (("142", "QĐ-SNV"), "Quyết định", HOME_AFFAIRS),
        (("12", "SNV-VP"), "công văn", HOME_AFFAIRS),
        (("7", "TTr-NV"), "công văn", INSPECTORATE),
        (("3", "2024/TT-BNV"), "thông tư", Body("Bộ Nội vụ")),
        (("30", "2024/QH15"), "luật", Body("Quốc hội")),
    ],
)
def test_a_sound_code_has_no_fault(code: tuple[str, str], kind: str, issuer: Body) -> None:
    assert code_faults(*code, kind=kind, issuer=issuer, year=2024) == ()


@pytest.mark.parametrize(
    ("code", "kind", "issuer", "field", "words"),
    [
        (("hai mươi", "QĐ-UBND"), "quyết định", PROVINCE, "number", "20/2024"),
        (("20", ""), "quyết định", HOME_AFFAIRS, "symbol", "ví dụ QĐ-SNV"),
        (("20", "2023/QĐ-UBND"), "quyết định", PROVINCE, "symbol", "thuộc năm 2024"),
        (("20", "2024/QĐ-SNV"), "quyết định", HOME_AFFAIRS, "symbol", "bỏ năm"),
        (("20", "KH-UBND"), "quyết định", PROVINCE, "symbol", "là của kế hoạch"),
        (("20", "QĐ-UBND"), "quy trình", PROVINCE, "doc_type", "là của quyết định"),
        (("20", "UBND"), "quyết định", PROVINCE, "symbol", "bắt đầu bằng QĐ"),
        (("20", "QĐ-UBND"), "quyết định", HOME_AFFAIRS, "symbol", "thường là QĐ-SNV"),
        (("20", "QĐ-BNV"), "quyết định", HOME_AFFAIRS, "symbol", "không phải của Sở Nội vụ"),
    ],
)
def test_what_does_not_fit_is_said(
    code: tuple[str, str], kind: str, issuer: Body, field: str, words: str
) -> None:
    [fault] = code_faults(*code, kind=kind, issuer=issuer, year=2024)

    assert (fault.field, fault.is_sure) == (field, True)
    assert words in fault.words


def test_a_symbol_that_nobody_else_bears_may_be_printed_so() -> None:
    [fault] = code_faults("20", "QĐ-NV", kind="quyết định", issuer=HOME_AFFAIRS, year=2024)

    assert not fault.is_sure


def test_the_usual_symbol_is_made_of_kind_and_issuer() -> None:
    assert symbol_for("quyết định", HOME_AFFAIRS) == "QĐ-SNV"
    assert symbol_for("công văn", HOME_AFFAIRS) == symbol_for("quyết định", PLANNING) == ""


@pytest.mark.parametrize(
    ("symbol", "central"),
    [("TT-BNV", True), ("2024/NĐ-CP", True), ("QH15", True), ("QĐ-BDT", False), ("QĐ-UBND", False)],
)
def test_central_symbols_are_known(symbol: str, central: bool) -> None:
    assert is_central(symbol) is central
