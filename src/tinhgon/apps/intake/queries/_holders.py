"""Which agency a cell names, among those for which a person may bring something in."""

from __future__ import annotations

import re
from datetime import date

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Kind
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Permission
from tinhgon.domain.agencynames import NameIndex

_WITH_KEY = re.compile(r"\(mã (\d{1,15})\)$")


class Holders:
    """The agencies of a day on a person's branch, by the ways they may be written: one query."""

    def __init__(self, user: User, right: Permission, *, on: date) -> None:
        rows = Agency.objects.within(user.access.paths(right)).existing_on(on)
        self.agencies = {agency.pk: agency for agency in rows}
        self._index: NameIndex[int] = NameIndex()
        for agency in self.agencies.values():
            symbol = "" if agency.kind == Kind.COMMITTEE else agency.symbol
            self._index.add(agency.pk, names=[agency.name, agency.short_name], symbol=symbol)
        self._told: dict[str, tuple[Agency | None, str]] = {}

    def named(self, text: str) -> tuple[Agency | None, str]:
        """Return the agency, or None and why not."""
        if text not in self._told:
            self._told[text] = self._find(text)
        return self._told[text]

    def _find(self, text: str) -> tuple[Agency | None, str]:
        if with_key := _WITH_KEY.search(text):
            found = self.agencies.get(int(with_key[1]))
            return found, "" if found else f"Không có cơ quan “{text}” trong phạm vi của anh/chị."
        match = self._index.find(text)
        if match.only is not None:
            return self.agencies[match.only], ""
        if match.candidates:
            return None, f"Có {len(match.candidates)} cơ quan tên “{text}”. Ghi thêm mã cơ quan."
        alike = "; ".join(self.agencies[pk].name for pk in self._index.suggest(text))
        hint = f" Có phải: {alike}?" if alike else ""
        return None, f"Không có cơ quan “{text}” trong phạm vi của anh/chị.{hint}"
