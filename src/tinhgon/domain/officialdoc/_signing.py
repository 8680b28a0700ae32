"""Which formula goes with who signs (NĐ 30/2020/NĐ-CP, Điều 13)."""

from __future__ import annotations

import re

_ON_BEHALF = re.compile(r"^\s*TM\s*\.", re.IGNORECASE)
_FOR_ANOTHER = re.compile(r"(?<!\w)(?:KT|TL|TUQ)\s*\.", re.IGNORECASE)
_FOR_THE_HEAD = re.compile(r"(?<!\w)KT\s*\.", re.IGNORECASE)
_DEPUTY = re.compile(r"^\s*(?:PHÓ|THỨ)\s", re.IGNORECASE)


def signing_fault(
    authority: str, title: str, *, is_collective: bool | None
) -> tuple[str, str] | None:
    """
    Return what does not fit in a signature, as ("authority" or "title", words); None if it fits.

    A body that decides together signs TM. (thay mặt), a deputy KT. (ký thay) its head.
    `is_collective`: whether the issuer is such a body; None where that is not known.
    """
    on_behalf = bool(_ON_BEHALF.search(authority))
    if is_collective and not on_behalf:
        words = (
            "Văn bản của tập thể thì ghi TM., ví dụ TM. ỦY BAN NHÂN DÂN. Nếu là văn bản của riêng "
            "người đứng đầu, chọn lại cơ quan ban hành."
        )
        return "authority", words
    if is_collective is False and on_behalf:
        words = (
            "Chỉ ghi TM. khi tập thể ban hành, như Ủy ban nhân dân: bỏ TM., hoặc chọn lại cơ quan "
            "ban hành."
        )
        return "authority", words
    is_deputy = bool(_DEPUTY.search(title))
    if is_deputy and not _FOR_ANOTHER.search(authority):
        return "authority", "Cấp phó ký thì ghi KT. và chức vụ của cấp trưởng, ví dụ KT. CHỦ TỊCH."
    if not is_deputy and _FOR_THE_HEAD.search(authority):
        return "title", "Ký thay (KT.) thì ghi chức vụ của cấp phó, ví dụ PHÓ CHỦ TỊCH."
    return None
