"""
Writes an official document as an accessible piece of HTML, without styles of its own.

Every block has an id made of its place in the tree, so that a page can point at it, and any run of
its letters can be marked to light up together with a row elsewhere on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ._model import Annex, Block, BlockKind, OfficialDoc, Table, Unread
from ._printable import printable
from ._printed import (
    LETTER_TYPE,
    MOTTO,
    NATION,
    date_line,
    in_brackets,
    is_authority,
    is_centred,
    is_title,
    issuer_lines,
    listed,
    number_line,
    parent_lines,
    signer_lines,
    subject_line,
)
from ._unread import UnreadQueue

_LIST = "letter__list"
_LOWEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """
    Letters `start` to `end` of a block's text, or of one cell of its table, that light up together
    with the elements whose ids are in `lights` (divided by spaces).

    `path` leads to the block through the body, or through the body of `annexes[annex]`; `row` and
    `column` lead to the cell as `table.rows[row][column]`.
    """

    path: tuple[int, ...]
    start: int
    end: int
    lights: str
    annex: int | None = None
    row: int | None = None
    column: int | None = None


def block_id(path: Sequence[int], annex: int | None = None) -> str:
    """Return the id of a block: (2, 0, 1) is "b-2-0-1", in the first annex "p1-b-2-0-1"."""
    own = "-".join(["b", *map(str, path)])
    return own if annex is None else f"p{annex + 1}-{own}"


def block_ids(doc: OfficialDoc) -> dict[tuple[int | None, tuple[int, ...]], str]:
    """Return the id of every block of the body and the annexes by (annex, path)."""
    parts: list[tuple[int | None, tuple[Block, ...]]] = [(None, doc.body)]
    parts += [(index, annex.body) for index, annex in enumerate(doc.annexes)]
    return {
        (annex, path): block_id(path, annex)
        for annex, blocks in parts
        for path in _paths(blocks, ())
    }


def write_html(
    doc: OfficialDoc, *, passages: Iterable[Passage] = (), heading_level: int = 2
) -> str:
    """
    Return the document as one `<article>`; its own title is a heading of `heading_level`.

    What was not understood stands where it stood, marked with the reason.
    """
    return _Html(doc, tuple(passages), heading_level).write()


def _paths(blocks: Sequence[Block], above: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for index, block in enumerate(blocks):
        yield (*above, index)
        yield from _paths(block.children, (*above, index))


class _Html:
    def __init__(self, doc: OfficialDoc, passages: tuple[Passage, ...], level: int) -> None:
        self.doc = printable(doc)
        self.passages = passages
        self.level = level
        self.unread = UnreadQueue(self.doc)
        self.annex: int | None = None
        self.tables = 0

    def write(self) -> str:
        parts = [
            '<article class="letter" lang="vi">',
            *self._head(),
            *self._title(),
            *self._addressees(),
            *self._bases(),
            *self._blocks(self.doc.body, (), self.level + 1),
            *(self._unread(piece) for piece in self.unread.rest_of_body()),
            *self._foot(),
        ]
        for index, annex in enumerate(self.doc.annexes):
            self.annex = index
            parts += self._annex(annex)
        parts += [self._unread(piece) for piece in self.unread.rest()]
        return "\n".join([*parts, "</article>", ""])

    def _head(self) -> Iterator[str]:
        doc = self.doc
        yield '<header class="letter__head">'
        parent = [_p(line) for line in parent_lines(doc)]
        agency = [_p(line, "b") for line in issuer_lines(doc)]
        yield "<div>" + "".join(parent + agency) + "</div>"
        yield "<div>" + _p(NATION, "b") + _p(MOTTO, "b") + "</div>"
        yield "<div>" + _p(number_line(doc))
        if doc.doc_type == LETTER_TYPE and doc.subject:
            yield self._heading(self.level, escape(f"V/v {doc.subject}"), "letter__about")
        stamps = [stamp for stamp in (doc.secrecy, doc.urgency) if stamp]
        yield from (f'<p class="letter__stamp">{escape(stamp)}</p>' for stamp in stamps)
        yield "</div>"
        yield "<div>" + _p(date_line(doc), "i") + "</div>"
        yield "</header>"

    def _title(self) -> Iterator[str]:
        if self.doc.doc_type == LETTER_TYPE:
            return
        title = escape(self.doc.doc_type.upper())
        if self.doc.subject:
            title += f"<br>{escape(subject_line(self.doc))}"
        yield self._heading(self.level, title)

    def _addressees(self) -> Iterator[str]:
        lines = self.doc.addressees
        if len(lines) == 1:
            yield _p(f"Kính gửi: {lines[0]}.", css="letter__to")
        elif lines:
            yield _p("Kính gửi:", css="letter__to")
            yield _list(listed(lines))

    def _bases(self) -> Iterator[str]:
        if self.doc.competence:
            yield _p(self.doc.competence, "b", css="letter__authority")
        for index, block in enumerate(self.doc.legal_bases):
            yield from (self._unread(piece) for piece in self.unread.before(block))
            text = " ".join(part for part in (block.marker, block.text) if part)
            marked = _marked(text, (), self.unread.within(block))
            yield f'<p id="c-{index}"><i class="text">{marked}</i></p>'
        if self.doc.enacting:
            yield _p(self.doc.enacting, "b", css="letter__authority")

    def _blocks(self, blocks: Sequence[Block], above: tuple[int, ...], level: int) -> Iterator[str]:
        in_list = False
        for index, block in enumerate(blocks):
            is_item = bool(block.marker) and not is_title(block)
            if in_list and not is_item:
                yield "</ul>"
                in_list = False
            missed = [self._unread(piece) for piece in self.unread.before(block)]
            if is_item and not in_list:
                yield from missed
                yield f'<ul class="{_LIST}" role="list">'
                in_list = True
            else:
                yield from (f"<li>{piece}</li>" if in_list else piece for piece in missed)
            yield from self._block(block, (*above, index), level)
        if in_list:
            yield "</ul>"

    def _block(self, block: Block, path: tuple[int, ...], level: int) -> Iterator[str]:
        own = block_id(path, self.annex)
        text = self._text(block, path)
        if block.table:
            yield from self._table(block, block.table, path)
        elif is_title(block):
            css = "letter__title--centred" if is_centred(block) else "letter__title"
            yield f'<section id="{own}">' + self._heading(level, text, css)
            yield from self._blocks(block.children, path, level + 1)
            yield "</section>"
        elif block.marker:
            yield f'<li id="{own}"><p>{text}</p>'
            yield from self._blocks(block.children, path, level)
            yield "</li>"
        else:
            css = ' class="letter__authority"' if is_authority(block) else ""
            yield f'<p id="{own}"{css}>{text}</p>'
            yield from self._blocks(block.children, path, level)

    def _text(self, block: Block, path: tuple[int, ...]) -> str:
        own = [p for p in self.passages if (p.annex, p.path, p.row) == (self.annex, path, None)]
        marked = _marked(block.text, own, self.unread.within(block))
        tag = "b" if block.kind is BlockKind.ARTICLE else "span"
        marker = f'<{tag} class="marker">{escape(block.marker)}</{tag}> ' if block.marker else ""
        return f'{marker}<span class="text">{marked}</span>'

    def _table(self, block: Block, table: Table, path: tuple[int, ...]) -> Iterator[str]:
        own = block_id(path, self.annex)
        self.tables += 1
        reach = f'role="region" aria-label="Bảng {self.tables}" tabindex="0"'
        yield f'<div id="{own}" class="letter__table" {reach}>'
        yield "<table>"
        if table.header_rows:
            yield "<thead>"
        for row in range(len(table.rows)):
            if row == table.header_rows:
                yield "</thead><tbody>" if row else "<tbody>"
            yield "<tr>" + "".join(self._cells(table, row, path)) + "</tr>"
        yield "</thead>" if table.header_rows >= len(table.rows) else "</tbody>"
        yield "</table></div>"

    def _cells(self, table: Table, row: int, path: tuple[int, ...]) -> Iterator[str]:
        is_head = row < table.header_rows
        for column, cell in enumerate(table.rows[row]):
            place = (self.annex, path, row, column)
            own = [p for p in self.passages if (p.annex, p.path, p.row, p.column) == place]
            spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            text = _marked(cell.text, own, ()).replace("\n", "<br>")
            if is_head:
                scope = "colgroup" if cell.columns > 1 else "col"
                yield f'<th scope="{scope}"{spans}>{text}</th>'
            else:
                yield f"<td{spans}>{text}</td>"

    def _foot(self) -> Iterator[str]:
        doc = self.doc
        if not doc.recipients and not doc.signature:
            return
        yield '<footer class="letter__foot">'
        lead = "<p><b><i>Nơi nhận:</i></b></p>" if doc.recipients else ""
        yield f"<div>{lead}{_list(listed(doc.recipients)) if doc.recipients else ''}</div>"
        signer = [_p(line) for line in signer_lines(doc)]
        name = [_p(doc.signature.name, css="letter__name")] if doc.signature else []
        yield '<div class="letter__sign">' + "".join(signer + name) + "</div>"
        yield "</footer>"
        yield from (_p(note, css="letter__note") for note in doc.notes)

    def _annex(self, annex: Annex) -> Iterator[str]:
        title = "<br>".join(escape(part) for part in (annex.label, annex.title) if part)
        number = (self.annex or 0) + 1
        yield f'<section id="p{number}" class="letter__annex">'
        yield self._heading(self.level, title or f"Phụ lục {number}")
        if annex.reference:
            yield _p(in_brackets(annex.reference), "i", css="letter__reference")
        yield from self._blocks(annex.body, (), self.level + 1)
        yield "</section>"

    @staticmethod
    def _heading(level: int, content: str, css: str = "") -> str:
        tag = f"h{min(level, _LOWEST_HEADING)}"
        opening = f'<{tag} class="{css}">' if css else f"<{tag}>"
        return f"{opening}{content}</{tag}>"

    @staticmethod
    def _unread(piece: Unread) -> str:
        return f"<p>{_mark_unread(escape(piece.text), piece.reason)}</p>"


def _p(text: str, inner: str = "", css: str = "") -> str:
    shown = f"<{inner}>{escape(text)}</{inner}>" if inner else escape(text)
    return f'<p class="{css}">{shown}</p>' if css else f"<p>{shown}</p>"


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="{_LIST}" role="list">{items}</ul>'


def _mark_unread(shown: str, reason: str) -> str:
    return f'<mark class="unread" title="{escape(reason)}">{shown}</mark>'


def _marked(text: str, passages: Sequence[Passage], unread: Sequence[Unread]) -> str:
    """Return the text escaped, cut where a passage or an unread piece begins or ends."""
    missed = [(text.find(piece.text), piece) for piece in unread]
    cuts = {0, len(text)}
    cuts |= {min(max(at, 0), len(text)) for p in passages for at in (p.start, p.end)}
    cuts |= {edge for at, piece in missed for edge in (at, at + len(piece.text))}
    edges = sorted(cuts)
    out = []
    for start, end in pairwise(edges):
        shown = escape(text[start:end])
        for at, piece in missed:
            if at <= start and end <= at + len(piece.text):
                shown = _mark_unread(shown, piece.reason)
        lights = [p.lights for p in passages if p.start <= start and end <= p.end]
        if lights:
            ids = " ".join(dict.fromkeys(" ".join(lights).split()))
            shown = f'<span data-lights="{escape(ids)}">{shown}</span>'
        out.append(shown)
    return "".join(out)
