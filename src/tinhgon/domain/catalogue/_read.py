"""The door: a document in, a catalogue out."""

from __future__ import annotations

from collections.abc import Iterator

from tinhgon.domain.officialdoc import BlockKind, OfficialDoc, Source, header_json

from ._articles import abolitions_of, articles_of, effects_of
from ._checks import problems_of
from ._content import contents_of
from ._counts import counts_in, counts_of_heading
from ._listed import listed
from ._lists import ListTable, Parted, part
from ._marks import Heading
from ._match import matched
from ._model import Catalogue, Decision, Row, StatedCount, Unread
from ._origin import decision_behind
from ._outer import without_repeats
from ._rows import defaults_of, rows_of
from ._stream import Kind, Unit, stream


def read_catalogue(doc: OfficialDoc) -> Catalogue:
    """Read the list of procedures which a document publishes."""
    units = stream(doc)
    parted = part(units)
    lists = parted.lists
    decision = _decision(doc)
    first = _first_article(units)
    said = [first]
    if decision == Decision():
        decision, sentence = decision_behind(units)
        said += [sentence] if decision.subject else []
    if not any(listing.items for listing in lists):
        lists = listed(units)
    lists = tuple(without_repeats(lists))
    said += [decision.subject or "", *_titles(units, lists)]
    defaults = defaults_of([text for text in said if text])
    rows, strange = rows_of(lists, defaults, decision.code)
    contents, left = contents_of(parted.second, [name for row in rows for name in _names(row)])
    rows = matched(rows, contents)
    counts = tuple(_stated(units, lists, first))
    articles = articles_of(units)
    return Catalogue(
        decision=decision,
        articles=articles,
        effects=effects_of(articles, decision.date),
        abolitions=abolitions_of(articles, decision.code),
        stated_counts=counts,
        rows=tuple(rows),
        contents=contents,
        problems=tuple(problems_of(rows, counts, contents)),
        unread=(*_unread(doc, parted), *strange, *left),
    )


def _names(row: Row) -> tuple[str, ...]:
    return (row.name, row.replaced_by) if row.replaced_by else (row.name,)


def _unread(doc: OfficialDoc, parted: Parted) -> Iterator[Unread]:
    """Yield what the reader of documents did not understand, then tables which are no list."""
    for piece in doc.unread:
        yield Unread(piece.text, piece.reason, piece.source)
    if parted.lists:
        for unit in parted.beside:
            yield Unread(unit.printed, _BESIDE, unit.source)
    end = len(parted.rest) if parted.content_from is None else parted.content_from
    seen: set[int] = set()
    for unit in parted.rest[:end]:
        if unit.kind is Kind.ROW and unit.table not in seen:
            seen.add(unit.table)
            yield Unread(unit.text, _NO_LIST, unit.source)


_BESIDE = "Đoạn nằm ngoài bảng của danh mục: giữ nguyên, không đọc thành thủ tục"
_NO_LIST = "Bảng không có đầu cột của danh mục thủ tục: chưa đọc"


def _stated(
    units: tuple[Unit, ...], lists: tuple[ListTable, ...], first: str
) -> Iterator[StatedCount]:
    """Yield the counts of Điều 1, of the announcing sentence and of the headings of the lists."""
    where = next((unit.source for unit in units if unit.kind is Kind.ARTICLE), Source(1, 1))
    yield from counts_in(first, where)
    seen: set[tuple[str, int]] = set()
    for heading in _headings(units, lists, first):
        if (heading.text, heading.source.line) not in seen:
            seen.add((heading.text, heading.source.line))
            yield from counts_of_heading(heading.text, heading.source)


def _headings(
    units: tuple[Unit, ...], lists: tuple[ListTable, ...], first: str
) -> Iterator[Heading]:
    if not first:
        for unit in units[:_BEFORE_LIST]:
            if unit.kind is Kind.ROW:
                break
            if unit.block is BlockKind.PARAGRAPH:
                yield Heading("", unit.text, unit.source)
    for listing in lists:
        yield from listing.outer
        yield from (item for item in listing.items if isinstance(item, Heading))


_BEFORE_LIST = 12


def _first_article(units: tuple[Unit, ...]) -> str:
    out: list[str] = []
    for unit in units:
        if unit.kind is not Kind.ARTICLE:
            continue
        if unit.marker.lower().startswith("điều") and out:
            break
        out.append(unit.text)
    return "\n".join(text for text in out if text)


def _titles(units: tuple[Unit, ...], lists: tuple[ListTable, ...]) -> list[str]:
    """Return the titles of annexes, and the sentences that announce lists without a table."""
    titles = [unit.text for unit in units if unit.kind is Kind.ANNEX and unit.text]
    intros = [head.text for listing in lists for head in listing.outer if head.style == "intro"]
    return [*intros, *titles]


def _decision(doc: OfficialDoc) -> Decision:
    if doc.number is None and doc.date is None and not doc.legal_bases:
        return Decision()
    head = header_json(doc)
    return Decision(
        agency=doc.agency,
        parent_agency=doc.parent_agency,
        number=doc.number,
        symbol=doc.symbol,
        place=doc.place,
        date=doc.date,
        date_text=doc.date_text,
        doc_type=doc.doc_type,
        subject=doc.subject,
        signer_authority=head["signer_authority"],
        signer_title=head["signer_title"],
        signer_name=head["signer_name"],
        recipients=doc.recipients,
    )
