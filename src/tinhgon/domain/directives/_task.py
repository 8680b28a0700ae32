"""Building one proposed task from a piece of an item and what stands above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from tinhgon.domain.legalref import find_documents

from ._coordinating import coordinating
from ._model import (
    Deadline,
    How,
    LeftOut,
    Origin,
    Origins,
    ProposedTask,
    Reason,
    ReportDuty,
    deadline_of,
)
from ._outline import Node
from ._report import Timing, timing
from ._segment import Piece
from ._targets import targets
from ._when import Due, Wording, dues
from ._words import Span, fold, sentences, trimmed


@dataclass(frozen=True, slots=True)
class Above:
    """What headings and leading clauses say about the items below them."""

    issued: date | None
    doers: tuple[str, ...] = ()
    doers_from: Origin | None = None
    partners: tuple[str, ...] = ()
    partners_from: Origin | None = None
    due: Deadline | None = None
    due_from: Origin | None = None
    left_out: Reason | None = None
    addressees: tuple[str, ...] = ()
    whole: Above | None = None
    undated: Above | None = None  # the same without the day of the duty directly above

    def for_paragraph(self) -> Above:
        """
        Return what holds for a paragraph behind a duty: a sentence of its own, not a part of it.
        """
        if self.undated is None:
            return self
        return replace(self, due=self.undated.due, due_from=self.undated.due_from)

    def top(self) -> Above:
        """Return what holds for the whole letter, for paragraphs behind the list."""
        return self.whole or self

    def _marked(self) -> Above:
        return self.whole or self

    def with_partners(self, node: Node) -> Above:
        names = tuple(name.text for name in coordinating(node.text, self.doers))
        if not names:
            return self
        return replace(
            self,
            partners=names,
            partners_from=Origin(How.INHERITED, node.text, node.place()),
            whole=self._marked(),
        )

    def with_due(self, node: Node, due: Due) -> Above:
        origin = Origin(How.INHERITED, due.text, node.place(due.start, due.end))
        return replace(self, due=deadline_of(due), due_from=origin, whole=self._marked())

    def resolved(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Put the bodies meant in the place of "các đồng chí", "các sở nêu trên"."""
        out: list[str] = []
        for name in names:
            meant = self._meant(name) or (name,)
            out += [m for m in meant if m not in out]
        return tuple(out)

    def _meant(self, name: str) -> tuple[str, ...]:
        folded = fold(name)
        if folded in ("các đồng chí", "đồng chí"):
            return self.addressees
        pointing = re.fullmatch(
            r"(?:các|những) (\w+)(?:.*?)(?: nêu trên| trên| nói trên| này)?", folded
        )
        if not pointing:
            return ()
        bare = folded == f"các {pointing[1]}"
        if not bare and not folded.endswith(("nêu trên", "nói trên", " trên", " này")):
            return ()
        kind = pointing[1]
        if kind in ("cơ", "đơn", "địa") and not bare and self.addressees:
            return self.addressees  # "các cơ quan, đơn vị nêu trên"
        alike = tuple(
            n for n in (*self.doers, *self.addressees) if re.match(rf"(?:hiệp )?{kind}\b", fold(n))
        )
        return tuple(dict.fromkeys(alike))


@dataclass(slots=True)
class Gathered:
    """Tasks and left-out pieces while a document is being read."""

    tasks: list[ProposedTask] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)

    def leave(self, node: Node, reason: Reason, span: Span | None = None) -> None:
        place = node.place(span.start, span.end) if span else node.place()
        text = node.text[place.start : place.end]
        if text.strip():
            self.left.append(LeftOut(text, place, reason))

    def finished(self) -> tuple[ProposedTask, ...]:
        """
        Return the tasks with the days filled in that they take from another item ("tại khoản 1").
        """
        return tuple(self.tasks)


def make_task(out: Gathered, node: Node, piece: Piece, item: str, above: Above) -> None:
    text = piece.span.of(node.text)
    span = _without_end_mark(node.text, piece.span)
    found = dues(text, above.issued)
    when = timing(text, found)
    doers, doers_from = _doers(node, piece, above)
    partners, partners_from = _partners(node, text, piece.span, doers, above)
    deadline, due_from = _deadline(out, node, piece.span, when, above)
    report = report_of(when)
    out.tasks.append(
        ProposedTask(
            item=item,
            text=span.of(node.text),
            places=(node.place(span.start, span.end),),
            lines=(node.block.source.line, node.block.source.end_line),
            assignees=doers,
            coordinating=partners,
            deadline=deadline,
            recurrence=when.recurrence,
            report=report,
            targets=targets(text),
            cited=tuple(find_documents(text)),
            optional=piece.verdict.optional,
            origins=Origins(
                doers_from, partners_from, due_from, _report_from(node, piece.span, when)
            ),
        )
    )


