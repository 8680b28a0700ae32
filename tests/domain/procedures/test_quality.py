from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from tinhgon.domain.procedures import (
    START,
    Basis,
    Body,
    Duration,
    Form,
    Manner,
    Paper,
    Part,
    Record,
    Severity,
    Step,
    blocks,
    check,
)

from .records import COMPLETE, complete, days, hours, months, records, working_days

TODAY = date(2024, 7, 1)


def said(record: Record, **more: Any) -> list[str]:
    """Return each finding as "part ! words", "!" where it blocks and "?" where it warns."""
    return [
        f"{f.part} {'!' if f.severity is Severity.BLOCKS else '?'} {f.text}"
        for f in check(record, on=TODAY, **more)
    ]


def test_a_record_without_a_fault_has_no_finding() -> None:
    assert check(COMPLETE, on=TODAY) == ()
    assert not blocks(check(COMPLETE, on=TODAY))


def test_an_empty_record_lacks_every_compulsory_part() -> None:
    assert said(Record("")) == [
        "name ! Chưa có tên thủ tục hành chính. Đây là bộ phận bắt buộc.",
        "steps ! Chưa có trình tự thực hiện. Đây là bộ phận bắt buộc.",
        "subjects ! Chưa có đối tượng thực hiện. Đây là bộ phận bắt buộc.",
        "bodies ! Chưa có cơ quan giải quyết. Đây là bộ phận bắt buộc.",
        "manners ! Chưa nêu cách thức thực hiện. Chọn ít nhất một cách thức.",
        "papers ! Chưa có thành phần hồ sơ. Nếu thủ tục không cần hồ sơ, ghi rõ “Không quy định”.",
        (
            "time_limit ! Chưa có thời hạn giải quyết. Nếu văn bản không nêu thời hạn, "
            "ghi rõ “Không quy định”."
        ),
        "field ? Chưa ghi lĩnh vực. Danh mục công bố xếp thủ tục theo lĩnh vực.",
        "lead ? Chưa ghi cơ quan chủ trì.",
        "result ? Chưa ghi kết quả thực hiện. Hầu hết thủ tục đều có kết quả.",
        "bases ? Chưa ghi căn cứ pháp lý. Hầu hết thủ tục đều có căn cứ.",
    ]
    assert blocks(check(Record(""), on=TODAY))


LIMIT = "thời hạn giải quyết"
A_STEP = Step(1, "Thẩm định", "Chuyên viên", working_days(5))


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        # A part said in words instead of rows is said.
        ({"manners": (), "manner_text": "Gửi qua hệ thống"}, []),
        ({"papers": (), "dossier_sets": None, "dossier_text": "Không quy định"}, []),
        ({"time_limit": None, "time_limit_text": "Không quy định"}, []),
        ({"manners": (Manner.POST,)}, []),
        # Spaces say nothing.
        ({"name": " \t"}, ["name ! Chưa có tên thủ tục hành chính. Đây là bộ phận bắt buộc."]),
        (
            {"time_limit": None, "time_limit_text": " "},
            [
                (
                    "time_limit ! Chưa có thời hạn giải quyết. Nếu văn bản không nêu thời hạn, "
                    "ghi rõ “Không quy định”."
                )
            ],
        ),
        (
            {"dossier_sets": None},
            ["dossier_sets ! Chưa ghi số lượng hồ sơ. Ghi số bộ, từ 01 bộ trở lên."],
        ),
        (
            {"dossier_sets": 0},
            ["dossier_sets ! Chưa ghi số lượng hồ sơ. Ghi số bộ, từ 01 bộ trở lên."],
        ),
        ({"subjects": ("Sở", " ")}, ["subjects ! Đối tượng thứ 2 chưa ghi nội dung."]),
        ({"conditions": ("",)}, ["conditions ! Yêu cầu, điều kiện thứ 1 chưa ghi nội dung."]),
        ({"forms": (Form(""),)}, ["forms ! Mẫu đơn, tờ khai thứ 1 chưa ghi nội dung."]),
        ({"bases": (Basis(""),)}, ["bases ! Căn cứ pháp lý thứ 1 chưa ghi nội dung."]),
        ({"papers": (Paper(""),)}, ["papers ! Thành phần hồ sơ thứ 1 chưa ghi nội dung."]),
        (
            {"papers": (Paper("Tờ trình", quantity=0),)},
            ["papers ! Số lượng của “Tờ trình” phải từ 01 trở lên."],
        ),
        (
            {"bodies": (Body(Part.DECIDING, ""),)},
            ["bodies ! Cơ quan giải quyết thứ 1 chưa ghi nội dung."],
        ),
        (
            {"bodies": (Body(Part.EXECUTING, "Sở Nội vụ"),)},
            ["bodies ? Chưa nêu cơ quan có thẩm quyền quyết định."],
        ),
        ({"steps": (replace(A_STEP, what=""),)}, ["steps ! Bước 1 chưa ghi nội dung."]),
        ({"steps": (replace(A_STEP, actor=" "),)}, ["steps ? Chưa rõ ai thực hiện bước 1."]),
    ],
)
def test_what_is_missing(changes: dict[str, Any], findings: list[str]) -> None:
    assert said(complete(**changes)) == findings


