"""Lines of earlier decisions named by their place in the annex: found, and shown before use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.domain.publishing import Match, Named, read_positions, resolve
from tinhgon.domain.vntext import fold

from .acts import decision_words
from .lines import names_in_force


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was named, and the line that stands there; `problem` says why it cannot be."""

    asked: str
    line: DecisionLine | None = None
    name: str = ""  # that the procedure bears on the day
    problem: str = ""


@dataclass(frozen=True, slots=True)
class NamedDecision:
    """A decision that the text names, with the places in it."""

    words: str
    text: str
    decision: Decision | None
    places: tuple[Place, ...]
    problem: str = ""


def read_places(text: str, *, issuer: Agency, on: date) -> list[NamedDecision]:
    """
    Return which lines of earlier decisions of the issuer a text names, and whether they can end.

    "số thứ tự 01, 02 mục A Danh mục kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2024" names two.
    """
    return [_named(named, issuer=issuer, on=on) for named in read_positions(text)]


def _named(named: Named, *, issuer: Agency, on: date) -> NamedDecision:
    ref = named.document
    words = decision_words(ref.number, ref.symbol, ref.on)
    found = _decisions(named, issuer)
    if not found:
        return NamedDecision(words, named.text, None, (), "Chưa có quyết định này trong hệ thống.")
    if len(found) > 1:
        problem = "Có nhiều quyết định cùng số, ký hiệu. Ghi rõ ngày ban hành."
        return NamedDecision(words, named.text, None, (), problem)
    lines = {line.pk: line for line in found[0].lines.select_related("procedure__agency")}
    bringing = {pk: line for pk, line in lines.items() if line.version_id is not None}
    names = names_in_force([line.procedure for line in bringing.values()], on=on)
    matches = resolve(named, {pk: line.position for pk, line in bringing.items()})
    places = tuple(_place(match, bringing, names) for match in matches)
    return NamedDecision(str(found[0]), named.text, found[0], places)


def _decisions(named: Named, issuer: Agency) -> list[Decision]:
    ref = named.document
    signed = Decision.objects.filter(
        status=DecisionStatus.SIGNED, issuer=issuer, document__number__endswith=ref.number
    ).select_related("document")
    if ref.on is not None:
        signed = signed.filter(document__issued_on=ref.on)
    wanted = (ref.number.lstrip("0"), fold(ref.symbol))
    return [
        decision
        for decision in signed
        if (decision.document.number.lstrip("0"), fold(decision.document.symbol)) == wanted
    ]


def _place(match: Match[int], lines: dict[int, DecisionLine], names: dict[int, str]) -> Place:
    if not match.lines:
        return Place(match.asked, problem="Không có số thứ tự này trong danh mục.")
    if len(match.lines) > 1:
        where = ", ".join(lines[pk].position for pk in match.lines)
        return Place(match.asked, problem=f"Có ở nhiều mục ({where}). Ghi rõ mục.")
    line = lines[match.lines[0]]
    name = names.get(line.procedure_id, "")
    if not name:
        return Place(match.asked, line, line.printed_name, "Thủ tục đã hết hiệu lực.")
    return Place(match.asked, line, name)
