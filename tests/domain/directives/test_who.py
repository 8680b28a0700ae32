from __future__ import annotations

import pytest

from tinhgon.domain.directives import read_tasks

from .letters import clause, dash, letter, paragraph, read_item, read_items

ALL = ("các sở, ban, ngành",)


@pytest.mark.parametrize(
    ("item", "assignees"),
    [
        ("Sở Nội vụ rà soát biên chế của các đơn vị.", ("Sở Nội vụ",)),
        ("Giao Sở Tài chính bố trí kinh phí.", ("Sở Tài chính",)),
        ("Giao Thanh tra tỉnh chủ trì kiểm tra việc chấp hành.", ("Thanh tra tỉnh",)),
        ("Đề nghị Báo Lạng Sơn đăng tin về cuộc thi.", ("Báo Lạng Sơn",)),
        ("Sở Y tế, Sở Nội vụ: Rà soát danh sách.", ("Sở Y tế", "Sở Nội vụ")),
        (
            "Sở Văn hóa, Thể thao và Du lịch tổ chức hội thi.",
            ("Sở Văn hóa, Thể thao và Du lịch",),
        ),
        (
            "Sở Nông nghiệp và Phát triển nông thôn tham mưu phương án.",
            ("Sở Nông nghiệp và Phát triển nông thôn",),
        ),
        (
            "Giao các Sở: Tài chính, Kế hoạch và Đầu tư, Nội vụ thẩm định hồ sơ.",
            ("Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Sở Nội vụ"),
        ),
        (
            "Giao các sở: Xây dựng, Công Thương và Văn phòng UBND tỉnh theo dõi.",
            ("Sở Xây dựng", "Sở Công Thương", "Văn phòng UBND tỉnh"),
        ),
        (
            "Bộ trưởng các Bộ: Y tế, Nội vụ chỉ đạo thực hiện.",
            ("Bộ trưởng Bộ Y tế", "Bộ trưởng Bộ Nội vụ"),
        ),
        (
            "Chủ tịch UBND các tỉnh, thành phố: Cao Bằng, Hải Phòng tổ chức trực ban.",
            ("Chủ tịch UBND tỉnh Cao Bằng", "Chủ tịch UBND thành phố Hải Phòng"),
        ),
        (
            "Thủ trưởng các sở, ban, ngành tỉnh; Chủ tịch UBND các huyện, thành phố chỉ đạo.",
            ("Thủ trưởng các sở, ban, ngành tỉnh", "Chủ tịch UBND các huyện, thành phố"),
        ),
        (
            "Các sở, ngành, địa phương và các đơn vị liên quan tổ chức rà soát.",
            ("Các sở, ngành, địa phương và các đơn vị liên quan",),
        ),
        (
            "Các Sở Xây dựng liên quan kiểm tra công trường.",
            ("Các Sở Xây dựng liên quan",),
        ),
        (
            "Ban Quản lý dự án đầu tư xây dựng công trình giao thông bàn giao mặt bằng.",
            ("Ban Quản lý dự án đầu tư xây dựng công trình giao thông",),
        ),
        (
            "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn niêm yết thủ tục.",
            ("Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn",),
        ),
        (
            "Trên cơ sở đề xuất của Sở Xây dựng, Sở Tài chính cân đối nguồn vốn.",
            ("Sở Tài chính",),
        ),
        (
            "Căn cứ kết quả kiểm tra của Sở Nội vụ, giao Văn phòng UBND tỉnh tổng hợp.",
            ("Văn phòng UBND tỉnh",),
        ),
        (
            "Về số hóa hồ sơ: UBND thành phố Lạng Sơn hoàn thành việc chuyển dữ liệu.",
            ("UBND thành phố Lạng Sơn",),
        ),
        (
            "Trong quá trình rà soát, các cơ quan, đơn vị chủ động trao đổi với nhau.",
            ("các cơ quan, đơn vị",),
        ),
        (
            "Hiệu trưởng các trường trung học phổ thông phổ biến đến học sinh.",
            ("Hiệu trưởng các trường trung học phổ thông",),
        ),
        (
            "Yêu cầu các doanh nghiệp kinh doanh xăng dầu niêm yết giá.",
            ("các doanh nghiệp kinh doanh xăng dầu",),
        ),
        ("Bộ phận Một cửa các cấp niêm yết thủ tục.", ("Bộ phận Một cửa các cấp",)),
        ("Đối với UBND cấp xã: bố trí nhân lực thực hiện.", ("UBND cấp xã",)),
        (
            "Giám đốc các Sở: Tài chính, Nội vụ; Chủ tịch UBND các huyện rà soát.",
            ("Giám đốc Sở Tài chính", "Giám đốc Sở Nội vụ", "Chủ tịch UBND các huyện"),
        ),
        (
            "UBND các huyện Cao Lộc, Lộc Bình và thành phố Lạng Sơn rà soát quỹ đất.",
            ("UBND các huyện Cao Lộc, Lộc Bình và thành phố Lạng Sơn",),
        ),
        (
            "UBND các quận, huyện, TP. Thủ Đức rà soát quỹ đất.",
            ("UBND các quận, huyện, TP. Thủ Đức",),
        ),
        (
            "UBND TP. Hồ Chí Minh, Sở KH&CN: Rà soát quy chế.",
            ("UBND TP. Hồ Chí Minh", "Sở KH&CN"),
        ),
        (
            "Các thành viên Ban Chỉ đạo kiểm tra theo lĩnh vực phụ trách.",
            ("Các thành viên Ban Chỉ đạo",),
        ),
        ("Đề nghị Quý cơ quan phổ biến đến công chức.", ("Quý cơ quan",)),
        ("BCH Quân sự tỉnh, MTTQ tỉnh phối hợp.", ("BCH Quân sự tỉnh", "MTTQ tỉnh")),
        ("Việc rà soát phải bảo đảm đúng tiến độ.", ALL),
        # Nobody in the item itself: the leading clause says who.
        ("Tổ chức rà soát thủ tục hành chính nội bộ.", ALL),
        ("Ban hành kế hoạch kiểm tra.", ALL),
        ("Báo cáo UBND tỉnh kết quả rà soát.", ALL),
        ("Phòng ngừa việc chậm trả kết quả.", ALL),
        ("Căn cứ đề xuất của Sở Nội vụ và Sở Tài chính, tổng hợp trình UBND tỉnh.", ALL),
    ],
)
def test_who_has_to_act(item: str, assignees: tuple[str, ...]) -> None:
    assert read_item(item).assignees == assignees