UNCLEAR = "name ? Tên chưa rõ. Tên phải nêu một việc và đối tượng của việc đó."


@pytest.mark.parametrize(
    ("name", "findings"),
    [
        ("Nghỉ phép", [UNCLEAR]),
        ("Cho nghỉ phép", []),
        ("Thủ tục khác thuộc lĩnh vực nội vụ", [UNCLEAR]),
        ("CÁC THỦ TỤC VỀ CÔNG TÁC CÁN BỘ", [UNCLEAR]),
        ("Một số thủ tục về thi đua", [UNCLEAR]),
        ("Tuyển dụng, tiếp nhận, v.v", [UNCLEAR]),
        ("Tuyển dụng, tiếp nhận, v. v.", [UNCLEAR]),
        ("Tuyển dụng, tiếp nhận…", [UNCLEAR]),
        ("Công bố danh mục các thủ tục hành chính nội bộ", []),
        ("Thống nhất thủ tục khác nhau giữa hai cấp", []),
        (" ".join(["chữ"] * 60), []),
        (" ".join(["chữ"] * 61), ["name ? Tên dài 61 chữ. Rút gọn còn không quá 60 chữ."]),
    ],
)
def test_a_clear_name(name: str, findings: list[str]) -> None:
    assert said(complete(name=name)) == findings


def test_a_name_borne_twice() -> None:
    others = ("TT-0012 của Sở Nội vụ", "TT-0015 của Sở Nội vụ")
    assert said(COMPLETE, same_name=others) == [
        "name ! Trùng tên với TT-0012 của Sở Nội vụ. Đổi tên hoặc đánh dấu trùng lặp.",
        "name ! Trùng tên với TT-0015 của Sở Nội vụ. Đổi tên hoặc đánh dấu trùng lặp.",
    ]


def timed(*durations: Duration | None, after: dict[int, tuple[int, ...]] | None = None) -> Any:
    return tuple(
        Step(n, f"Việc {n}", "Chuyên viên", duration, after=(after or {}).get(n, ()))
        for n, duration in enumerate(durations, 1)
    )


@pytest.mark.parametrize(
    ("steps", "limit", "findings"),
    [
        (timed(working_days(5)), working_days(5), []),
        (timed(hours(20), hours(20)), working_days(5), []),
        (timed(working_days(1), working_days("1.5")), hours(20), []),
        (timed(days(10), days(5)), days(15), []),
        (timed(months(1), months(1)), months(2), []),
        (
            timed(working_days(4), hours(9)),
            working_days(5),
            [
                (
                    "time_limit ! Thực hiện tất cả các bước mất 05 ngày làm việc 01 giờ làm việc, "
                    f"dài hơn {LIMIT} (05 ngày làm việc). Rút ngắn các bước hoặc sửa thời hạn."
                )
            ],
        ),
        (
            timed(working_days(4), hours(7)),
            working_days(5),
            [
                (
                    "time_limit ? Thực hiện tất cả các bước mất 04 ngày làm việc 07 giờ làm việc, "
                    f"ngắn hơn {LIMIT} (05 ngày làm việc). Kiểm tra lại các bước và thời hạn."
                )
            ],
        ),
        # Steps beside one another do not add up.
        (
            timed(working_days(2), working_days(3), working_days(3), after={3: (1,)}),
            working_days(5),
            [],
        ),
        (
            timed(working_days(2), working_days(3), working_days(4), after={3: (1,)}),
            working_days(5),
            [
                (
                    "time_limit ! Thực hiện các bước 1, 3 mất 06 ngày làm việc, "
                    f"dài hơn {LIMIT} (05 ngày làm việc). Rút ngắn các bước hoặc sửa thời hạn."
                )
            ],
        ),
        (
            timed(hours(8), working_days(6), after={2: (START,)}),
            working_days(5),
            [
                (
                    "time_limit ! Thực hiện bước 2 mất 06 ngày làm việc, "
                    f"dài hơn {LIMIT} (05 ngày làm việc). Rút ngắn các bước hoặc sửa thời hạn."
                )
            ],
        ),
        # Steps without a time: too long is too long, too short cannot be said.
        (
            timed(working_days(6), None),
            working_days(5),
            [
                "steps ? Chưa ghi thời gian thực hiện bước 2.",
                (
                    "time_limit ! Thực hiện tất cả các bước mất 06 ngày làm việc, "
                    f"dài hơn {LIMIT} (05 ngày làm việc). Rút ngắn các bước hoặc sửa thời hạn."
                ),
            ],
        ),
        (
            timed(working_days(1), None, None),
            working_days(5),
            ["steps ? Chưa ghi thời gian thực hiện các bước 2, 3."],
        ),
        (
            timed(None, None),
            working_days(5),
            ["steps ? Chưa ghi thời gian thực hiện tất cả các bước."],
        ),
        # Other units: said where the calendar cannot change it, else only that it cannot be said.
        (
            timed(working_days(20)),
            days(15),
            [
                (
                    "time_limit ! Thực hiện bước 1 mất 20 ngày làm việc, "
                    f"dài hơn {LIMIT} (15 ngày). Rút ngắn các bước hoặc sửa thời hạn."
                )
            ],
        ),
        (
            timed(working_days(10)),
            days(15),
            [
                (
                    f"time_limit ? Thời gian các bước ghi theo đơn vị khác với {LIMIT} (15 ngày), "
                    "không cộng để so được."
                )
            ],
        ),
        (
            timed(working_days(20), days(25), after={2: (START,)}),
            days(22),
            [
                (
                    "time_limit ! Thực hiện bước 2 mất 25 ngày, "
                    f"dài hơn {LIMIT} (22 ngày). Rút ngắn các bước hoặc sửa thời hạn."
                )
            ],
        ),
        (
            timed(days(30)),
            months(1),
            [
                (
                    f"time_limit ? Thời gian các bước ghi theo đơn vị khác với {LIMIT} (01 tháng), "
                    "không cộng để so được."
                )
            ],
        ),
        (
            timed(months(1)),
            working_days(5),
            [
                (
                    f"time_limit ? Thời gian các bước ghi theo đơn vị khác với {LIMIT} "
                    "(05 ngày làm việc), không cộng để so được."
                )
            ],
        ),
        (
            timed(days(30), working_days(1)),
            None,
            [],
        ),
    ],
)
def test_the_times_of_the_steps_and_the_limit(
    steps: tuple[Step, ...], limit: Duration | None, findings: list[str]
) -> None:
    text = "" if limit else "Không quy định"
    assert said(complete(steps=steps, time_limit=limit, time_limit_text=text)) == findings


