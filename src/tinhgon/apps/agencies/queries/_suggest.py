"""An agency named by a person in one input: typed words in, one agency or several out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tinhgon.apps.agencies.models import Agency
from tinhgon.common.http import whole_number
from tinhgon.domain.vntext import fold

_MOST = 20
_WITH_KEY = re.compile(r"\(mã (\d{1,15})\)$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What an input offers: `value` is what stands in it once chosen, `beside` helps to choose."""

    value: str
    beside: str


def suggestions(words: str) -> list[Suggestion]:
    """Return agencies, of today and ended, whose name has the words; those that exist first."""
    found = list(
        named(words)
        .select_related("parent")
        .only("name", "folded_name", "ended_on", "parent__name", "parent__short_name")
        .order_by("ended_on", "-level", "order", "name")[:_MOST]
    )
    found.sort(key=lambda agency: agency.ended_on is not None)
    many = _borne_by_many(found)
    return [
        Suggestion(
            _written(agency, alone=agency.folded_name not in many),
            agency.parent.label if agency.parent else "",
        )
        for agency in found
    ]


def named(words: str) -> QuerySet[Agency]:
    """Return the agencies whose name has all the words, or whose symbol or short name they are."""
    inside = Q()
    for word in fold(words).split():
        inside &= Q(folded_name__contains=word)
    return Agency.objects.filter(
        inside | Q(symbol__iexact=words) | Q(short_name__iexact=words), path__isnull=False
    )


def written(agency: Agency) -> str:
    """Return the name, with the key where another agency bears the same."""
    return _written(agency, alone=not _borne_by_many([agency]))


@dataclass(frozen=True, slots=True)
class Meant:
    """The one agency that an address or an input means, and what stands in the input for it."""

    agency: Agency
    written: str


def ambiguous_names() -> frozenset[str]:
    """Return the names that more than one agency bears, as they stand."""
    rows = Agency.objects.values("folded_name").annotate(number=Count("pk")).filter(number__gt=1)
    twins = Agency.objects.filter(folded_name__in=rows.order_by().values("folded_name"))
    return frozenset(twins.values_list("name", flat=True))


def _written(agency: Agency, *, alone: bool) -> str:
    return agency.name if alone else f"{agency.name} (mã {agency.pk})"


def _borne_by_many(agencies: Iterable[Agency]) -> set[str]:
    """Return the folded names of these that more than one agency bears."""
    rows = Agency.objects.filter(folded_name__in={each.folded_name for each in agencies})
    counted = rows.values("folded_name").annotate(number=Count("pk")).filter(number__gt=1)
    return set(counted.order_by().values_list("folded_name", flat=True))


def understood(text: str) -> Agency | None:
    """Return the one agency that an address or an input means: by key, or by its exact name."""
    found = meant(text)
    return found.agency if found else None


def meant(text: str) -> Meant | None:
    """Return the same with what stands in the input for it, in one query."""
    written_key = _WITH_KEY.search(text)
    key = whole_number(written_key[1] if written_key else text)
    if key is not None:
        same = Q(pk=key)
    else:
        same = Q(folded_name=fold(text)) | Q(symbol__iexact=text) | Q(short_name__iexact=text)
    own = Agency.objects.filter(same)
    # With those that bear the same names, so that the name alone is not taken for enough.
    known = list(Agency.objects.filter(folded_name__in=own.values("folded_name"))[:_MOST])
    found = [each for each in known if key == each.pk or (key is None and _is(each, text))]
    if len(found) != 1:
        return None
    alone = sum(each.folded_name == found[0].folded_name for each in known) == 1
    return Meant(found[0], _written(found[0], alone=alone))


def _is(agency: Agency, text: str) -> bool:
    names = {agency.symbol.casefold(), agency.short_name.casefold()}
    return agency.folded_name == fold(text) or text.casefold() in names
