from __future__ import annotations

from tinhgon.apps.accounts.models import User
from tinhgon.apps.difficulties.models import Difficulty, DifficultyFile, DifficultyStep
from tinhgon.domain.access import Permission

_RELATED = (
    "agency__parent",
    "holder__parent",
    "raised_by",
    "guidance",
)


def get_visible_difficulty(*, user: User, pk: int) -> Difficulty:
    """
    Return the difficulty, if the person may see it: his branch's, one that came to it, or what is
    guidance to all units.

    :raises Difficulty.DoesNotExist: also when it exists but is hidden from the person.
    """
    return Difficulty.objects.visible_to(user).select_related(*_RELATED).get(pk=pk)


def get_visible_file(*, user: User, pk: int, file: int) -> DifficultyFile:
    """
    Return a file that bears a difficulty out; what is guidance to all shows them to its own only.

    :raises DifficultyFile.DoesNotExist: also when it exists but is hidden from the person.
    """
    own = Difficulty.objects.own_to(user).filter(pk=pk)
    return DifficultyFile.objects.select_related("file").get(pk=file, difficulty__in=own)


def get_visible_step(*, user: User, pk: int, step: int) -> DifficultyStep:
    """
    Return a step with its paper; of a guidance to all units everybody sees that of the answer.

    :raises DifficultyStep.DoesNotExist: also when it exists but is hidden from the person.
    """
    found = DifficultyStep.objects.select_related("document__file").get(
        pk=step, difficulty=pk, difficulty__in=Difficulty.objects.visible_to(user)
    )
    is_answer = Difficulty.objects.filter(pk=pk, is_guidance=True, answer=found).exists()
    if not is_answer and not Difficulty.objects.own_to(user).filter(pk=pk).exists():
        raise DifficultyStep.DoesNotExist
    return found


def steps_of(difficulty: Difficulty) -> list[DifficultyStep]:
    """Return the trail of a difficulty in order, with all that its page shows of each step."""
    related = ("station", "holder", "agency", "by", "document__file")
    rows = difficulty.steps.select_related(*related)
    return list(rows.defer("document__text", "document__folded"))


def sees_whole(user: User, difficulty: Difficulty, steps: list[DifficultyStep]) -> bool:
    """Return whether the person sees more of it than what all units may read as guidance."""
    paths = user.access.paths(Permission.SEE)
    places = [difficulty.agency, *(place for s in steps for place in (s.holder, s.station))]
    return any((place.path or "/").startswith(paths) for place in places)
