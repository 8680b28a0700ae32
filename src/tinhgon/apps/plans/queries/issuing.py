"""Who may have issued a changed legal text, and what the form of it starts with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.documents import COMMITTEE, symbol_of, titles, unit_of
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency, paths_above
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.models import LegalChange
from tinhgon.common.refusal import Refused
from tinhgon.domain.legalref import Body, DocumentRef, bears, find_documents, is_central, symbol_for
from tinhgon.domain.vntext import fold

OTHER = "khac"
"""The key of an issuer that is not offered, and whose name is written beside."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """
    Who issued a text. `agency` keeps it in its register; None for a body from outside, such as a
    ministry. `by_head`: the act of the Chairman alone, not of the committee.
    """

    name: str
    agency: Agency | None = None
    by_head: bool = False

    @property
    def key(self) -> str:
        if self.agency is None:
            return OTHER
        return f"{self.agency.pk}-nguoi-dung-dau" if self.by_head else str(self.agency.pk)

    @property
    def body(self) -> Body:
        if self.agency is None:
            return Body(self.name)
        rules = self.agency.kind == Kind.COMMITTEE or self.agency.level == Level.CENTRAL
        return Body(self.name, symbol_of(self.agency), makes_rules=rules)

    @property
    def is_collective(self) -> bool | None:
        """Whether it decides together; None where that is not known."""
        if self.agency is None:
            return None
        return self.agency.kind == Kind.COMMITTEE and not self.by_head

    @property
    def signature(self) -> dict[str, Any]:
        """What usually stands above the name of its head."""
        if self.agency is None:
            return {}
        authority = "TM. ỦY BAN NHÂN DÂN" if self.is_collective else ""
        return {"signer_authority": authority, "signer_title": titles(self.agency)[0].upper()}


def issuers_of(change: LegalChange) -> list[Issuer]:
    """
    Return who may have issued the changed text: the agency that works on it, that of the plan, and
    those above them, the nearest first; of a committee also its Chairman.
    """
    own = [change.agency, change.item.plan.agency]
    above = {path for agency in own for path in paths_above(agency.path or "/")}
    rows = Agency.objects.filter(path__in=above)
    nearest = sorted(rows, key=lambda agency: -len(agency.path or ""))
    found = {agency.pk: agency for agency in [*own, *nearest]}
    return [issuer for agency in found.values() for issuer in _of(agency)]


def _of(agency: Agency) -> list[Issuer]:
    issuers = [Issuer(agency.name, agency)]
    if agency.kind == Kind.COMMITTEE:
        head = f"{titles(agency)[0]} {agency.name}"
        issuers.append(Issuer(head, agency, by_head=True))
    return issuers


def issuer_named(*, user: User, change: LegalChange, name: str, on: date) -> Issuer:
    """
    Return the issuer of a day that a person wrote by name: another agency of the tree whose
    documents he records, else a body from outside.

    :raises Refused: if it names an agency whose documents he does not record.
    """
    written = " ".join(name.split())
    root = agencies.root_of(change.agency)
    agency = agencies.issuer_named(written, root=root, on=on) if written else None
    if agency is None or agency.level == Level.CENTRAL:
        return Issuer(written)
    if not policies.may_record_for(user, change, agency):
        raise Refused(
            f"Bạn không ghi văn bản do {agency.name} ban hành: nhờ văn thư hoặc cán bộ điều phối "
            "của cơ quan đó ghi.",
            "issuer_name",
        )
    return Issuer(agency.name, agency)


def known_of(change: LegalChange, issuers: list[Issuer], *, today: date) -> dict[str, Any]:
    """
    Return what the form starts with: who issued the text that changes issues its change, unless
    the person says otherwise.
    """
    refs = find_documents(change.text)
    ref = refs[0] if refs else DocumentRef(kind="", number="", symbol="")
    kind = (ref.kind or "Quyết định").lower()
    if is_central(ref.symbol):
        return {"issuer": OTHER, "issuer_name": ref.issuer, "doc_type": kind}
    issuer = _likely(ref, issuers, change.text)
    symbol = ref.symbol if bears(ref.symbol, issuer.body) else symbol_for(kind, issuer.body)
    return {
        "issuer": issuer.key,
        "doc_type": kind,
        "symbol": f"{today.year}/{symbol}" if ref.year and symbol else symbol,
        **issuer.signature,
    }


def _likely(ref: DocumentRef, issuers: list[Issuer], text: str) -> Issuer:
    """
    Who is named, else of those whose letters the symbol bears the nearest; of a text without
    either the unit whose it is said to be ("Quy chế … của tỉnh"), else who works on it.
    """
    written = ref.issuer.replace("UBND", COMMITTEE)
    named = [each for each in issuers if written and each.name.startswith(written)]
    bearing = [each for each in issuers if ref.symbol and bears(ref.symbol, each.body)]
    owning = [each for each in issuers if _is_of(each, text)]
    return [*named, *bearing, *owning, *issuers][0]


def _is_of(issuer: Issuer, text: str) -> bool:
    unit = unit_of(issuer.agency) if issuer.is_collective and issuer.agency else ""
    return bool(unit) and fold(text).endswith(f" cua {fold(unit)}")
