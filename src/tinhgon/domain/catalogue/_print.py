"""A catalogue in words, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tinhgon.domain.procedures import TIER_WORDS, Action
from tinhgon.domain.vntext import format_date

from ._model import Abolition, Catalogue, Decision, Effect, Row, Unread

_ACTIONS = {
    Action.NEW: "ban hành mới",
    Action.AMENDED: "sửa đổi, bổ sung",
    Action.REPLACED: "thay thế",
    Action.ABOLISHED: "bãi bỏ",
    Action.STANDARDISED: "chuẩn hóa",
}
_WIDTH = 160


def in_words(catalogue: Catalogue) -> str:
    """Return the decision, its list and what to look at, as lines to read."""
    lines = [*_head(catalogue), ""]
    count = len(catalogue.rows)
    lines.append(f"{count} thủ tục:" if count else "Không đọc được thủ tục nào.")
    section: str | None = None
    for row in catalogue.rows:
        if row.section and row.section != section:
            lines += ["", f"[{row.section}]"]
        section = row.section
        lines += _row(row)
    lines += _tail(catalogue)
    return "\n".join(lines) + "\n"


def _head(catalogue: Catalogue) -> Iterator[str]:
    yield from decision_lines(catalogue.decision)
    for effect in catalogue.effects:
        yield _effect(effect)
    for abolition in catalogue.abolitions:
        yield _abolition(abolition)
    for stated in catalogue.stated_counts:
        yield f"Văn bản nêu: {stated.text}"


def decision_lines(decision: Decision) -> Iterator[str]:
    """Yield who decided what, and when."""
    if decision.agency:
        yield f"Cơ quan ban hành: {decision.agency}"
    if decision.code or decision.doc_type:
        day = f", ngày {format_date(decision.date)}" if decision.date else ""
        yield f"{(decision.doc_type or 'văn bản').capitalize()} số {decision.code or '…'}{day}"
    if decision.subject:
        yield f"Trích yếu: {decision.subject}"


def _effect(effect: Effect) -> str:
    when = f"từ ngày {format_date(effect.on)}" if effect.on else short(effect.text)
    return f"Hiệu lực: {when}" + (f", đối với {short(effect.of)}" if effect.of else "")


def _abolition(abolition: Abolition) -> str:
    ref = abolition.document
    if ref is None:
        return f"{abolition.verb.capitalize()}: {short(abolition.text)}"
    place = ", ".join(abolition.positions) or abolition.within
    what = f"{place} của " if place else ""
    day = f" ngày {format_date(ref.on)}" if ref.on else ""
    return f"{abolition.verb.capitalize()}: {what}{ref.kind} số {ref.code}{day}"


def _row(row: Row) -> Iterator[str]:
    yield f"  {row.position}. {row.name}"
    if row.replaced_by:
        yield f"      thay bằng: {row.replaced_by}"
    facts = [
        _ACTIONS[row.action] if row.action else "",
        f"cấp {TIER_WORDS[row.level].lower().removeprefix('cấp ')}" if row.level else "",
        f"lĩnh vực {row.field}" if row.field else "",
        f"mã {row.code}" if row.code else "",
        "có nội dung cụ thể" if row.content else "",
    ]
    known = "; ".join(fact for fact in facts if fact)
    if known:
        yield f"      {known}"
    if row.agencies:
        yield f"      cơ quan: {'; '.join(row.agencies)}"
    if row.legal_basis:
        yield f"      căn cứ: {short(row.legal_basis)}"
    if row.note:
        yield f"      ghi chú: {short(row.note)}"


def _tail(catalogue: Catalogue) -> Iterator[str]:
    if catalogue.problems:
        yield from ("", "Cần xem lại:")
        for problem in catalogue.problems:
            where = f"{problem.position}: " if problem.position else ""
            yield f"  - {where}{problem.text}"
    yield from unread_lines(catalogue.unread)


def unread_lines(unread: Sequence[Unread]) -> Iterator[str]:
    """Yield what was not understood, each piece with its place and the reason."""
    if unread:
        yield from ("", "Chưa hiểu:")
        for piece in unread:
            page = f"trang {piece.source.page}, " if piece.source.page else ""
            yield f"  - {page}dòng {piece.source.line}: {piece.reason}: {short(piece.text)}"


def short(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1].rstrip() + "…"
