"""Keeping the index as the records are. `sources` tells what an app has to do for it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from tinhgon.common.batches import BATCH, batches
from tinhgon.domain.finding import branch_token

from . import index as table
from .models import DueIndex, SearchEntry
from .queries import OUTDATED, waiting
from .sources import Source, sources

_FIELDS = [f.name for f in SearchEntry._meta.concrete_fields if not f.primary_key]


@transaction.atomic
def index(kind: str, refs: Iterable[int]) -> None:
    """
    Make the entries of these records anew, and take out those of records no longer to be found.

    Call it in the action that changed them, when all is written.

    :raises KeyError: for a kind that no app makes entries of.
    """
    source = sources()[kind]
    for part in batches(sorted(set(refs))):
        _index(source, part)


@transaction.atomic
def index_later(kind: str, refs: Iterable[int]) -> None:
    """
    Mark these records, for `catch_up` to make their entries anew after the transaction.

    For thousands at once: whoever writes meanwhile need not wait until all are indexed. The marks
    stand or fall with the change itself, so that none is lost.

    :raises KeyError: for a kind that no app makes entries of.
    """
    source = sources()[kind]
    DueIndex.objects.bulk_create(
        DueIndex(kind=source.kind, refs=list(part)) for part in batches(sorted(set(refs)))
    )


def catch_up(*, seconds: float | None = None) -> int:
    """
    Make the entries of records that were marked, for about so many seconds or to the end; return
    how many records are left.

    Each mark goes with its entries in one transaction: broken off, nothing is lost or done half.
    """
    began = time.monotonic()
    while _work_off_one():
        if seconds is not None and time.monotonic() - began >= seconds:
            break
    return waiting()


@transaction.atomic
def _work_off_one() -> bool:
    mark = DueIndex.objects.select_for_update(skip_locked=True).first()
    if mark is None:
        return False
    index(mark.kind, mark.refs)
    mark.delete()
    return True


@transaction.atomic
def index_named(agency: int) -> None:
    """Make anew the entries, of all kinds, whose words have the name of this agency."""
    named = SearchEntry.objects.filter(agency=agency).values_list("kind", "ref")
    for kind, refs in _by_kind(named).items():
        index(kind, refs)


@transaction.atomic
def move_branch(*, old: str, new: str) -> None:
    """Let what the branch at `old` sees be seen by the branches in which it lies at `new`."""
    token = branch_token(old)
    after = -1
    while keys := table.having((token,), after=after, most=BATCH):
        after = keys[-1]
        entries = list(SearchEntry.objects.filter(pk__in=keys).select_for_update().order_by("pk"))
        for entry in entries:
            paths = [
                new + path.removeprefix(old) if path.startswith(old) else path
                for path in entry.paths.split()
            ]
            entry.paths = " ".join(sorted(paths))
            entry.digest = entry.digest_now()
        SearchEntry.objects.bulk_update(entries, ["paths", "digest"])
        table.write([table.Row(entry.pk, entry.tokens()) for entry in entries])


def rebuild() -> int:
    """
    Make every entry anew and take out those that no record has; return how many there are.

    Batch by batch, so that people go on searching and writing meanwhile.
    """
    due = list(DueIndex.objects.order_by().values_list("pk", flat=True))
    records = _records()
    _index_all(records, anew=True)
    for keys in batches(due):
        DueIndex.objects.filter(pk__in=keys).delete()
    wanted = defaultdict(set)
    for _, _, kind, ref in records:
        wanted[kind].add(ref)
    entries = SearchEntry.objects.values_list("pk", "kind", "ref")
    gone = [pk for pk, kind, ref in entries if ref not in wanted[kind]]
    for keys in batches(gone):
        with transaction.atomic():
            _remove(keys)
    for keys in batches(table.strays()):
        table.remove(keys)
    table.tidy()
    return SearchEntry.objects.count()


def fill() -> None:
    """
    Make the entries that a new version of the software lacks: of records that have none yet, and
    those made by earlier rules. May be broken off and begun again.
    """
    current = SearchEntry.objects.exclude(pk__in=OUTDATED.values("pk"))
    there = set(current.order_by().values_list("kind", "ref"))
    lacking = [record for record in _records() if record[2:] not in there]
    _index_all(lacking, anew=True)


def _records() -> list[tuple[date, int, str, int]]:
    """
    Return day, order of the kind, kind and key of all records, in the order of being indexed:
    newer records get newer keys, which the index looks at first.
    """
    return sorted(
        (day or date.min, source.order, source.kind, ref)
        for source in sources().values()
        for ref, day in source.refs()
    )


def _index_all(records: Sequence[tuple[date, int, str, int]], *, anew: bool) -> None:
    for part in batches(records):
        with transaction.atomic():
            for kind, refs in _by_kind((kind, ref) for _, _, kind, ref in part).items():
                _index(sources()[kind], refs, anew=anew)


def _index(source: Source, refs: Sequence[int], *, anew: bool = False) -> None:
    # Taken before the records are read: of two who change one record, the later reads what the
    # earlier wrote.
    there = SearchEntry.objects.filter(kind=source.kind, ref__in=refs).select_for_update()
    old = {
        ref: (pk, digest)
        for ref, pk, digest in there.order_by("pk").values_list("ref", "pk", "digest")
    }
    rows = [SearchEntry.of(source.kind, entry) for entry in source.entries(refs)]
    gone = old.keys() - {row.ref for row in rows}
    _remove([old[ref][0] for ref in gone])
    changed = [row for row in rows if anew or row.ref not in old or row.digest != old[row.ref][1]]
    new = [row for row in changed if row.ref not in old]
    kept = [row for row in changed if row.ref in old]
    for row in kept:
        row.pk = old[row.ref][0]
    SearchEntry.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["kind", "ref"], update_fields=_FIELDS
    )
    SearchEntry.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["pk"], update_fields=_FIELDS
    )
    table.write([table.Row(row.pk, row.tokens()) for row in changed])


def _remove(keys: Sequence[int]) -> None:
    if keys:
        SearchEntry.objects.filter(pk__in=keys).delete()
        table.remove(keys)


def _by_kind(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for kind, ref in pairs:
        found[kind].append(ref)
    return found
