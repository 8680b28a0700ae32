"""A letter of our own writing, in the shape of those that offices send."""

from __future__ import annotations

from datetime import datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.directives import actions
from tinhgon.apps.directives.models import Directive
from tinhgon.domain.workdays import WorkCalendar

LETTER = """ỦY BAN NHÂN DÂN
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

1. Rà soát toàn bộ quy trình nội bộ đang áp dụng, hoàn thành trước ngày 01/7/2024; báo cáo UBND \
tỉnh kết quả trước ngày 05/7/2024.

2. Giao Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ thẩm định các quy trình sửa đổi, hoàn thành \
trước ngày 15/6/2024.

3. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc, tổng hợp báo cáo UBND tỉnh theo quy định.

Nơi nhận:

- Như trên;
- Lưu: VT, TTPVHCC.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
"""


def make_directive(issuer: Agency, by: User, at: datetime, *, text: str = LETTER) -> Directive:
    """Receive the letter as a draft, through the application's own action."""
    return actions.receive_text(
        text=text, issuer=issuer, programme=None, by=by, at=at, calendar=WorkCalendar()
    )