@pytest.mark.parametrize(
    ("after", "findings"),
    [
        ({2: (1,)}, []),
        ({2: (START,), 3: (1, 2)}, []),
        ({2: (9,)}, ["steps ! Bước 2 chờ bước 9, không có bước này."]),
        ({2: (9, 1, -1, 9)}, ["steps ! Bước 2 chờ bước -1, 9, không có bước này."]),
        ({1: (3,)}, ["steps ! Các bước chờ nhau thành vòng. Sửa lại thứ tự các bước."]),
        ({2: (2,)}, ["steps ! Các bước chờ nhau thành vòng. Sửa lại thứ tự các bước."]),
    ],
)
def test_the_order_of_the_steps(after: dict[int, tuple[int, ...]], findings: list[str]) -> None:
    steps = timed(hours(8), hours(8), hours(8), after=after)
    found = said(complete(steps=steps, time_limit=None, time_limit_text="Không quy định"))
    assert found == findings
    if findings and "vòng" in findings[0]:
        assert said(complete(steps=steps)) == findings, "nothing is said of times in a circle"


BASIS = Basis("Nghị định", "101/2017/NĐ-CP", date(2017, 9, 1), article="24")


@pytest.mark.parametrize(
    ("basis", "findings"),
    [
        (BASIS, []),
        (replace(BASIS, ended_on=date(2024, 7, 2)), []),
        (
            replace(BASIS, ended_on=date(2024, 7, 1)),
            [
                (
                    "bases ! Điều 24 Nghị định số 101/2017/NĐ-CP ngày 01/9/2017 hết hiệu lực từ "
                    "ngày 01/7/2024. Thay bằng văn bản đang có hiệu lực."
                )
            ],
        ),
        (replace(BASIS, issued_on=date(2024, 7, 1)), []),
        (
            replace(BASIS, issued_on=date(2024, 7, 2)),
            [
                (
                    "bases ! Điều 24 Nghị định số 101/2017/NĐ-CP ngày 02/7/2024 ban hành sau ngày "
                    "công bố. Kiểm tra lại ngày."
                )
            ],
        ),
    ],
)
def test_legal_bases_in_force(basis: Basis, findings: list[str]) -> None:
    assert said(complete(bases=(basis,))) == findings


def test_a_warning_does_not_block() -> None:
    findings = check(complete(name="Nghỉ phép"), on=TODAY)
    assert [(f.label, f.severity) for f in findings] == [("Tên thủ tục hành chính", Severity.WARNS)]
    assert not blocks(findings)


@given(records)
def test_any_record_is_checked(record: Record) -> None:
    findings = check(record, on=TODAY)
    for finding in findings:
        assert finding.label
        assert finding.text.endswith(".")
    assert blocks(findings) is any(f.severity is Severity.BLOCKS for f in findings)
