"""Keeping the index as the records are. `sources` tells what an app has to do for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from . import index as table
from .models import SearchEntry
from .queries import BATCH, OUTDATED, parts
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
    for part in parts(sorted(set(refs))):
        _index(source, part)


@transaction.atomic
def index_named(agency: int) -> None:
    """Make anew the entries, of all kinds, whose words have the name of this agency."""
    named = SearchEntry.objects.filter(agency=agency).values_list("kind", "ref")
    for kind, refs in _by_kind(named).items():
        index(kind, refs)


@transaction.atomic
def move_branch(*, old: str, new: str) -> None:
    """Let what the branch at `old` sees be seen by the branches in which it lies at `new`."""
    token = f"_a{old.strip('/').rpartition('/')[2]}"
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
    """Make every entry anew, the oldest records first; return how many there are."""
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        table.clear()
        _index_all(sources().values())
    table.tidy()
    return SearchEntry.objects.count()


def fill() -> None:
    """
    Make the entries that a new version of the software wants: kinds of which there are none yet,
    and those made by earlier rules.
    """
    there = set(SearchEntry.objects.order_by().values_list("kind", flat=True).distinct())
    with transaction.atomic():
        for kind, refs in _by_kind(OUTDATED.values_list("kind", "ref")).items():
            index(kind, refs)
        _index_all(source for kind, source in sources().items() if kind not in there)


def _index_all(wanted: Iterable[Source]) -> None:
    """Newer records get newer keys, which the index looks at first."""
    records = sorted(
        (day or date.min, source.order, source.kind, ref)
        for source in wanted
        for ref, day in source.refs()
    )
    for part in parts(records):
        for kind, refs in _by_kind((kind, ref) for _, _, kind, ref in part).items():
            _index(sources()[kind], refs)


def _index(source: Source, refs: Sequence[int]) -> None:
    # Taken before the records are read: of two who change one record, the later reads what the
    # earlier wrote.
    there = SearchEntry.objects.filter(kind=source.kind, ref__in=refs).select_for_update()
    old = {
        ref: (pk, digest)
        for ref, pk, digest in there.order_by("pk").values_list("ref", "pk", "digest")
    }
    rows = [SearchEntry.of(source.kind, entry) for entry in source.entries(refs)]
    gone = old.keys() - {row.ref for row in rows}
    if gone:
        keys = [old[ref][0] for ref in gone]
        SearchEntry.objects.filter(pk__in=keys).delete()
        table.remove(keys)
    changed = [row for row in rows if row.ref not in old or row.digest != old[row.ref][1]]
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


def _by_kind(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for kind, ref in pairs:
        found[kind].append(ref)
    return found
