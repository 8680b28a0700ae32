"""`tinhgon read`, `catalogue` and `plan` on files: what they print for people and for programs."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

LETTER = """\
# a note about where the text comes from
ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 77/UBND-KSTT

Lạng Sơn, ngày 04 tháng 4 năm 2025

V/v rà soát quy trình nội bộ

Kính gửi:
- Sở Nội vụ;
- UBND các huyện, thành phố.

Chủ tịch UBND tỉnh có ý kiến như sau:

1. Sở Nội vụ rà soát quy trình, hoàn thành trước ngày 15/6/2025.

2. Tổ chức tập huấn cho công chức một cửa./.

Nơi nhận:
- Như trên.

CHỦ TỊCH

Nông Văn Thử
"""

LIST = """DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ
(Kèm theo Quyết định số 1520/QĐ-UBND ngày 12/8/2024 của Chủ tịch UBND tỉnh Lạng Sơn)

STT | Tên thủ tục hành chính | Lĩnh vực | Cơ quan thực hiện | Mã TTHC | Ghi chú
A | Thủ tục hành chính bị bãi bỏ cấp tỉnh
1 | Thẩm định đề án sắp xếp tổ chức | Tổ chức bộ máy | Sở Nội vụ | 1.004201 | Áp dụng năm 2024
3 | Giao biên chế công chức | Biên chế | UBND tỉnh, Sở Nội vụ | |
"""

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

TEXTS = {"read": LETTER, "catalogue": LIST, "plan": PLAN}


@pytest.fixture(params=TEXTS)
def command(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def written(folder: Path, command: str) -> Path:
    path = folder / f"{command}.txt"
    path.write_text(TEXTS[command], encoding="utf-8")
    return path


def in_words(folder: Path, command: str) -> str:
    out = StringIO()
    call_command(command, written(folder, command), stdout=out)
    return out.getvalue()


def as_json(folder: Path, command: str) -> dict[str, Any]:
    out = StringIO()
    call_command(command, written(folder, command), json=True, stdout=out)
    answer: dict[str, Any]
    (answer,) = json.loads(out.getvalue())
    return answer


def test_one_object_a_file_in_order(command: str, tmp_path: Path) -> None:
    """Files that cannot be read are named, and the others are read all the same."""
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"PK\x03\x04 not a package")
    files = [broken, written(tmp_path, command), tmp_path / "thieu.txt"]
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="Không đọc được 2 trong 3 tệp"):
        call_command(command, *files, json=True, stdout=out, stderr=err)
    answers = json.loads(out.getvalue())
    assert [("error" in answer) for answer in answers] == [True, False, True]
    assert answers[1] == as_json(tmp_path, command)
    assert "hong.docx" in err.getvalue()
    assert "thieu.txt: Không mở được tệp" in err.getvalue()


def test_a_letter_in_words(tmp_path: Path) -> None:
    lines = in_words(tmp_path, "read").splitlines()
    assert "Công văn số 77/UBND-KSTT, ngày 04/4/2025" in lines
    assert "Kính gửi: Sở Nội vụ; UBND các huyện, thành phố" in lines
    assert "   Thời hạn: trước ngày 15/6/2025 → 15/6/2025" in lines
    assert "   Chủ trì: Sở Nội vụ; UBND các huyện, thành phố (theo Kính gửi)" in lines


def test_a_letter_as_json(tmp_path: Path) -> None:
    letter = as_json(tmp_path, "read")
    assert letter["header"]["number"] == "77"
    assert [task["due"] for task in letter["tasks"]] == ["2025-06-15", None]
    assert letter["tasks"][1]["text"] == "Tổ chức tập huấn cho công chức một cửa"


def test_a_list_in_words(tmp_path: Path) -> None:
    text = in_words(tmp_path, "catalogue")
    assert "Quyết định số 1520/QĐ-UBND, ngày 12/8/2024" in text
    assert "2 thủ tục:" in text
    assert "A.1. Thẩm định đề án sắp xếp tổ chức" in text
    assert "bãi bỏ; cấp tỉnh; lĩnh vực Tổ chức bộ máy; mã 1.004201" in text
    assert "cơ quan: UBND tỉnh; Sở Nội vụ" in text
    assert "ghi chú: Áp dụng năm 2024" in text
    assert "A.3: Sau số thứ tự 1 là 3: thiếu số 2." in text


def test_a_list_as_json(tmp_path: Path) -> None:
    found = as_json(tmp_path, "catalogue")
    assert found["decision"]["number"] == "1520"
    assert [row["position"] for row in found["procedures"]] == ["A.1", "A.3"]
    assert found["procedures"][0]["action"] == "abolished"
    assert found["procedures"][0]["level"] == "province"
    assert found["procedures"][0]["lines"] == [6, 6]


def test_a_plan_in_words(tmp_path: Path) -> None:
    text = in_words(tmp_path, "plan")
    assert "Quyết định số 1877/QĐ-UBND, ngày 07/10/2024" in text
    assert "1 thủ tục:" in text
    assert "I.1. Thủ tục giao biên chế công chức" in text
    assert "mã 1.004321; lĩnh vực BIÊN CHẾ" in text
    assert "- Bỏ bản sao quyết định giao biên chế năm trước." in text
    assert "lý do: Sở Nội vụ đang lưu bản chính." in text
    assert "kiến nghị thực thi: Sửa đổi Điều 6" in text
    assert "chi phí trước 3.000.000 đồng, sau 2.000.000 đồng, tiết kiệm 900.000 đồng" in text
    assert "I.1: Chi phí tiết kiệm in 900.000 đồng" in text


def test_a_plan_as_json(tmp_path: Path) -> None:
    found = as_json(tmp_path, "plan")
    (procedure,) = found["procedures"]
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
    assert [problem["kind"] for problem in found["problems"]] == ["saved", "ratio"]
