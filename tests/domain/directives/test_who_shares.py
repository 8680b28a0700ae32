"""Who acts where names share a tail, are described, carry a role, or act by an unknown verb."""

from __future__ import annotations

import pytest

from tinhgon.domain.directives import read_tasks

from .letters import clause, dash, letter, paragraph, read_item, read_items

ALL = ("các sở, ban, ngành",)


@pytest.mark.parametrize(
    ("item", "assignees"),
    [
        # Two offices or bodies of each place.
        (
            "HĐND và UBND các huyện bố trí kinh phí.",
            ("HĐND các huyện", "UBND các huyện"),
        ),
        (
            "Đảng ủy, HĐND, UBND các xã tổ chức quán triệt.",
            ("Đảng ủy các xã", "HĐND các xã", "UBND các xã"),
        ),
        (
            "Thường trực HĐND, UBND các huyện, thành phố giám sát việc thực hiện.",
            ("Thường trực HĐND các huyện, thành phố", "UBND các huyện, thành phố"),
        ),
        (
            "Bí thư Đảng ủy, Chủ tịch UBND các xã, phường đối thoại với người dân.",
            ("Bí thư Đảng ủy các xã, phường", "Chủ tịch UBND các xã, phường"),
        ),
        (
            "Chủ tịch, các Phó Chủ tịch UBND huyện trực tiếp tiếp công dân.",
            ("Chủ tịch UBND huyện", "các Phó Chủ tịch UBND huyện"),
        ),
        (
            "Bí thư huyện ủy và Chủ tịch UBND các huyện: Bắc Sơn, Chi Lăng trực tiếp chỉ đạo.",
            (
                "Bí thư huyện ủy Bắc Sơn",
                "Bí thư huyện ủy Chi Lăng",
                "Chủ tịch UBND huyện Bắc Sơn",
                "Chủ tịch UBND huyện Chi Lăng",
            ),
        ),
        # What says itself of which place it is stays as it is.
        (
            "Huyện ủy Cao Lộc, UBND các huyện rà soát.",
            ("Huyện ủy Cao Lộc", "UBND các huyện"),
        ),
        ("Thành ủy, các huyện ủy chỉ đạo.", ("Thành ủy", "các huyện ủy")),
        # Persons by name and office.
        (
            "Giao đồng chí Nguyễn Văn A, Phó Giám đốc Sở Y tế chủ trì cuộc họp.",
            ("đồng chí Nguyễn Văn A, Phó Giám đốc Sở Y tế",),
        ),
        (
            "Giao ông Trần Văn B, Chánh Văn phòng UBND tỉnh theo dõi.",
            ("ông Trần Văn B, Chánh Văn phòng UBND tỉnh",),
        ),
        ("Đồng chí Giám đốc Sở Tài chính chỉ đạo cân đối.", ("Giám đốc Sở Tài chính",)),
        # Roles and members in brackets.
        (
            "Sở Nội vụ (cơ quan thường trực Ban Chỉ đạo) tổng hợp kết quả.",
            ("Sở Nội vụ (cơ quan thường trực Ban Chỉ đạo)",),
        ),
        (
            "Các cơ quan thẩm định (Sở Xây dựng, Sở Tài chính) rút ngắn thời gian.",
            ("Sở Xây dựng", "Sở Tài chính"),
        ),
        # Collectives described in words of their own.
        (
            "Các sở, ban, ngành quản lý chuyên ngành có trách nhiệm cung cấp dữ liệu.",
            ("Các sở, ban, ngành quản lý chuyên ngành",),
        ),
        (
            "Các đơn vị được giao vốn khẩn trương hoàn thành thủ tục.",
            ("Các đơn vị được giao vốn",),
        ),
        (
            "Các cơ quan, đơn vị có thủ tục hành chính nội bộ rà soát lại danh mục.",
            ("Các cơ quan, đơn vị có thủ tục hành chính nội bộ",),
        ),
        ("Các đơn vị có trách nhiệm bố trí cán bộ.", ("Các đơn vị",)),
        ("Các địa phương có phương án di dời dân.", ("Các địa phương",)),
        (
            "Các cơ sở khám bệnh, chữa bệnh thực hiện liên thông dữ liệu.",
            ("Các cơ sở khám bệnh, chữa bệnh",),
        ),
        (
            "Đối với các doanh nghiệp thu gom, vận chuyển chất thải: thực hiện đúng hợp đồng.",
            ("các doanh nghiệp thu gom, vận chuyển chất thải",),
        ),
        (
            "Công an các đơn vị, địa phương triển khai cao điểm.",
            ("Công an các đơn vị, địa phương",),
        ),
        ("Chủ các cơ sở nhà trọ khai báo tạm trú.", ("Chủ các cơ sở nhà trọ",)),
        (
            "Các hợp tác xã, hộ kinh doanh, trang trại đăng ký mã số.",
            ("Các hợp tác xã, hộ kinh doanh, trang trại",),
        ),
        # A whole name and a verb that no list knows.
        ("Sở Y tế nhân đôi điểm tiêm chủng.", ("Sở Y tế",)),
        ("Sở Tài chính gia tốc chi trả cho đơn vị.", ("Sở Tài chính",)),
        ("UBND xã Na Sầm đào thêm hai mương nước.", ("UBND xã Na Sầm",)),
        ("UBND các huyện nghèo rà soát hộ khó khăn.", ("UBND các huyện nghèo",)),
        (
            "UBND các xã: Hoàng Văn Thụ, Tân Mỹ, Na Sầm tu sửa mương.",
            ("UBND xã Hoàng Văn Thụ", "UBND xã Tân Mỹ", "UBND xã Na Sầm"),
        ),
        # Named behind the work.
        ("Trách nhiệm của Sở Tài chính: bố trí dự toán.", ("Sở Tài chính",)),
        ("Việc tổng hợp số liệu do Sở Nội vụ thực hiện.", ("Sở Nội vụ",)),
        ("Sở Nội vụ và Sở Tư pháp mỗi đơn vị cử một công chức.", ("Sở Nội vụ", "Sở Tư pháp")),
        # How a body stands is not what it has to do; things do not act.
        ("UBND các huyện còn chậm gửi báo cáo quý I.", ALL),
        ("Các văn bản hết hiệu lực phải bãi bỏ.", ALL),
    ],
)
def test_who_has_to_act(item: str, assignees: tuple[str, ...]) -> None:
    assert read_item(item).assignees == assignees


