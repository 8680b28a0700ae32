from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PLAN = """PHƯƠNG ÁN ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH NỘI BỘ
(Kèm theo Quyết định số 1877/QĐ-UBND ngày 07/10/2024 của Chủ tịch UBND tỉnh Lạng Sơn)

I. LĨNH VỰC BIÊN CHẾ
1. Thủ tục giao biên chế công chức (mã 1.004321)
1.1. Nội dung đơn giản hóa
Bỏ bản sao quyết định giao biên chế năm trước.
Lý do: Sở Nội vụ đang lưu bản chính.
1.2. Kiến nghị thực thi
Sửa đổi Điều 6 Quyết định số 18/2022/QĐ-UBND.
1.3. Lợi ích phương án đơn giản hóa
- Chi phí tuân thủ TTHC trước khi đơn giản hóa: 3.000.000 đồng/năm
- Chi phí tuân thủ TTHC sau khi đơn giản hóa: 2.000.000 đồng/năm
- Chi phí tiết kiệm: 900.000 đồng/năm
- Tỷ lệ cắt giảm chi phí: 33,3%
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "phuong-an.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_the_plan_in_words(file: Path) -> None:
    out = StringIO()
    call_command("plan", file, stdout=out)
    text = out.getvalue()
    assert "Quyết định số 1877/QĐ-UBND, ngày 07/10/2024" in text
    assert "1 thủ tục:" in text
    assert "I.1. Thủ tục giao biên chế công chức" in text
    assert "mã 1.004321; lĩnh vực BIÊN CHẾ" in text
    assert "- Bỏ bản sao quyết định giao biên chế năm trước." in text
    assert "lý do: Sở Nội vụ đang lưu bản chính." in text
    assert "kiến nghị thực thi: Sửa đổi Điều 6" in text
    assert "chi phí trước 3.000.000 đồng, sau 2.000.000 đồng, tiết kiệm 900.000 đồng" in text
    assert "I.1: Chi phí tiết kiệm in 900.000 đồng" in text


def test_one_object_a_file(file: Path) -> None:
    out = StringIO()
    call_command("plan", file, file, json=True, stdout=out)
    first, second = json.loads(out.getvalue())
    assert first == second
    (procedure,) = first["procedures"]
    assert {key: procedure[key] for key in ("position", "name", "code", "agency", "field")} == {
        "position": "I.1",
        "name": "Thủ tục giao biên chế công chức",
        "code": "1.004321",
        "agency": None,
        "field": "BIÊN CHẾ",
    }
    assert procedure["measures"] == [
        {
            "content": "Bỏ bản sao quyết định giao biên chế năm trước.",
            "reason": "Sở Nội vụ đang lưu bản chính.",
        }
    ]
    assert procedure["cost_before"] == 3000000
    assert procedure["ratio_percent"] == 33.3
    assert procedure["lines"] == [5, 15]
    assert [problem["kind"] for problem in first["problems"]] == ["saved", "ratio"]


def test_files_that_cannot_be_read_are_named(file: Path, tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="Không đọc được 1 trong 2 tệp"):
        call_command("plan", file, tmp_path / "thieu.txt", json=True, stdout=out, stderr=err)
    assert [("error" in answer) for answer in json.loads(out.getvalue())] == [False, True]
    assert "thieu.txt: Không mở được tệp" in err.getvalue()
