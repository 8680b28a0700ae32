"""Which rounds are counted, and the condition that a person sees what is counted of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.models import CountingSetting
from tinhgon.apps.procedures.models import (
    ProcedureVersion,
    VersionQuerySet,
    branch,
    in_force,
)
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.domain.access import Permission
from tinhgon.domain.simplification import CountingRule

from .asked import PROGRAMME, Asked


@dataclass(frozen=True, slots=True)
class Scope:
    """
    The rounds that are counted together, oldest first, on a day; of one field where given.

    `whole` are those of which the person sees everything.
    """

    programme: Programme
    rounds: Sequence[ReviewRound]
    whole: Sequence[ReviewRound]
    on: date
    field: int | None
    setting: CountingSetting | None

    @property
    def rule(self) -> CountingRule:
        return self.setting.rule if self.setting else CountingRule()

    @property
    def is_cumulative(self) -> bool:
        return len(self.rounds) > 1

    @property
    def is_seen_whole(self) -> bool:
        """Whether the person sees everything in it."""
        return self.field is None and len(self.whole) == len(self.rounds)

    @property
    def words(self) -> str:
        if self.is_cumulative:
            names = ", ".join(str(each) for each in self.rounds)
            return f"{self.programme}: cộng dồn {names}"
        return f"{self.rounds[0]} ({self.programme})"

    def reviews_seen_by(self, user: User) -> Q:
        """Return the condition that a review is counted, and that the person sees it."""
        return self._seen_by(user, "") & self._of_field("")

    def items_seen_by(self, user: User) -> Q:
        """Return the same of a procedure of a plan, by the round and agency of its plan."""
        return self._seen_by(user, "plan__") & self._of_field("review__")

    def unreviewed_seen_by(self, user: User) -> VersionQuerySet | None:
        """
        Return what was in force when a round that was entered later began, and that no round in
        scope reviews: it belongs to the whole all the same. None where there is no such round.
        """
        return self._unreviewed(lambda each: self._visible(user, each))

    def unreviewed(self) -> VersionQuerySet | None:
        """Return the same, whoever sees it."""
        return self._unreviewed(lambda _: Q())

    def _unreviewed(self, seen: Callable[[ReviewRound], Q]) -> VersionQuerySet | None:
        entered = [each for each in self.rounds if not each.scope]
        if not entered:
            return None
        held = Q(pk__in=[])
        for each in entered:
            inside = Q(holder__path__startswith=each.agency.path or "/")
            held |= in_force(each.opened_on) & inside & seen(each)
        reviewed = Review.objects.filter(round__in=[each.pk for each in self.rounds])
        rows = VersionQuerySet(ProcedureVersion).filter(held)
        rows = rows.exclude(procedure__in=reviewed.values("procedure"))
        return rows if self.field is None else rows.filter(field=self.field)

    def _visible(self, user: User, review_round: ReviewRound) -> Q:
        return Q() if review_round in self.whole else branch(user, "holder")

    def _seen_by(self, user: User, prefix: str) -> Q:
        condition = Q(**{f"{prefix}round__in": [each.pk for each in self.rounds]})
        if len(self.whole) == len(self.rounds):
            return condition
        whole = Q(**{f"{prefix}round__in": [each.pk for each in self.whole]})
        return condition & (whole | branch(user, f"{prefix}agency"))

    def _of_field(self, prefix: str) -> Q:
        if self.field is None:
            return Q()
        return Q(**{f"{prefix}procedure_version__field": self.field})


def rounds_of(user: User) -> list[ReviewRound]:
    """Return the rounds that the person may see, oldest first."""
    rows = ReviewRound.objects.visible_to(user).order_by("opened_on", "pk")
    return list(
        rows.select_related(
            "agency", "round__programme__agency", "round__programme__counting_setting"
        )
    )


def whole_of(programme: Programme, on: date) -> Scope:
    """Return all rounds of a programme that had begun by a day, whoever sees them."""
    begun = ReviewRound.objects.filter(round__programme=programme, opened_on__lte=on)
    rounds = list(begun.order_by("opened_on", "pk").select_related("agency", "round"))
    setting = CountingSetting.objects.filter(programme=programme).first()
    return Scope(programme, rounds, rounds, on, None, setting)


def scope_of(user: User, rounds: Sequence[ReviewRound], asked: Asked, today: date) -> Scope | None:
    """
    Return what is asked for: a round, or all of a programme; unsaid, the round that runs, else the
    last one. None where the person sees none.
    """
    chosen = _chosen(rounds, asked)
    if len(chosen) > 1:  # together counts what had begun by the day
        chosen = [each for each in chosen if each.opened_on <= asked.on(today)] or chosen[:1]
    if not chosen:
        return None
    programme = chosen[0].round.programme
    return Scope(
        programme=programme,
        rounds=chosen,
        whole=[e for e in chosen if user.access.allows(Permission.SEE, e.agency.path or "/")],
        on=asked.on(today),
        field=asked.field,
        setting=getattr(programme, "counting_setting", None),
    )


def _chosen(rounds: Sequence[ReviewRound], asked: Asked) -> list[ReviewRound]:
    if asked.programme is not None:
        return [each for each in rounds if each.round.programme_id == asked.programme]
    if asked.round is not None:
        return [each for each in rounds if each.pk == asked.round]
    running = [each for each in rounds if each.closed_on is None]
    return list(running or rounds)[-1:]


def choices(rounds: Sequence[ReviewRound], chosen: Scope | None) -> list[tuple[str, str, bool]]:
    """Return the rounds, newest first, and the programmes of several, as a filter offers them."""
    shown = chosen.rounds if chosen else ()
    found = [(str(e.pk), str(e), list(shown) == [e]) for e in reversed(rounds)]
    programmes = {each.round.programme_id: each.round.programme for each in rounds}
    for key, programme in programmes.items():
        if sum(each.round.programme_id == key for each in rounds) > 1:
            current = len(shown) > 1 and shown[0].round.programme_id == key
            found.append((f"{PROGRAMME}{key}", f"Cộng dồn các đợt: {programme}", current))
    return found
