"""Writing a difficulty down, with answers that were given to others shown before it is sent."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.difficulties import actions, policies
from tinhgon.apps.difficulties.enums import Move
from tinhgon.apps.difficulties.forms import DifficultyForm
from tinhgon.apps.difficulties.forms.writing import MOST_PROCEDURES, initial_of
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries import choosing
from tinhgon.apps.difficulties.queries.choosing import Origin
from tinhgon.apps.difficulties.queries.guidance import like
from tinhgon.apps.difficulties.queries.names import named, seen_by
from tinhgon.common import clock
from tinhgon.common.http import whole_number

from .loading import TOO_LATE, difficulty_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def raise_difficulty(request: UserRequest) -> HttpResponse:
    """Write a difficulty down; what it was opened from (a procedure, a text) is taken over."""
    agencies = policies.raising_agencies(request.user)
    if not agencies:
        raise PermissionDenied
    origin = choosing.origin_of(request.GET.dict(), user=request.user)
    form = DifficultyForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        agencies=agencies,
        origin=origin,
        today=clock.today(),
        initial={
            "agency": agencies[0].pk,
            "procedures": origin.procedures,
            "texts": origin.texts,
            "due_on": choosing.usual_due(clock.today(), calendars.calendar()),
        },
    )
    if _looks_only(request):
        return _form_page(request, form, origin)
    if request.method == "POST" and form.is_valid():
        try:
            difficulty = actions.raise_difficulty(
                agency=form.cleaned_data["agency"],
                content=form.content(),
                uploads=form.uploads(),
                by=request.user,
                at=clock.now(),
            )
        except actions.Refused as e:
            form.add_error(e.field if e.field in form.fields else None, str(e))
        else:
            messages.success(request, f"Đã ghi {difficulty.code}. Thủ trưởng xem rồi gửi cấp trên.")
            return redirect(difficulty)
    return _form_page(request, form, origin)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponse:
    difficulty = difficulty_or_404(request, pk)
    policies.check_part(request.user, Move.EDIT, difficulty)
    if request.method != "POST" and not policies.can(request.user, Move.EDIT, difficulty):
        messages.warning(request, TOO_LATE.illegal)
        return redirect(difficulty)
    origin = Origin(
        assignment=difficulty.assignment,
        plan_item=difficulty.plan_item,
        legal_change=difficulty.legal_change,
    )
    form = DifficultyForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        agencies=[difficulty.agency],
        origin=origin,
        today=clock.today(),
        initial=initial_of(difficulty),
    )
    if not _looks_only(request) and form.is_bound and form.is_valid():
        seen = form.cleaned_data["version"] or 0
        if TOO_LATE.attempt(
            form,
            lambda: actions.edit_difficulty(
                difficulty=difficulty,
                content=form.content(),
                uploads=form.uploads(),
                dropped=form.dropped(),
                by=request.user,
                at=clock.now(),
                seen=seen,
            ),
            on=difficulty,
        ):
            messages.success(request, "Đã lưu nội dung.")
            return redirect(difficulty)
    return _form_page(request, form, origin, difficulty)


def _looks_only(request: UserRequest) -> bool:
    """Whether a button only looked something up, without JavaScript; nothing is saved."""
    return request.method == "POST" and bool({"look", "find"} & request.POST.keys())


def _sent(request: UserRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _typed(request: UserRequest) -> str:
    sent = _sent(request)
    return f"{sent.get('title', '')} {sent.get('description', '')}"


def _ticked(request: UserRequest) -> list[int]:
    keys = _sent(request).getlist("procedures")
    return [int(key) for key in keys if whole_number(key) is not None][:MOST_PROCEDURES]


def _form_page(
    request: UserRequest,
    form: DifficultyForm,
    origin: Origin,
    difficulty: Difficulty | None = None,
) -> HttpResponse:
    chosen, words = form.chosen(), request.POST.get("find_words", "")
    looks = _looks_only(request)
    names = named(chosen, among=seen_by(request.user)) if chosen else {}
    if looks:
        form.errors.clear()
    context = {
        "form": form,
        "origin": origin,
        "difficulty": difficulty,
        "files": list(difficulty.files.select_related("file")) if difficulty else [],
        "chosen": [names[pk] for pk in chosen if pk in names],
        "found": choosing.procedures_found(words, user=request.user, besides=chosen),
        "find_words": words,
        "like": like(_typed(request), procedures=chosen) if form.is_bound else [],
        "looked": looks and "look" in request.POST,
    }
    status = 422 if form.is_bound and not looks else 200
    return render(request, "difficulties/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def similar(request: UserRequest) -> HttpResponse:
    """
    Show answers given to all units that speak of the same, as a piece of a page: of what is typed,
    which is sent as a form for its length, or (vuong-mac=its key) of a difficulty, with a button
    that applies each.
    """
    if not policies.may_raise_anywhere(request.user):
        raise PermissionDenied
    key = whole_number(request.GET.get("vuong-mac", ""))
    difficulty = difficulty_or_404(request, key) if key is not None else None
    if difficulty is None:
        rows = like(_typed(request), procedures=_ticked(request))
    else:
        said = f"{difficulty.title} {difficulty.description}"
        own = list(difficulty.procedures.values_list("pk", flat=True))
        rows = like(said, procedures=own, besides=difficulty.pk)
    can_apply = difficulty is not None and policies.can(request.user, Move.APPLY, difficulty)
    context = {"like": rows, "difficulty": difficulty, "can_apply": can_apply, "looked": True}
    piece, page = "difficulties/_similar.html", "difficulties/similar.html"
    return render(request, piece if request.htmx else page, context)


@require_http_methods(["GET", "HEAD", "POST"])
def procedures(request: UserRequest) -> HttpResponse:
    """
    Show the procedures whose name has the words, to be ticked, as a piece of the form. Those that
    are ticked come along, so that it is sent as a form.
    """
    if not policies.may_raise_anywhere(request.user):
        raise PermissionDenied
    words = _sent(request).get("find_words", "")
    found = choosing.procedures_found(words, user=request.user, besides=_ticked(request))
    context = {"found": found, "find_words": words}
    return render(request, "difficulties/_found.html", context)