def _without_end_mark(text: str, span: Span) -> Span:
    """Leave the semicolon of a list and "./." of the letter's end out of the task."""
    m = re.search(r"\s*(?:\./\.|/\.|;)\s*$", text[span.start : span.end])
    return trimmed(text, span.start, span.start + m.start() if m else span.end)


def _doers(node: Node, piece: Piece, above: Above) -> tuple[tuple[str, ...], Origin | None]:
    if piece.subject is None:
        return above.doers, above.doers_from
    names = piece.subject.names
    place = node.place(names[0].start, max(name.end for name in names))
    return above.resolved(piece.subject.texts), Origin(
        How.OWN, node.text[place.start : place.end], place
    )


def _partners(
    node: Node, text: str, span: Span, doers: tuple[str, ...], above: Above
) -> tuple[tuple[str, ...], Origin | None]:
    own = coordinating(text, doers)
    names = tuple(name.text for name in own)
    if own:
        place = node.place(span.start + own[0].start, span.start + own[-1].end)
        return above.resolved(names), Origin(How.OWN, node.text[place.start : place.end], place)
    return above.partners, above.partners_from


def _deadline(
    out: Gathered, node: Node, span: Span, when: Timing, above: Above
) -> tuple[Deadline | None, Origin | None]:
    if when.work is None:
        return above.due, above.due_from
    due = when.work
    deadline = deadline_of(due)
    if due.kind is Wording.AS_ELSEWHERE:
        pointed = _deadline_of_point(out, due.point)
        if pointed:
            deadline = replace(deadline, day=pointed.day, kind=pointed.kind)
    place = node.place(span.start + due.start, span.start + due.end)
    return deadline, Origin(How.OWN, due.text, place)


def _deadline_of_point(out: Gathered, point: str | None) -> Deadline | None:
    """Return the deadline of the item another one points to ("theo thời gian tại khoản 1")."""
    for task in out.tasks:
        if point and (task.item == point or task.item.startswith(point + ".")) and task.deadline:
            return task.deadline
    return None


def report_of(when: Timing) -> ReportDuty | None:
    if when.report_to is None:
        return None
    due = when.report
    if due is None:
        return ReportDuty(when.report_to.to)
    vehicle = due.text if due.kind is Wording.PERIODIC_REPORT else None
    return ReportDuty(when.report_to.to, deadline_of(due), vehicle)


def _report_from(node: Node, span: Span, when: Timing) -> Origin | None:
    if when.report_to is None:
        return None
    place = node.place(span.start + when.report_to.start, span.start + when.report_to.end)
    return Origin(How.OWN, node.text[place.start : place.end], place)


# --- a paragraph that only dates the item above it -----------------------------------------------

_DATING = re.compile(
    r"(?:thời gian|thời hạn|thực hiện|hoàn thành|đảm bảo|bảo đảm|phải|xong|là|chậm nhất"
    r"|yêu cầu|các nội dung|các nhiệm vụ|trên|nêu trên|nhiệm vụ|công việc|việc|và"
    r"|tiến độ|hạn|[\s:.,;/()-])+"
)


def deadline_only(text: str, issued: date | None) -> bool:
    """Say whether a paragraph only gives a deadline ("Đảm bảo hoàn thành trong quý I/2026.")."""
    found = dues(text, issued)
    if not found or len(text) > 160:
        return False
    rest = fold(text)
    for due in reversed(found):
        rest = rest[: due.start] + rest[due.end :]
    if fold(text).startswith("thời"):
        rest = rest.replace("báo cáo", "").replace("gửi", "")  # "Thời hạn gửi báo cáo: …"
    return not _DATING.sub("", rest)


def date_from_paragraph(out: Gathered, node: Node, above: Above) -> None:
    """
    Give the deadline of such a paragraph to the tasks of the item it belongs to that have none.
    """
    due = dues(node.text, above.issued)[0]
    origin = Origin(How.INHERITED, due.text, node.place(due.start, due.end))
    prefix = node.path[:-1]
    for index, task in enumerate(out.tasks):
        if task.places[0].path[: len(prefix)] != prefix or (
            not prefix and index != len(out.tasks) - 1
        ):
            continue
        if task.deadline is None or task.deadline.day is None:
            own = task.origins
            dated = replace(task, deadline=deadline_of(due), origins=replace(own, due=origin))
            out.tasks[index] = dated


def date_from_last_sentence(out: Gathered, node: Node, count: int, above: Above) -> None:
    """Give "Thời gian hoàn thành trước ngày …" at the end of an item to all tasks made of it."""
    last = sentences(node.text)[-1]
    words = last.of(node.text)
    if not deadline_only(words, above.issued):
        return
    due = dues(words, above.issued)[0]
    place = node.place(last.start + due.start, last.start + due.end)
    origin = Origin(How.INHERITED, due.text, place)
    for index in range(len(out.tasks) - count, len(out.tasks)):
        task = out.tasks[index]
        if task.deadline is None:
            origins = replace(task.origins, due=origin)
            out.tasks[index] = replace(task, deadline=deadline_of(due), origins=origins)
