from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tinhgon.domain.likeness import Basis, Fingerprint, Verdict, judge, read_name
from tinhgon.domain.vntext import fold


def _one(name: str, **facts: object) -> Fingerprint:
    return Fingerprint("one", name, **facts)  # type: ignore[arg-type]


def _other(name: str, **facts: object) -> Fingerprint:
    return Fingerprint("other", name, **facts)  # type: ignore[arg-type]


SAME = [
    ("Bổ nhiệm công chức lãnh đạo, quản lý", "BỔ NHIỆM CÔNG CHỨC LÃNH ĐẠO, QUẢN LÝ."),
    ("Thủ tục điều động công chức", "Điều động công chức"),
    ("Trình tự, thủ tục giao biên chế công chức", "Giao biên chế công chức"),
    ("Thanh lý tài sản công của cơ quan nhà nước", "Thanh lý tài sản công cơ quan nhà nước"),
    ("Công nhận xã an toàn khu theo quy định tại Điều 5", "Công nhận xã an toàn khu"),
    ("Xóa nợ tiền thuế", "Xoá nợ tiền thuế"),
    ("Giao biên chế năm 2025", "Giao biên chế năm 2026"),
    ("Thẩm định dự thảo VBQPPL", "Thẩm định dự thảo văn bản quy phạm pháp luật"),
]
PROBABLY_SAME = [
    ("Phê duyệt kế hoạch lựa chọn nhà thầu", "Thẩm định, phê duyệt kế hoạch lựa chọn nhà thầu"),
    ("Phê duyệt đề án vị trí việc làm", "Duyệt đề án vị trí việc làm"),
    ("Thẩm định dự án đầu tư nhóm B", "Thẩm tra dự án đầu tư nhóm B"),
    ("Cấp thẻ công chức", "Cấp mới thẻ công chức"),
    ("Ban hành kế hoạch kiểm tra hằng năm", "Xây dựng kế hoạch kiểm tra hàng năm"),
    ("Lấy ý kiến về dự thảo nghị quyết", "Xin ý kiến dự thảo nghị quyết"),
    ("Lấy ý kiến dự thảo nghị quyết", "Tham gia ý kiến dự thảo nghị quyết"),
    ("Phê duyệt quy hoạch sử dụng đất cấp tỉnh", "Phê duyệt quy hoạch sử dụng đất cấp xã"),
    ("Công nhận báo cáo viên pháp luật cấp tỉnh", "Công nhận báo cáo viên pháp luật"),
    ("Phê duyệt dự án ĐTXD", "Phê duyệt dự án đầu tư xây dựng"),
    ("Sửa đổi quy chế chi tiêu nội bộ", "Điều chỉnh quy chế chi tiêu nội bộ"),
]
FAMILY = [
    ("Bổ nhiệm công chức lãnh đạo", "Bổ nhiệm lại công chức lãnh đạo"),
    ("Bổ nhiệm công chức lãnh đạo", "Miễn nhiệm công chức lãnh đạo"),
    ("Cấp giấy phép bưu chính", "Cấp lại giấy phép bưu chính"),
    ("Cấp giấy phép bưu chính", "Cấp đổi giấy phép bưu chính"),
    ("Cấp lại giấy phép bưu chính", "Cấp đổi giấy phép bưu chính"),
    ("Cấp giấy phép bưu chính", "Gia hạn giấy phép bưu chính"),
    ("Cấp giấy phép bưu chính", "Thu hồi giấy phép bưu chính"),
    ("Cấp giấy phép bưu chính", "Điều chỉnh giấy phép bưu chính"),
    ("Phê duyệt kế hoạch sử dụng đất", "Hủy bỏ kế hoạch sử dụng đất"),
    ("Thẩm định thiết kế công trình", "Thẩm định thiết kế sơ bộ công trình"),
    ("Cử viên chức đi học trong nước", "Cử viên chức đi học ở nước ngoài"),
    ("Đăng ký khai sinh", "Đăng ký lại khai sinh"),
    ("Đăng ký khai sinh", "Đăng ký khai sinh có yếu tố nước ngoài"),
    ("Nâng lương thường xuyên cho viên chức", "Nâng lương trước thời hạn cho viên chức"),
    ("dang ky khai sinh", "dang ky lai khai sinh"),
    ("Phê duyệt kế hoạch lựa chọn nhà thầu", "Phê duyệt kết quả lựa chọn nhà thầu"),
    ("Tuyển dụng công chức qua thi tuyển", "Tuyển dụng viên chức qua thi tuyển"),
    ("Thu hồi đất theo khoản 1 Điều 48 Luật Đất đai", "Thu hồi đất theo Điều 81 Luật Đất đai"),
]
DIFFERENT = [
    ("Thẩm định giá tài sản", "Thẩm định đề án đặt tên đường"),
    ("Công nhận xã an toàn khu", "Cử công chức đi học"),
    ("", "Cử công chức đi học"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_small_words_and_spelling_make_no_difference(one: str, other: str) -> None:
    assert judge(_one(one), _other(other)).verdict is Verdict.SAME


@pytest.mark.parametrize(("one", "other"), PROBABLY_SAME)
def test_other_words_for_the_same_are_for_a_person_to_confirm(one: str, other: str) -> None:
    assert judge(_one(one), _other(other)).verdict is Verdict.PROBABLY_SAME


@pytest.mark.parametrize(("one", "other"), FAMILY)
def test_a_decisive_word_makes_another_procedure(one: str, other: str) -> None:
    assert judge(_one(one), _other(other)).verdict is Verdict.RELATED


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_a_common_verb_makes_no_likeness(one: str, other: str) -> None:
    assert judge(_one(one), _other(other)).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("name", "decisive"),
    [
        ("Hỗ trợ lãi suất vay vốn", frozenset()),
        ("Quản lý đội ngũ đối với viên chức", frozenset()),
        ("Bổ nhiệm Thừa phát lại", frozenset()),
        ("Bổ nhiệm lại Thừa phát lại", {"!lai"}),
        ("Quản lý cảng hàng không", frozenset()),
        ("Trao huy hiệu Đảng", frozenset()),
        ("Sửa đổi, bổ sung quy chế", {"!dieu chinh"}),
    ],
)
def test_syllables_that_only_look_decisive_are_not(name: str, decisive: frozenset[str]) -> None:
    assert read_name(name).decisive == decisive


def test_the_reasons_name_the_words_the_basis_and_the_field() -> None:
    basis = (Basis("30/2020/NĐ-CP", "15"),)
    found = judge(
        _one("Ban hành văn bản cấp tỉnh", bases=basis, field="Văn thư"),
        _other("Ban hành văn bản cấp xã", bases=basis, field="Văn thư"),
    )
    assert found.reasons == (
        "tên khác nhau ở: “tỉnh” / “xã”",
        "khác cấp: cấp tỉnh / cấp xã",
        "cùng căn cứ 30/2020/NĐ-CP, điều 15",
        "cùng lĩnh vực Văn thư",
    )


def test_decisive_words_are_pointed_out() -> None:
    found = judge(_one("Cấp lại thẻ công chức"), _other("Cấp thẻ công chức"))
    assert found.reasons == ("khác ở chữ quyết định: chỉ một bên có “lại”",)
    assert [(d.one, d.other, d.decisive) for d in found.differences] == [("lại", "", True)]


def test_evidence_moves_the_score_and_makes_no_likeness_alone() -> None:
    one, other = "Điều chuyển tài sản công", "Điều chuyển tài sản công giữa cơ quan, đơn vị"
    bases = (Basis("186/2025/NĐ-CP", "20"),)
    bare = judge(_one(one), _other(other))
    backed = judge(_one(one, bases=bases), _other(other, bases=bases))
    against = judge(_one(one, field="Quản lý công sản"), _other(other, field="Y tế dự phòng"))
    assert against.score < bare.score < backed.score
    unlike = judge(_one("Cử công chức đi học", bases=bases), _other(one, bases=bases))
    assert unlike.verdict is Verdict.DIFFERENT


def test_a_level_on_file_counts_where_the_name_is_silent() -> None:
    one, other = "Phê duyệt kế hoạch sử dụng đất", "Phê duyệt kế hoạch sử dụng đất cấp xã"
    same = judge(_one(one, level="commune"), _other(other))
    apart = judge(_one(one, level="province"), _other(other))
    assert "khác cấp: cấp tỉnh / cấp xã" in apart.reasons
    assert not any("cấp tỉnh" in reason for reason in same.reasons)


PIECES = (
    *("cấp lại", "đổi", "thủ tục", "phê duyệt", "giấy phép", "Điều 5", "khoản 2", "(kèm)", "2025"),
    *(
        "cấp tỉnh",
        "cấp xã",
        "UBND",
        "không",
        "thu hồi",
        "dự án đầu tư",
        "ĐTXD",
        "/",
        "Luật Đất đai",
    ),
)


def test_two_rows_of_one_list_need_more_to_be_one() -> None:
    one, other = "Xác nhận kết quả thi hành án", "Xác nhận kết quả thi hành án dân sự"
    elsewhere = judge(_one(one, source="list A"), _other(other, source="list B"))
    together = judge(_one(one, source="list A"), _other(other, source="list A"))
    assert together.score < elsewhere.score
    assert "cùng đứng trong một danh mục dưới hai tên" in together.reasons
    again = judge(_one(one, source="list A"), _other(f"Thủ tục {one}", source="list A"))
    assert again.verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thành lập văn phòng công chứng", "Thành lập phòng công chứng"),
        ("Đăng ký bằng tàu biển, biện pháp bảo đảm", "Đăng ký bằng tàu bay, biện pháp bảo đảm"),
        ("Kiểm tra việc cấp thẻ", "Cung cấp thông tin về kiểm tra việc cấp thẻ cho công dân"),
    ],
)
def test_one_word_against_another_parts_names_however_long(one: str, other: str) -> None:
    assert not judge(_one(one), _other(other)).verdict.reaches(Verdict.PROBABLY_SAME)


