"""The difficulties of the demo: one at each stage, told by the moves that people made."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.difficulties import actions as difficulties
from tinhgon.apps.difficulties.actions import Content, Paper
from tinhgon.apps.difficulties.enums import Decider, Move
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.domain.procedures import PUBLISHED

from ._story import at_hour

_DATA = "data/vuong-mac.toml"


@dataclass(slots=True)
class DifficultyStory:
    """Tells what agencies could not solve by themselves, and how far each has come."""

    people: dict[str, User]
    office: Agency

    def tell(self) -> None:
        path = resources.files("tinhgon.apps.home").joinpath(_DATA)
        for told in tomllib.loads(path.read_text(encoding="utf-8"))["difficulty"]:
            self._tell(told)

    def _tell(self, told: Mapping[str, Any]) -> None:
        agency = _agency(told["agency"], told["raised_on"])
        difficulty = difficulties.raise_difficulty(
            agency=agency,
            content=Content(
                kind=told["kind"],
                title=told["title"],
                description=told["description"],
                decider=Decider(told["decider"]),
                due_on=told["due_on"],
                own_part=told["own_part"],
                proposal=told["proposal"],
                texts=told.get("texts", ""),
                procedures=_procedures(agency, told.get("procedures", 0)),
            ),
            by=self._officer(agency),
            at=at_hour(told["raised_on"], 9),
        )
        for step in told["steps"]:
            self._step(difficulty, step, at_hour(step["on"], 10))

    def _step(self, difficulty: Difficulty, step: Mapping[str, Any], at: datetime) -> None:
        """Make one move on behalf of whoever makes it: the agency, or who has it in hand."""
        agency, holder = difficulty.agency, difficulty.holder
        words, paper = step.get("words", ""), _paper(step, difficulty)
        said: dict[str, Any] = {"difficulty": difficulty, "at": at, "seen": difficulty.version}
        match Move(step["move"]):
            case Move.SEND:
                difficulties.send_difficulty(**said, paper=paper, by=self._head(agency))
            case Move.WITHDRAW:
                difficulties.withdraw_difficulty(**said, reason=words, by=self._head(agency))
            case Move.ACCEPT:
                difficulties.accept_answer(**said, by=self._officer(agency))
            case Move.TAKE_ON:
                difficulties.take_on(**said, by=self._officer(holder))
            case Move.RETURN:
                difficulties.return_difficulty(**said, reason=words, by=self._officer(holder))
            case Move.PASS_UP:
                addressee = step.get("addressee", "")
                by = self._head(holder)
                difficulties.pass_up(**said, opinion=words, addressee=addressee, paper=paper, by=by)
            case Move.REFER:
                to, by = _agency(step["to"], step["on"]), self._officer(holder)
                difficulties.refer_difficulty(**said, to=to, opinion=words, by=by)
            case Move.ANSWER:
                by = self._officer(holder)
                difficulties.answer_difficulty(**said, text=words, paper=paper, by=by)
                self._guide(difficulty, step, at)

    def _guide(self, difficulty: Difficulty, step: Mapping[str, Any], at: datetime) -> None:
        if step.get("guide"):
            difficulties.set_guidance(
                difficulty=difficulty,
                is_guidance=True,
                by=self.people["dieuphoi"],
                at=at,
                seen=difficulty.version,
            )

    def _officer(self, agency: Agency) -> User:
        """Return who writes for an agency: the account that is printed, where it has one."""
        if agency.pk == self.office.pk:
            return self.people["dieuphoi"]
        own = {user.current_positions[0].agency_id: user for user in self._shown()}
        return own.get(agency.pk) or self.people[f"cq{agency.pk}"]

    def _shown(self) -> list[User]:
        return [self.people[name] for name in ("chuyenvien", "huyen", "xa")]

    def _head(self, agency: Agency) -> User:
        head = self.people["giamdoc"]
        own = head.current_positions[0].agency_id == agency.pk
        return head if own else self.people[f"tt{agency.pk}"]


def _agency(name: str, day: date) -> Agency:
    """Names come again after a merger: the body of the day is meant."""
    return Agency.objects.existing_on(day).get(name=name)


def _procedures(agency: Agency, number: int) -> list[Procedure]:
    published = ProcedureVersion.objects.filter(status__in=PUBLISHED).values("procedure")
    found = Procedure.objects.filter(agency=agency, pk__in=published).order_by("pk")
    return list(found[:number])


def _paper(step: Mapping[str, Any], difficulty: Difficulty) -> Paper:
    if "number" not in step:
        return Paper()
    symbol = difficulty.holder.symbol or "UBND"
    return Paper(number=step["number"], symbol=symbol, issued_on=step["on"])
