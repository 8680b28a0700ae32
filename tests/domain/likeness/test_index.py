from __future__ import annotations

from itertools import combinations

import pytest

from tinhgon.domain.likeness import (
    Fingerprint,
    Index,
    Verdict,
    Weights,
    find_like,
    find_pairs,
    group_alike,
    judge,
    read_name,
)

DOINGS = ("Cấp", "Cấp lại", "Gia hạn", "Thu hồi", "Thẩm định, cấp", "Thủ tục cấp", "Duyệt")
THINGS = (
    "giấy phép bưu chính",
    "giấy phép thăm dò khoáng sản",
    "thẻ giám định viên",
    "thẻ tư vấn viên pháp luật",
    "kế hoạch sử dụng đất hằng năm",
    "kế hoạch sử dụng đất hàng năm cấp xã",
    "chứng chỉ hành nghề đấu giá",
)


def _many() -> list[Fingerprint]:
    return [
        Fingerprint(n, f"{doing} {thing}")
        for n, (doing, thing) in enumerate((d, t) for d in DOINGS for t in THINGS)
    ]


@pytest.mark.parametrize("at_least", [Verdict.SAME, Verdict.PROBABLY_SAME])
def test_the_rare_words_lose_no_pair(at_least: Verdict) -> None:
    many = _many()
    weights = Weights(read_name(item.name) for item in many)
    every = {
        frozenset((one.key, other.key))
        for one, other in combinations(many, 2)
        if judge(one, other, weights).verdict.reaches(at_least)
    }
    found = {frozenset((p.one.key, p.other.key)) for p in find_pairs(many, at_least=at_least)}
    assert len(every) > 5
    assert found == every


def test_copies_are_paired_with_the_first_only() -> None:
    copies = [Fingerprint(n, "Cử công chức đi học", level="commune") for n in range(5)]
    pairs = [(p.one.key, p.other.key) for p in find_pairs(copies)]
    assert pairs == [(0, 1), (0, 2), (0, 3), (0, 4)]


def test_the_nearest_come_first_with_their_number_and_not_oneself() -> None:
    many = [*_many(), Fingerprint("twin", "cấp giấy phép bưu chính")]
    index = Index(many)
    asked = many[0]
    found = find_like(asked, index, limit=3)
    assert [m.item.key for m in found][:1] == ["twin"]
    assert all(m.item.key != asked.key for m in found)
    assert found[0].likeness.verdict is Verdict.SAME
    new = find_like(Fingerprint("new", "CẤP GIẤY PHÉP BƯU CHÍNH"), index)
    assert new[0].count == 2
    assert len(index) == len(many)


def test_what_shares_no_word_or_only_common_ones_is_not_found() -> None:
    index = Index(_many())
    assert find_like(Fingerprint("new", "Điều động cán bộ"), index) == []
    assert find_like(Fingerprint("new", ""), index) == []
    assert find_like(Fingerprint("new", "Cấp"), Index([])) == []


def test_one_procedure_of_many_communes_is_one_group() -> None:
    names = ("Cử công chức đi học", "Thủ tục cử công chức đi học", "Cử công chức đi học lại")
    many = [
        Fingerprint((commune, name), name, level="commune")
        for commune in range(65)
        for name in names[: 2 if commune % 13 else 3]
    ]
    groups = group_alike(many)
    assert [len(g.members) for g in groups] == [130, 5]
    assert groups[0].canonical.name == names[0]
    assert groups[0].verdict is Verdict.SAME
    assert {m.key for g in groups for m in g.members} == {m.key for m in many}


def test_a_group_does_not_run_on_from_member_to_member() -> None:
    chain = [
        Fingerprint(1, "Phê duyệt kế hoạch sử dụng đất"),
        Fingerprint(2, "Thẩm định, phê duyệt kế hoạch sử dụng đất"),
        Fingerprint(3, "Thẩm định, phê duyệt kế hoạch sử dụng đất vùng ven sông lớn"),
    ]
    for group in group_alike(chain, at_least=Verdict.PROBABLY_SAME):
        for member in group.members:
            weights = Weights(read_name(i.name) for i in chain)
            found = judge(group.canonical, member, weights)
            assert found.verdict.reaches(Verdict.PROBABLY_SAME)


def test_who_holds_two_names_in_one_list_tells_them_apart_for_all() -> None:
    one, other = "Xác nhận kết quả thi hành án", "Xác nhận kết quả thi hành án dân sự"
    apart = [Fingerprint(1, one, source="A"), Fingerprint(2, other, source="B")]
    ministry = [Fingerprint(3, one, source="M"), Fingerprint(4, other, source="M")]
    before = [p.likeness.score for p in find_pairs(apart)]
    assert len(before) == 1
    names = {frozenset((p.one.name, p.other.name)) for p in find_pairs([*apart, *ministry])}
    assert names == {frozenset([one]), frozenset([other])}
    found = find_like(Fingerprint(9, other, source="C"), Index([apart[0], *ministry]))
    assert [m.likeness.verdict for m in found] == [Verdict.SAME, Verdict.RELATED]
