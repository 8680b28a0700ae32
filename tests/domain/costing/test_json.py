from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from tinhgon.domain.costing import (
    MOST_ROWS,
    NotASheet,
    Sheet,
    from_json,
    to_json,
)

from .sheets import few, row, sheet, sheets


@few
@given(sheets())
def test_what_is_written_is_read_again(one: Sheet) -> None:
    assert from_json(json.loads(json.dumps(to_json(one)))) == one


def test_defaults_take_no_room() -> None:
    assert to_json(sheet(row("submit", hours="0.25")))["rows"] == [
        {
            "key": "submit",
            "group": "submit",
            "side": "performing",
            "what": "submit",
            "hours": "0.25",
        }
    ]


ROW = {"key": "a", "group": "submit", "side": "performing", "what": "Nộp"}
NOTE = {"term": "hours"}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({}, "Bảng tính: các dòng không đúng dạng."),
        ([7], "Dòng 1: dữ liệu không đúng dạng."),
        ([{**ROW, "cost": "1"}], "Dòng 1: có mục không rõ là gì (cost)."),
        ([{"key": "a"}], "Dòng 1: thiếu nhóm công việc, bên làm, công việc."),
        ([ROW, {**ROW, "key": "b", "hours": "-5"}], "Dòng 2: -5: thời gian thực hiện không thể"),
        ([{**ROW, "hours": 5}], "Dòng 1, Thời gian thực hiện (giờ): cần một số."),
        ([{**ROW, "hours": "NaN"}], "Dòng 1, Thời gian thực hiện (giờ): “NaN” không phải là số."),
        ([{**ROW, "hours": "x"}], "Dòng 1, Thời gian thực hiện (giờ): “x” không phải là số."),
        ([{**ROW, "hours": "4000000"}], "Dòng 1: 4.000.000 giờ vượt mức có thể có (10.000 giờ)."),
        (
            [{**ROW, "what": "a" * 1001}],
            "Dòng 1, công việc: cần một đoạn chữ không quá 1000 ký tự.",
        ),
        ([{**ROW, "per_set": 1}], "Dòng 1, tính theo số bộ hồ sơ: cần có hoặc không."),
        ([{**ROW, "group": "other?"}], "Dòng 1, nhóm công việc: giá trị không có trong danh sách."),
        ([{**ROW, "group": 1}], "Dòng 1, nhóm công việc: giá trị không có trong danh sách."),
        ([{**ROW, "notes": 1}], "Dòng 1: ghi chú không đúng dạng."),
        ([{**ROW, "notes": [{**NOTE, "on": "1/7"}]}], "Dòng 1, ghi chú, ngày nhập: cần một ngày."),
        ([{**ROW, "notes": [{**NOTE, "on": 1}]}], "Dòng 1, ghi chú, ngày nhập: cần một ngày."),
        ([{**ROW, "notes": [{**NOTE, "low": "-1"}]}], "Dòng 1, ghi chú: -1: thời gian thực hiện"),
        (
            [{**ROW, "notes": [{**NOTE, "share": "1/0"}]}],
            "Dòng 1, ghi chú, phần của số hiện tại: cần một phân số.",
        ),
        (
            [{**ROW, "notes": [{**NOTE, "share": "0.5"}]}],
            "Dòng 1, ghi chú, phần của số hiện tại: cần một phân số.",
        ),
        (
            [{**ROW, "notes": [{**NOTE, "share": 1}]}],
            "Dòng 1, ghi chú, phần của số hiện tại: cần một phân số.",
        ),
        ([{**ROW, "notes": [{**NOTE, "share": "3/2"}]}], "Dòng 1, ghi chú: 3/2: phần của số liệu"),
        ([ROW, ROW], "Bảng tính: Có hai dòng cùng mã “a”."),
        ([ROW] * (MOST_ROWS + 1), "Bảng tính: có 201 dòng, mỗi bên tối đa 200 dòng."),
    ],
)
def test_what_is_wrong_is_said_with_its_place(rows: Any, words: str) -> None:
    with pytest.raises(NotASheet) as refused:
        from_json({**to_json(sheet()), "rows": rows})
    assert str(refused.value).startswith(words)


def test_a_sheet_with_a_bad_head_is_refused() -> None:
    good = to_json(sheet(row()))
    with pytest.raises(NotASheet, match=r"Mức thu nhập bình quân: dữ liệu không đúng dạng\."):
        from_json({**good, "hourly": None} | {"hourly": 7})
    assert from_json({**good, "rows": [{**ROW, "times": None}]}).rows[0].times is None
    with pytest.raises(NotASheet, match=r"Bảng tính: thiếu Mức TNBQ"):
        from_json({"rows": []})
    with pytest.raises(NotASheet, match=r"Bảng tính: Có hai dòng cùng mã “a”"):
        from_json({**good, "rows": [ROW, ROW]})
    with pytest.raises(NotASheet, match="Bảng tính: -1: số lượng đối tượng"):
        from_json({**good, "subjects": "-1"})
    with pytest.raises(NotASheet, match=r"Bảng tính: dữ liệu không đúng dạng\."):
        from_json([])
