from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

LIST = """DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ
(Kèm theo Quyết định số 1520/QĐ-UBND ngày 12/8/2024 của Chủ tịch UBND tỉnh Lạng Sơn)

STT | Tên thủ tục hành chính | Lĩnh vực | Cơ quan thực hiện | Mã TTHC | Ghi chú
A | Thủ tục hành chính bị bãi bỏ cấp tỉnh
1 | Thẩm định đề án sắp xếp tổ chức | Tổ chức bộ máy | Sở Nội vụ | 1.004201 | Áp dụng năm 2024
3 | Giao biên chế công chức | Biên chế | UBND tỉnh, Sở Nội vụ | |
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "danh-muc.txt"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_the_list_in_words(file: Path) -> None:
    out = StringIO()
    call_command("catalogue", file, stdout=out)
    text = out.getvalue()
    assert "Quyết định số 1520/QĐ-UBND, ngày 12/8/2024" in text
    assert "2 thủ tục:" in text
    assert "A.1. Thẩm định đề án sắp xếp tổ chức" in text
    assert "bãi bỏ; cấp tỉnh; lĩnh vực Tổ chức bộ máy; mã 1.004201" in text
    assert "cơ quan: UBND tỉnh; Sở Nội vụ" in text
    assert "ghi chú: Áp dụng năm 2024" in text
    assert "A.3: Sau số thứ tự 1 là 3: thiếu số 2." in text


def test_one_object_a_file(file: Path) -> None:
    out = StringIO()
    call_command("catalogue", file, file, json=True, stdout=out)
    first, second = json.loads(out.getvalue())
    assert first == second
    assert first["decision"]["number"] == "1520"
    assert [row["position"] for row in first["procedures"]] == ["A.1", "A.3"]
    assert first["procedures"][0]["action"] == "abolished"
    assert first["procedures"][0]["level"] == "province"
    assert first["procedures"][0]["lines"] == [6, 6]


def test_files_that_cannot_be_read_are_named_and_the_others_read(
    file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"PK\x03\x04 not a package")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="Không đọc được 2 trong 3 tệp"):
        call_command(
            "catalogue", broken, file, tmp_path / "thieu.txt", json=True, stdout=out, stderr=err
        )
    answers = json.loads(out.getvalue())
    assert [("error" in answer) for answer in answers] == [True, False, True]
    assert "thieu.txt: Không mở được tệp" in err.getvalue()
