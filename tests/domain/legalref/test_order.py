from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.legalref import (
    DocumentRef,
    Provision,
    find_documents,
    order_key,
    to_text,
)

IN_ORDER = """
Hiến pháp năm 2013
Bộ luật Dân sự năm 2015
Luật Giá số 16/2023/QH15
Luật Tổ chức chính quyền địa phương năm 2025
Nghị quyết số 9/NQ-HĐND ngày 01/02/2020
Nghị định số 63/2010/NĐ-CP ngày 08/6/2010
Nghị định số 30/2020/NĐ-CP ngày 05/3/2020
Thông tư số 02/2017/TT-VPCP ngày 31/10/2017
Quyết định số 9/QĐ-UBND ngày 02/01/2024
Quyết định số 10/QĐ-UBND ngày 02/01/2024
Kế hoạch số 243/KH-UBND ngày 02/12/2022
Công văn số 1927/VPCP-KSTT ngày 25/3/2024
"""

SYMBOLS = {
    "Quyết định": ["QĐ-UBND", "QĐ-TTg"],
    "Công văn": ["VPCP-KSTT", "UBND-TTPVHCC", "SXD-QLN&TTBĐS"],
    "Kế hoạch": ["KH-UBND"],
    "Tờ trình": ["TTr-SNV"],
    "Nghị quyết": ["NQ/TW", "NQ-HĐND"],
}
issuers = st.sampled_from(
    ["", "UBND tỉnh", "Chính phủ", "Sở Kế hoạch và Đầu tư", "Bộ Văn hóa, Thể thao và Du lịch"]
)
numbers = st.integers(1, 99_999).map(str)
provisions = st.lists(
    st.builds(Provision, st.sampled_from(["", "a", "đ"]), numbers, numbers)
    | st.builds(Provision, st.just(""), st.just(""), numbers),
    max_size=3,
    unique=True,
).map(tuple)
references = st.sampled_from(sorted(SYMBOLS)).flatmap(
    lambda kind: st.builds(
        DocumentRef,
        kind=st.just(kind),
        number=numbers,
        symbol=st.sampled_from(SYMBOLS[kind]),
        on=st.none() | st.dates(date(1945, 9, 2), date(2099, 12, 31)),
        issuer=issuers,
        provisions=provisions,
    )
)


def test_legal_bases_are_listed_by_force_then_date_then_number() -> None:
    refs = find_documents(";\n".join(reversed(IN_ORDER.strip().splitlines())))
    assert [to_text(r) for r in sorted(refs, key=order_key)] == IN_ORDER.strip().splitlines()


PROVISIONS_IN_ORDER = [
    Provision("", "", "2"),
    Provision("", "1", "2"),
    Provision("c", "1", "2"),
    Provision("d", "1", "2"),
    Provision("đ", "1", "2"),
    Provision("e", "1", "2"),
    Provision("", "2", "2"),
    Provision("", "10", "2"),
    Provision("", "", "2a"),
    Provision("", "", "10"),
]


@given(st.permutations(PROVISIONS_IN_ORDER))
def test_provisions_are_ordered_by_article_clause_and_point(shuffled: list[Provision]) -> None:
    assert sorted(shuffled, key=lambda p: p.order_key) == PROVISIONS_IN_ORDER


def test_a_provision_as_written() -> None:
    assert str(Provision("c", "1", "2")) == "điểm c khoản 1 Điều 2"


@given(references)
def test_a_written_reference_is_found_again(ref: DocumentRef) -> None:
    text = f"Căn cứ {to_text(ref)}; theo đề nghị của Giám đốc."
    (found,) = find_documents(text)
    assert replace(found, start=0, end=0, date_text="") == ref
    assert to_text(found) == to_text(ref)


@given(
    st.text(
        st.sampled_from("Luật Quyết định số 12/2024/QĐ-UBND ngày của UBND năm ,;.\n"), max_size=80
    )
)
def test_any_text_gives_references_that_lie_in_it_apart(text: str) -> None:
    end = 0
    for ref in find_documents(text):
        assert end <= ref.start < ref.end <= len(text)
        end = ref.end
