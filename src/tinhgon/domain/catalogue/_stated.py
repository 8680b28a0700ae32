"""What a decision says of itself: its head, its first article, the numbers it states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tinhgon.domain.officialdoc import BlockKind, OfficialDoc, Source, header_json

from ._counts import counts_in, counts_of_heading
from ._marks import Heading
from ._model import Decision, StatedCount
from ._stream import Kind, Unit


def stated_counts(
    units: Sequence[Unit], headings: Iterable[Heading], first: str
) -> Iterator[StatedCount]:
    """
    Yield the counts of Điều 1 (`first`), of the announcing sentence and of the headings of what
    follows.
    """
    where = next((unit.source for unit in units if unit.kind is Kind.ARTICLE), Source(1, 1))
    yield from counts_in(first, where)
    seen: set[tuple[str, int]] = set()
    for heading in (*_announcing(units, first), *headings):
        if (heading.text, heading.source.line) not in seen:
            seen.add((heading.text, heading.source.line))
            yield from counts_of_heading(heading.text, heading.source)


def _announcing(units: Sequence[Unit], first: str) -> Iterator[Heading]:
    if first:
        return
    for unit in units[:_BEFORE_LIST]:
        if unit.kind is Kind.ROW:
            break
        if unit.block is BlockKind.PARAGRAPH:
            yield Heading("", unit.text, unit.source)


_BEFORE_LIST = 12


def first_article(units: Sequence[Unit]) -> str:
    """Return the text of Điều 1, "" where there is none."""
    out: list[str] = []
    for unit in units:
        if unit.kind is not Kind.ARTICLE:
            continue
        if unit.marker.lower().startswith("điều") and out:
            break
        out.append(unit.text)
    return "\n".join(text for text in out if text)


def decision_of(doc: OfficialDoc) -> Decision:
    """Return the head of the document; empty for a list that stands alone."""
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