@pytest.mark.parametrize(
    ("item", "partners"),
    [
        ("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu.", ("Sở Tài chính",)),
        (
            "Phối hợp chặt chẽ với Công an tỉnh và các đơn vị liên quan kiểm tra.",
            ("Công an tỉnh", "các đơn vị liên quan"),
        ),
        (
            "Sở Y tế chủ trì cùng Bảo hiểm xã hội tỉnh đối soát dữ liệu.",
            ("Bảo hiểm xã hội tỉnh",),
        ),
        (
            "Phối hợp với các sở, ngành; cơ quan báo chí tổ chức tuyên truyền.",
            ("các sở, ngành", "cơ quan báo chí"),
        ),
        (
            "Phối hợp với Sở Y tế và các sở: Xây dựng, Công Thương rà soát.",
            ("Sở Y tế", "Sở Xây dựng", "Sở Công Thương"),
        ),
        ("Phối hợp, trao đổi thông tin với Công an tỉnh.", ("Công an tỉnh",)),
        ("Tổ chức hội đàm với sự phối hợp của Sở Ngoại vụ.", ("Sở Ngoại vụ",)),
        ("Phối hợp bảo đảm an toàn cho hội nghị.", ()),
        ("Gửi văn bản đến cơ quan phối hợp để lấy ý kiến.", ()),
        ("Hướng dẫn UBND cấp xã rà soát.", ()),
    ],
)
def test_who_works_with_them(item: str, partners: tuple[str, ...]) -> None:
    assert read_item(item).coordinating == partners


def test_an_item_is_split_where_another_body_acts() -> None:
    tasks = read_items(
        "Sở Nội vụ xây dựng kế hoạch kiểm tra. Sở Tư pháp thẩm định dự thảo quy chế."
    )
    assert [task.assignees for task in tasks] == [("Sở Nội vụ",), ("Sở Tư pháp",)]
    assert tasks[1].text == "Sở Tư pháp thẩm định dự thảo quy chế."


def test_a_list_that_goes_on_behind_a_semicolon_is_not_split() -> None:
    task = read_item("Giao Sở Nội vụ; Sở Tư pháp; UBND các huyện rà soát quy chế làm việc.")
    assert task.assignees == ("Sở Nội vụ", "Sở Tư pháp", "UBND các huyện")


def test_nested_items_inherit_the_nearest_doer() -> None:
    reading = read_tasks(
        letter(
            paragraph("UBND tỉnh yêu cầu các sở, ban, ngành triển khai như sau:"),
            clause(
                1,
                "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính:",
                dash("Xây dựng quy chế."),
                dash("Giao Chi cục Văn thư lưu trữ hướng dẫn các đơn vị."),
            ),
            clause(2, "UBND các huyện", paragraph("Rà soát cán bộ đầu mối.")),
        )
    )
    assert [(t.item, t.assignees, t.coordinating) for t in reading.tasks] == [
        ("1.-1", ("Sở Nội vụ",), ("Sở Tài chính",)),
        ("1.-2", ("Chi cục Văn thư lưu trữ",), ("Sở Tài chính",)),
        ("2.p1", ("UBND các huyện",), ()),
    ]


def test_addressees_act_where_nobody_else_is_named() -> None:
    reading = read_tasks(
        letter(
            paragraph("Chủ tịch UBND tỉnh có ý kiến như sau:"),
            clause(1, "Khẩn trương báo cáo tình hình về UBND tỉnh."),
            to=("Các sở: Y tế, Nội vụ", "Công an tỉnh"),
        )
    )
    (task,) = reading.tasks
    assert task.assignees == ("Sở Y tế", "Sở Nội vụ", "Công an tỉnh")
    assert task.origins.assignees is not None
    assert task.origins.assignees.how == "addressees"


def test_words_that_point_back_are_replaced_by_the_names_meant() -> None:
    reading = read_tasks(
        letter(
            clause(
                1,
                "Hội Làm vườn tỉnh, Hội Cựu giáo chức tỉnh:",
                paragraph("Các hội hoàn thành kiểm kê tài sản."),
            ),
            to=("Sở Nội vụ",),
        )
    )
    assert reading.tasks[0].assignees == ("Hội Làm vườn tỉnh", "Hội Cựu giáo chức tỉnh")
