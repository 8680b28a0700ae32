from __future__ import annotations

from collections.abc import Iterable

from tinhgon.domain.access import Move, Page, answer, seed_roles

from .policies import declared

_HEAD = """# Bảng phân quyền

Tệp này do lệnh `tinhgon permissions` sinh ra từ phần khai báo `PAGES`, `MOVES` của từng ứng dụng;
không sửa tay. Mỗi ô được kiểm thử.

- ✓: được xem trang, hoặc được làm thao tác (nếu trạng thái hồ sơ cho phép).
- 403: biết là có nhưng không được làm. 404: với người đó coi như không có.
- Cột “Nhánh khác”: hồ sơ của cơ quan nằm ngoài phạm vi của vai trò, hoặc của người khác.
- Cột “Khách”: người chưa đăng nhập.

"""


def permission_table() -> str:
    """Return the table role × page × move in Markdown."""
    pages = list(declared())
    roles = list(seed_roles().values())
    text = _HEAD + "| Mã | Vai trò | Quyền |\n|---|---|---|\n"
    for role in roles:
        words = " ".join(p.description for p in sorted(role.permissions))
        text += f"| {role.code} | {role.name} | {words} |\n"
    text += "\n## Trang\n\n" + _table(p for p in pages if not isinstance(p, Move))
    text += "\n## Thao tác\n\n" + _table(p for p in pages if isinstance(p, Move))
    return text


def _table(pages: Iterable[Page]) -> str:
    roles = list(seed_roles().values())
    columns = ["Địa chỉ", "Nội dung", *(role.code for role in roles), "Nhánh khác", "Khách"]
    lines = [columns, ["---"] * 2 + [":-:"] * (len(columns) - 2)]
    for page in pages:
        cells = [answer(page, role.permissions, at_top=True).value for role in roles]
        other = "404" if page.of_one_record else "403" if page.at_top else "như trên"
        guest = "✓" if page.public else "đăng nhập"
        title = page.title + (" (toàn tỉnh)" if page.at_top else "")
        lines.append([f"`{page.name}`", title, *cells, other, guest])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
