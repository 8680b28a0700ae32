"""Whether the index is as a rebuild would make it."""

from __future__ import annotations

from collections.abc import Iterator

from tinhgon.apps.search import index as table
from tinhgon.apps.search.models import DueIndex, SearchEntry
from tinhgon.apps.search.sources import sources
from tinhgon.common.batches import BATCH, batches
from tinhgon.domain.finding import VERSION

OUTDATED = SearchEntry.objects.exclude(digest__startswith=f"{VERSION}:").order_by("pk")
"""Entries made by earlier rules."""


def waiting() -> int:
    """Return how many records changed and are not yet found as they are now."""
    return sum(len(refs) for refs in DueIndex.objects.order_by().values_list("refs", flat=True))


def differences() -> Iterator[str]:
    """
    Yield what in the index is not as a rebuild would make it, in words for an administrator.

    First the entries are held to their records, then the tokens to the entries.
    """
    for source in sources().values():
        there = dict(
            SearchEntry.objects.filter(kind=source.kind).order_by().values_list("ref", "digest")
        )
        for refs in batches([ref for ref, _ in source.refs()]):
            made = {entry.ref: entry for entry in source.entries(refs)}
            for ref, entry in made.items():
                if ref not in there:
                    yield f"{source.label} {ref}: thiếu trong chỉ mục"
                elif there[ref] != SearchEntry.of(source.kind, entry).digest:
                    yield f"{source.label} {ref}: chỉ mục khác với bản ghi"
            for ref in made:
                there.pop(ref, None)
        for ref in there:
            yield f"{source.label} {ref}: không còn bản ghi"
    for kind in SearchEntry.objects.order_by().values_list("kind", flat=True).distinct():
        if kind not in sources():
            yield f"{kind}: loại không còn dùng"
    yield from _token_differences()


def _token_differences() -> Iterator[str]:
    after, seen = 0, 0
    while rows := dict(table.stored(after=after, most=BATCH)):
        entries = SearchEntry.objects.in_bulk(list(rows))
        for key, tokens in rows.items():
            if key not in entries:
                yield f"Dòng {key} của chỉ mục: không thuộc mục tìm kiếm nào"
            elif tokens != entries[key].tokens():
                yield f"{entries[key]}: từ khóa trong chỉ mục khác với mục tìm kiếm"
        after, seen = max(rows), seen + len(entries)
    if lacking := SearchEntry.objects.count() - seen:
        yield f"{lacking} mục tìm kiếm không có từ khóa trong chỉ mục"
