from __future__ import annotations

from tinhgon.apps.search.models import SearchEntry
from tinhgon.common.people import Person
from tinhgon.domain.access import Permission
from tinhgon.domain.finding import PUBLIC, seeing_tokens


class Reader:
    """Who asks: which entries exist for him, and at which address."""

    def __init__(self, user: Person | None = None) -> None:
        self.is_public = user is None
        self.paths = user.access.paths(Permission.SEE) if user else ()
        self.group = tuple(seeing_tokens(self.paths)) if user else (PUBLIC,)

    def url(self, entry: SearchEntry) -> str:
        if self.is_public:
            return entry.public_url
        places = entry.paths.split()
        inside = any(place.startswith(self.paths) for place in places)
        below = entry.seen_below and any(p.startswith(tuple(places)) for p in self.paths)
        return entry.url if entry.for_all or inside or below else entry.public_url
