"""A document → its proposed assignments and what was left out of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tinhgon.domain.officialdoc import BlockKind, OfficialDoc

from ._duty import issuer_names, office_names, states_past
from ._model import How, Origin, ProposedTask, Reading, Reason
from ._outline import (
    Node,
    holds_content_only,
    is_heading,
    leads_on,
    leaves_out,
    names_only,
    outline,
    topic_doers,
)
from ._plan import field_lines, is_block
from ._planread import read_block
from ._report import timing
from ._segment import Piece, Setting, looks_like_duty, segment
from ._subject import SubjectFinder
from ._table import read_table
from ._task import (
    Above,
    Gathered,
    date_from_last_sentence,
    date_from_paragraph,
    deadline_only,
    make_task,
)
from ._when import dues
from ._who import read_all
from ._words import fold, words

_OPENING_WORDS = 12
GIVES_NO_WORK = words("documents_without_work")


def read_tasks(doc: OfficialDoc) -> Reading:
    """Read the assignments a document gives, in the order of the document."""
    return _Reader(doc).read()


def addressed(lines: Sequence[str]) -> tuple[str, ...]:
    """
    Return the bodies of "Kính gửi", lists spelled out; a line that is no known name counts as a
    whole.
    """
    found: list[str] = []
    for line in lines:
        found += read_all(line) or (line,)
    return tuple(found)


@dataclass(slots=True)
class _Reader:
    doc: OfficialDoc
    out: Gathered = field(default_factory=Gathered)
    issuer: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    closing: set[tuple[int, ...]] = field(default_factory=set)

    def read(self) -> Reading:
        self.issuer = issuer_names(self.doc.agency, self.doc.parent_agency)
        self.office = office_names(self.doc.agency)
        nodes = outline(self.doc.body)
        if fold(self.doc.doc_type) in GIVES_NO_WORK or _reports_upwards(nodes, self.issuer):
            self._leave_all(nodes, Reason.NO_ORDER)
            return Reading((), tuple(self.out.left))
        names = addressed(self.doc.addressees)
        above = Above(self.doc.date)
        if names:
            above = replace(
                above, doers=names, doers_from=Origin(How.ADDRESSEES, "Kính gửi"), addressees=names
            )
        first = next((i for i, n in enumerate(nodes) if not n.paragraph or n.children), len(nodes))
        self.closing = _closing_paths(nodes)
        above = self._opening(nodes[:first], above, listed=first < len(nodes))
        self._visit(nodes[first:], above)
        annex_tasks = tuple(
            task
            for index, annex in enumerate(self.doc.annexes)
            for node in outline(annex.body)
            if node.block.kind is BlockKind.TABLE
            for task in _in_annex(read_table(node, above), index)
        )
        return Reading(self.out.finished(), tuple(self.out.left), annex_tasks)

    # --- before the list -------------------------------------------------------------------------

    def _opening(self, nodes: list[Node], above: Above, *, listed: bool) -> Above:
        """
        Read the paragraphs before the first item: reasons, and the clause that gives the work.
        """
        led = False
        for node in nodes:
            if not listed and not leads_on(node.text):
                self._item(node, above, alone=not led)
                continue
            led = led or leads_on(node.text)
            reason = Reason.SITUATION
            names = _leading_doers(node.text)
            if names or leads_on(node.text):
                reason = Reason.LEADING
            if names:
                above = replace(
                    above, doers=names, doers_from=Origin(How.LEADING, node.text, node.place())
                )
            self.out.leave(node, reason)
        return above

    # --- the list --------------------------------------------------------------------------------

    def _visit(self, nodes: list[Node], above: Above) -> None:
        here = above
        index = 0
        while index < len(nodes):
            node = nodes[index]
            run = _field_run(nodes, index + 1) if not field_lines([node]) else []
            if run:  # the lines that describe an item may stand behind it as its sisters
                read_block(self.out, node, [*node.children, *run], here)
                index += 1 + len(run)
                continue
            if (
                node.paragraph
                and not node.children
                and leads_on(node.text)
                and index + 1 < len(nodes)
            ):
                here = self._below(node, above)
            else:
                if node.paragraph or node.block.kind in (
                    BlockKind.CLAUSE,
                    BlockKind.ROMAN,
                    BlockKind.ARTICLE,
                ):
                    here = above
                self._node(node, here)
            index += 1

    def _node(self, node: Node, above: Above) -> None:
        reason = above.left_out or leaves_out(node)
        if reason:
            self._leave_all([node], reason)
        elif node.block.kind is BlockKind.TABLE:
            self.out.tasks += read_table(node, above)
        elif not node.children:
            self._leaf(node, above)
        else:
            self._parent(node, above)

    def _leave_all(self, nodes: list[Node], reason: Reason) -> None:
        for node in nodes:
            for below in node.walk():
                self.out.leave(below, reason)

    def _parent(self, node: Node, above: Above) -> None:
        """Read an item with items below it."""
        if _is_plain_block(node.children):
            read_block(self.out, node, node.children, self._below(node, above, keep=True))
        elif holds_content_only(node):
            self._item(node, above)
            self._leave_all(node.children, Reason.CONTENT)
        elif all(deadline_only(child.text, above.issued) for child in node.children):
            self._item(node, above)
            self._visit(node.children, above)
        elif is_heading(node):
            self._visit(node.children, self._below(node, above))
        else:
            self._item(node, above)
            self._visit(node.children, self._after(node, above))

    def _below(self, node: Node, above: Above, *, keep: bool = False) -> Above:
        """Return what a heading gives to the items below it: doers, partners, a deadline."""
        if not keep:
            self.out.leave(node, Reason.LEADING if leads_on(node.text) else Reason.HEADING)
        names = above.resolved(topic_doers(node.text))
        if _reasons_only(node.text):
            return replace(above, left_out=Reason.SITUATION)
        if names:
            above = replace(
                above, doers=names, doers_from=Origin(How.INHERITED, node.text, node.place())
            )
        if not names_only(node.text):
            above = above.with_partners(node)
            when = timing(node.text, dues(node.text, above.issued)).work
            if when:
                above = above.with_due(node, when)
        return above

    def _after(self, node: Node, above: Above) -> Above:
        """Return what an item with a duty of its own gives to the items below it: doer and day."""
        names = above.resolved(topic_doers(node.text))
        if names:
            origin = Origin(How.INHERITED, node.text, node.place())
            above = replace(above, doers=names, doers_from=origin, whole=above.top())
        when = timing(node.text, dues(node.text, above.issued)).work
        if not when or not when.day:
            return above
        return replace(above.with_due(node, when), undated=above)

    def _leaf(self, node: Node, above: Above) -> None:
        if deadline_only(node.text, above.issued):
            date_from_paragraph(self.out, node, above)
            self.out.leave(node, Reason.DATES)
        elif names_only(node.text) and not node.paragraph:
            self.out.leave(node, Reason.HEADING)
        else:
            self._item(node, above)

    # --- one item --------------------------------------------------------------------------------

    def _item(self, node: Node, above: Above, *, alone: bool = False) -> None:
        closing = node.path in self.closing
        if closing:
            above = above.top()
        elif node.paragraph:
            above = above.for_paragraph()
        listed = not node.paragraph and not closing
        setting = Setting(
            tuple(n for n in self.issuer if not (listed and n in self.office)),
            closing,
            alone or (closing and node.parent is None and not above.doers),
            above.issued,
        )
        if node.block.kind is BlockKind.ARTICLE and _ENACTS.match(fold(node.text)):
            self.out.leave(node, Reason.APPROVAL)
            return
        pieces = segment(node.text, setting)
        tasks = [piece for piece in pieces if piece.verdict.reason is None]
        for piece in pieces:
            if piece.verdict.reason is not None:
                self.out.leave(node, piece.verdict.reason, piece.span)
        if not alone and not closing and tasks and not _credible(node, above, tasks):
            self.out.leave(node, Reason.NOT_UNDERSTOOD)
            return
        for number, piece in enumerate(tasks, 1):
            part = f".s{number}" if len(tasks) > 1 else ""
            label = ("kết" if closing else node.item) + part
            make_task(self.out, node, piece, label, above)
        if len(tasks) > 1:
            date_from_last_sentence(self.out, node, len(tasks), above)


_UPWARDS = re.compile(r"\b(?:kính|trân trọng) (?:báo cáo|trình|kính trình)\b")


def _reports_upwards(nodes: list[Node], issuer: tuple[str, ...]) -> bool:
    """
    Say whether a letter ends as a report does: "Sở A kính báo cáo UBND tỉnh xem xét". What it
    asks for is not yet work.
    """
    everything = [below for node in nodes for below in node.walk()]
    last = fold(everything[-1].text) if everything else ""
    own = any(last.startswith((f"{name} báo cáo ", f"{name} trình ")) for name in issuer)
    return own or bool(_UPWARDS.search(last))


_ENACTS = re.compile(
    r"(?:phê duyệt|thông qua|công nhận|công bố|ban hành|bổ nhiệm|thành lập|kiện toàn|sửa đổi"
    r"|bãi bỏ|thu hồi|khen thưởng)\b"
)


_DESCRIBES = re.compile(r"\b(?:gồm|bao gồm|là|có hiệu lực)\b|:")


def _credible(node: Node, above: Above, tasks: list[Piece]) -> bool:
    """
    Say whether an item of the list is work: it opens as a duty does, or a doer stands above it and
    it does not describe something.
    """
    if any(piece.subject for piece in tasks) or looks_like_duty(node.text):
        return True
    if above.doers_from is None or node.paragraph:
        return False
    if above.doers_from.how is How.INHERITED:
        return True
    opening = " ".join(fold(node.text).split()[:_OPENING_WORDS])
    return not _DESCRIBES.search(opening) and not states_past(node.text)


def _reasons_only(text: str) -> bool:
    return fold(text).lstrip().startswith(("lý do", "nguyên nhân", "tình hình"))


def _leading_doers(text: str) -> tuple[str, ...]:
    """
    Return the bodies the leading clause gives the work to ("… UBND tỉnh yêu cầu các sở, ban,
    ngành …").
    """
    finder = SubjectFinder(text)
    r = finder.reader
    best: tuple[str, ...] = ()
    for i in range(len(r.toks)):
        if i == 0 or r.sign(i - 1, ", ; : ."):
            subject = finder.order_at(i)
            if subject:
                best = subject.texts
    if not best and leads_on(text) and (found := finder.any_order(0, len(text))):
        best = found.texts
    return best


def _closing_paths(nodes: list[Node]) -> set[tuple[int, ...]]:
    """
    Return the paragraphs behind the list: the last pieces of the body, without a marker of their
    own.
    """
    everything = [below for node in nodes for below in node.walk()]
    if all(n.paragraph and not n.children for n in nodes):
        return {nodes[-1].path} if nodes else set()
    out: set[tuple[int, ...]] = set()
    for node in reversed(everything):
        if not node.paragraph or node.children:
            break
        first = node.parent is not None and node.parent.children[0] is node
        if first and node.parent is not None and is_heading(node.parent):
            break
        out.add(node.path)
    return out


_ITEMS = frozenset({BlockKind.ARTICLE, BlockKind.ROMAN, BlockKind.CLAUSE, BlockKind.SUBCLAUSE})


def _is_plain_block(nodes: list[Node]) -> bool:
    """Say whether these are the lines of one task, not items followed by lines about the last."""
    others = [n for n in nodes if not n.paragraph and not field_lines([n])]
    return is_block(nodes) and not any(n.children or n.block.kind in _ITEMS for n in others)


def _field_run(nodes: list[Node], index: int) -> list[Node]:
    """Return the field lines that stand from `index` on as sisters of other items."""
    run: list[Node] = []
    for node in nodes[index:]:
        if not field_lines([node]):
            break
        run.append(node)
    return run if is_block(run) else []


def _in_annex(tasks: list[ProposedTask], index: int) -> list[ProposedTask]:
    return [replace(t, places=tuple(replace(p, annex=index) for p in t.places)) for t in tasks]