@pytest.mark.parametrize(
    ("item", "partners"),
    [
        (
            "Giao Sở Tài chính (chủ trì), Sở Nội vụ, Sở Xây dựng (phối hợp) rà soát định mức.",
            ("Sở Nội vụ", "Sở Xây dựng"),
        ),
        ("Sở Nội vụ chủ trì, Sở Tài chính phối hợp thực hiện.", ("Sở Tài chính",)),
        ("Sở Nội vụ, Sở Tài chính phối hợp thực hiện.", ()),
    ],
)
def test_who_works_with_them(item: str, partners: tuple[str, ...]) -> None:
    assert read_item(item).coordinating == partners


def test_what_a_body_has_done_is_no_task() -> None:
    assert [t.assignees for t in read_items("Sở Tài chính đã cấp đủ kinh phí.")] == []


def test_headings_that_name_or_describe_bodies_are_no_tasks() -> None:
    reading = read_tasks(
        letter(
            paragraph("UBND tỉnh yêu cầu các sở, ban, ngành triển khai như sau:"),
            clause(
                1,
                "Các cơ sở sản xuất và đơn vị dịch vụ môi trường.",
                dash("Che chắn bãi tập kết vật liệu."),
            ),
            clause(
                2,
                "Đối với các đơn vị thu gom rác thải sinh hoạt (theo danh sách kèm theo):",
                dash("Rửa xe trước khi ra đường."),
            ),
            clause(
                3,
                "Về đánh giá, xếp loại (các phòng chuyên môn; các đơn vị sự nghiệp (hoặc chi nhánh)"
                " thuộc sở; các hội được giao biên chế; các doanh nghiệp nhà nước do tỉnh quản lý;"
                " các ban quản lý dự án và tổ chức tài chính khác của tỉnh)",
                dash("Thực hiện theo quy chế đã ban hành."),
            ),
        )
    )
    assert [(t.item, t.assignees) for t in reading.tasks] == [
        ("1.-1", ("Các cơ sở sản xuất và đơn vị dịch vụ môi trường",)),
        ("2.-1", ("các đơn vị thu gom rác thải sinh hoạt",)),
        ("3.-1", ("các sở, ban, ngành",)),
    ]
