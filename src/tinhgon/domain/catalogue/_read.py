"""The door: a document in, a catalogue out."""

from __future__ import annotations

from collections.abc import Iterator

from tinhgon.domain.officialdoc import OfficialDoc

from ._articles import abolitions_of, articles_of, effects_of
from ._checks import problems_of
from ._content import contents_of
from ._listed import listed
from ._lists import ListTable, Parted, part
from ._marks import Heading
from ._match import matched
from ._model import Catalogue, Decision, Row, Unread
from ._origin import decision_behind
from ._outer import without_repeats
from ._rows import defaults_of, rows_of
from ._stated import decision_of, first_article, stated_counts
from ._stream import Kind, Unit, stream


def read_catalogue(doc: OfficialDoc) -> Catalogue:
    """Read the list of procedures which a document publishes."""
    units = stream(doc)
    parted = part(units)
    lists = parted.lists
    decision = decision_of(doc)
    first = first_article(units)
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
    counts = tuple(stated_counts(units, _headings(lists), first))
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


def _headings(lists: tuple[ListTable, ...]) -> Iterator[Heading]:
    for listing in lists:
        yield from listing.outer
        yield from (item for item in listing.items if isinstance(item, Heading))


def _titles(units: tuple[Unit, ...], lists: tuple[ListTable, ...]) -> list[str]:
    """Return the titles of annexes, and the sentences that announce lists without a table."""
    titles = [unit.text for unit in units if unit.kind is Kind.ANNEX and unit.text]
    intros = [head.text for listing in lists for head in listing.outer if head.style == "intro"]
    return [*intros, *titles]
