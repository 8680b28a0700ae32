from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

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


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "cong-van.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def test_head_and_tasks_are_printed_for_people(letter: Path) -> None:
    out = StringIO()
    call_command("read", letter, stdout=out)
    lines = out.getvalue().splitlines()
    assert "Công văn số 77/UBND-KSTT, ngày 04/4/2025" in lines
    assert "Kính gửi: Sở Nội vụ; UBND các huyện, thành phố" in lines
    assert "   Thời hạn: trước ngày 15/6/2025 → 15/6/2025" in lines
    assert "   Chủ trì: Sở Nội vụ; UBND các huyện, thành phố (theo Kính gửi)" in lines


def test_json_has_one_object_a_file_in_order(letter: Path, tmp_path: Path) -> None:
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"not a Word file")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="Không đọc được 2 trong 3 tệp"):
        call_command(
            "read", broken, letter, tmp_path / "thieu.txt", json=True, stdout=out, stderr=err
        )
    first, second, third = json.loads(out.getvalue())
    assert first["error"]
    assert third["error"]
    assert second["header"]["number"] == "77"
    assert [task["due"] for task in second["tasks"]] == ["2025-06-15", None]
    assert second["tasks"][1]["text"] == "Tổ chức tập huấn cho công chức một cửa"
    assert "hong.docx" in err.getvalue()
