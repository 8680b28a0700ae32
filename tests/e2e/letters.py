"""The letter of the journeys, of our own writing, as the Word file that an Office would send."""

from __future__ import annotations

from tinhgon.domain.officialdoc import read_text, write_docx

NAME = "45-UBND-TTPVHCC.docx"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 45/UBND-TTPVHCC

Lạng Sơn, ngày 26 tháng 3 năm 2024

V/v rà soát quy trình nội bộ

Kính gửi:

- Các sở, ban, ngành thuộc UBND tỉnh;
- UBND các huyện, thành phố.

Thực hiện Công văn số 1927/VPCP-KSTT ngày 25/3/2024 của Văn phòng Chính phủ, UBND tỉnh yêu cầu các \
sở, ban, ngành thuộc UBND tỉnh; UBND các huyện, thành phố thực hiện các nội dung sau:

1. Rà soát toàn bộ quy trình nội bộ đang áp dụng, hoàn thành trước ngày 01/7/2024; lập danh mục \
quy trình cần sửa đổi kèm theo kết quả rà soát.

2. Giao Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ thẩm định các quy trình sửa đổi, hoàn thành \
trước ngày 15/6/2024.

3. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc, tổng hợp báo cáo UBND tỉnh theo quy định.

Nơi nhận:

- Như trên;
- Lưu: VT, TTPVHCC.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
"""


def letter() -> bytes:
    """Return the letter as a Word file."""
    return write_docx(read_text(TEXT))
