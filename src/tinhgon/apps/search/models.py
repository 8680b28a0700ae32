from __future__ import annotations

import hashlib
import json
from typing import Self

from django.db import models

from tinhgon.domain.finding import VERSION, kind_token, reach_tokens, text_tokens
from tinhgon.domain.vntext import nfc

from .sources import MOST_BODY, Entry


class SearchEntry(models.Model):
    """
    Mục tìm kiếm: what a record is found by and how it is shown; made of the record, never typed.

    `paths` are the places in the tree whose branches see it, with a space between, `codes` stand
    one a line. The tokens of all this are in the table `search_index`, under the key of the entry.
    `digest` tells whether it is still as its source would make it.
    """

    kind = models.CharField(max_length=20)
    ref = models.PositiveBigIntegerField()
    title = models.TextField()
    subtitle = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)  # shown, not found: "Đã thu hồi"
    keywords = models.TextField(blank=True)
    codes = models.TextField(blank=True)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    public_url = models.CharField(max_length=300, blank=True)  # seen by the public where not empty
    paths = models.TextField(blank=True)
    seen_below = models.BooleanField(default=False)
    for_all = models.BooleanField(default=False)
    agency = models.PositiveBigIntegerField(null=True, blank=True)  # whose name the words have
    rank_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)  # the first day on which it is no more
    weight = models.SmallIntegerField(default=0)
    digest = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "ref"], name="one_search_entry_a_record")
        ]
        indexes = [models.Index(fields=["agency"])]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def of(cls, kind: str, entry: Entry) -> Self:
        """Return the row of an entry, not yet saved."""
        row = cls(
            kind=kind,
            ref=entry.ref,
            title=_clean(entry.title),
            subtitle=_clean(entry.subtitle),
            note=entry.note[:200],
            keywords=_clean(entry.keywords),
            codes="\n".join(_clean(code) for code in entry.codes if code),
            body=_clean(entry.body)[:MOST_BODY],
            url=entry.url,
            public_url=entry.public_url,
            paths=" ".join(sorted(set(entry.paths))),
            seen_below=entry.seen_below,
            for_all=entry.for_all,
            agency=entry.agency,
            rank_on=entry.rank_on,
            until=entry.until,
            weight=entry.weight,
        )
        row.digest = row.digest_now()
        return row

    def digest_now(self) -> str:
        """Return the digest of what the row says, after the version of the rules for tokens."""
        names = [f.name for f in self._meta.concrete_fields if f.name not in {"id", "digest"}]
        content = json.dumps([getattr(self, name) for name in names], default=str)
        return f"{VERSION}:{hashlib.blake2b(content.encode(), digest_size=16).hexdigest()}"

    def tokens(self) -> set[str]:
        """Return what it is found by, and by whom."""
        text = text_tokens(
            self.title,
            codes=self.codes.split("\n"),
            beside=self.keywords,
            body=f"{self.subtitle}\n{self.body}",
        )
        reach = reach_tokens(
            self.paths.split(),
            below=self.seen_below,
            everybody=self.for_all,
            public=bool(self.public_url),
        )
        return {*text, *reach, kind_token(self.kind)}


class DueIndex(models.Model):
    """
    Phần chờ lập chỉ mục: records whose entries are still to be made anew, marked in the very
    transaction that changed them. `refs` are up to BATCH keys of one kind.
    """

    kind = models.CharField(max_length=20)
    refs = models.JSONField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "due indexes"

    def __str__(self) -> str:
        return f"{self.kind}: {len(self.refs)}"


def _clean(text: str) -> str:
    """One form of each letter, single spaces, and nothing that PostgreSQL does not take."""
    return " ".join(nfc(text).replace("\0", " ").split())