def test_a_clause_left_out_as_a_whole_takes_its_scope_words_along() -> None:
    long = (
        "Giao đất cho tổ chức tôn giáo, cơ sở đào tạo nghề nông, hợp tác xã, "
        "doanh nghiệp và người không còn đất sản xuất"
    )
    assert judge(_one(long), _other("Giao đất cho tổ chức tôn giáo")).reasons[0].startswith("tên")
    near = judge(_one("Giao đất không đấu giá"), _other("Giao đất đấu giá"))
    assert near.reasons == ("khác ở chữ quyết định: chỉ một bên có “không”",)


def test_a_name_without_end_is_read_as_far_as_names_go() -> None:
    long = "căn cứ theo quy định tại Điều 1 khoản 2, 3 (" * 2000
    assert judge(_one(long), _other(long + "lại")).verdict is Verdict.SAME


WORDS = st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)


@given(WORDS | st.text(max_size=60), WORDS | st.text(max_size=60))
@example("ÐÐ", "cấp lại đổi ĐTXD")  # the first letters of what stands in the other
def test_likeness_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    here, there = judge(_one(one), _other(other)), judge(_one(other), _other(one))
    assert 0 <= here.score <= 1
    assert here.score == pytest.approx(there.score)
    assert here.verdict is there.verdict
    if fold(one).strip(" .;,:") == fold(other).strip(" .;,:"):
        assert here.verdict is Verdict.SAME


@given(WORDS | st.text(max_size=60), st.sampled_from(["", "tinh", "province"]))
def test_one_name_is_always_the_same_whatever_else_differs(name: str, level: str) -> None:
    other = _other(name.upper(), level=level, field="Y tế", bases=(Basis("1/2020/NĐ-CP"),))
    one = _one(name, level="commune", field="Đất đai", bases=(Basis("2/2020/NĐ-CP"),))
    if fold(one.name) == fold(other.name):
        assert judge(one, other).verdict is Verdict.SAME
