"""One review: its questions saved as they are answered, its outcome, files and suggestions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.http import send_file
from tinhgon.apps.reviews import actions, policies, queries
from tinhgon.apps.reviews.enums import Move, Outcome
from tinhgon.apps.reviews.forms import (
    ChooseForm,
    ConcludeForm,
    DisproveForm,
    JudgeForm,
    ProveForm,
    read_written,
)
from tinhgon.apps.reviews.models import Evidence, Review
from tinhgon.apps.reviews.queries import page
from tinhgon.common import clock
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.reviewing import Answer

from .kinds import KINDS
from .loading import TOO_LATE, review_or_404

_TABS = (
    ("", "Phiếu rà soát"),
    ("goi-y", "Gợi ý"),
    ("so-sanh", "So với cơ quan khác"),
    ("lich-su", "Lịch sử"),
)


@require_safe
def review_detail(request: UserRequest, pk: int) -> HttpResponse:
    return page_of(request, review_or_404(request, pk))


def page_of(
    request: UserRequest,
    review: Review,
    *,
    problem: str = "",
    typed: dict[str, tuple[Answer, str]] | None = None,
    tab: str | None = None,
) -> HttpResponse:
    """Answer with the whole page; 422 where there is a problem to show."""
    tab = request.GET.get("phan", "") if tab is None else tab
    tab = tab if tab in dict(_TABS) else ""
    context = page.review_page(
        user=request.user, review=review, tab=tab, today=clock.today(), typed=typed
    )
    counts = {"goi-y": context["sheet"].waiting or None}
    tabs = [
        {
            "label": label,
            "url": f"{review.get_absolute_url()}?phan={key}" if key else review.get_absolute_url(),
            "current": key == tab,
            "count": counts.get(key),
        }
        for key, label in _TABS
    ]
    return render(
        request,
        "reviews/review.html",
        {
            **context,
            "problem": problem,
            **_moves(request, review, context["standing"]),
            "tabs": tabs,
        },
        status=422 if problem else 200,
    )


def _moves(request: UserRequest, review: Review, standing: page.Standing) -> dict[str, Any]:
    """Return the moves that the person may make now, each with its address."""
    hidden = {Move.RENEW} if standing.holds or not standing.newer else {Move.LAPSE}
    hidden |= {Move.LAPSE} if standing.holds else {Move.FINISH, Move.CONFIRM, Move.CHECK}
    kinds = [
        kind
        for kind in KINDS.values()
        if kind.move not in hidden and policies.can(request.user, kind.move, review)
    ]
    return {
        "moves": [(kind, reverse(f"reviews:{kind.name}", args=[review.pk])) for kind in kinds],
        "reasoned": any(kind.wants_reason for kind in kinds),
    }


@require_POST
def write(request: UserRequest, pk: int) -> HttpResponse:
    """Save answers: one as it is left (htmx), or those of a section (its button)."""
    review = review_or_404(request, pk)
    policies.check_part(request.user, Move.WRITE, review)
    written = read_written(request.POST)
    try:
        result = actions.write_answers(
            review=review, written=written, by=request.user, at=clock.now()
        )
    except actions.StaleObject:
        return _unsaved(request, pk, TOO_LATE.stale)
    except IllegalMove:
        return _unsaved(request, pk, TOO_LATE.illegal)
    if request.htmx:
        return _saved(request, pk, result.saved | result.clashed, result.refused)
    section = request.POST.get("section", "")
    if result.refused:
        typed = {
            each.key: (Answer(each.value, each.reason), result.refused[each.key])
            for each in written
            if each.key in result.refused
        }
        problem = "Có câu chưa lưu được, xem lời nhắc ở từng câu. Các câu khác đã lưu."
        return page_of(request, review_or_404(request, pk), problem=problem, typed=typed, tab="")
    if result.clashed:
        messages.warning(request, "Người khác vừa trả lời khác ở vài câu. Chọn một câu trả lời.")
    else:
        messages.success(request, "Đã lưu.")
    known = {each.id for each in review.round.questionnaire.form.sections}
    anchor = f"#phan-{section}" if section in known else ""
    return redirect(f"{review.get_absolute_url()}{anchor}")


def _unsaved(request: UserRequest, pk: int, problem: str) -> HttpResponse:
    if request.htmx:
        return _not_saved(request, problem)
    return page_of(request, review_or_404(request, pk), problem=problem, tab="")


def _not_saved(request: UserRequest, problem: str) -> HttpResponse:
    return render(request, "reviews/_unsaved.html", {"problem": problem}, status=422)


def _saved(request: UserRequest, pk: int, keys: set[str], refused: dict[str, str]) -> HttpResponse:
    """Answer an autosave: what changed around the inputs, never the inputs that one types in."""
    review = review_or_404(request, pk)
    known = queries.known_of(review, today=clock.today())
    answers = queries.answers_of(review, known)
    sheet = page.sheet_of(review, known, answers, typed={})
    context = {
        "review": review,
        "sheet": sheet,
        "saved": page.saved_rows(sheet, {*keys, *refused}, refused),
        "dependent": page.dependent_rows(sheet, keys),
        "around": page.rows_around(sheet, keys),
        "can_write": True,
        "now": clock.now(),
        **_moves(request, review, page.standing_of(review, clock.today())),
    }
    return render(request, "reviews/_saved.html", context)


@require_POST
def choose(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    policies.check_part(request.user, Move.WRITE, review)
    form = ChooseForm(request.POST)
    if not form.is_valid():
        return page_of(request, review, problem="Tải lại trang rồi chọn lại.", tab="")
    refused = TOO_LATE.refusal(
        lambda: actions.choose(
            review=review,
            key=form.cleaned_data["key"],
            written_at=form.cleaned_data["written_at"],
            taken=form.cleaned_data["taken"],
            by=request.user,
            at=clock.now(),
        )
    )
    if refused:
        return page_of(request, review_or_404(request, pk), problem=str(refused), tab="")
    messages.success(request, "Đã chọn câu trả lời.")
    return redirect(review)


@require_POST
def conclude(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    policies.check_part(request.user, Move.WRITE, review)
    form = ConcludeForm(request.POST)
    if not form.is_valid():
        problem = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _not_concluded(request, pk, form, problem)
    concluded = actions.Concluded(**form.cleaned_data)
    refused = TOO_LATE.refusal(
        lambda: actions.conclude(
            review=review, concluded=concluded, by=request.user, at=clock.now()
        )
    )
    if refused:
        return _not_concluded(request, pk, form, str(refused))
    if request.htmx:
        return _concluded(request, pk)
    messages.success(request, "Đã lưu kết quả rà soát.")
    return redirect(f"{review.get_absolute_url()}#ket-qua")


def _not_concluded(request: UserRequest, pk: int, form: ConcludeForm, problem: str) -> HttpResponse:
    """Tell what is wrong, beside what was typed."""
    if request.htmx:
        return _not_saved(request, problem)
    fresh = review_or_404(request, pk)
    outcome = form.data.get("outcome", "")
    fresh.outcome = outcome if outcome in set(Outcome) else ""
    fresh.outcome_reason = form.data.get("reason", "")
    return page_of(request, fresh, problem=problem, tab="")


def _concluded(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    known = queries.known_of(review, today=clock.today())
    sheet = page.sheet_of(review, known, queries.answers_of(review, known), typed={})
    context = {
        "review": review,
        "sheet": sheet,
        "conclusion_stamp": queries.conclusion_stamp(review),
        "now": clock.now(),
        **_moves(request, review, page.standing_of(review, clock.today())),
    }
    return render(request, "reviews/_concluded.html", context)


@require_POST
def judge(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    policies.check_part(request.user, Move.WRITE, review)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return page_of(request, review, problem="Tải lại trang rồi chọn lại.", tab="goi-y")
    refused = TOO_LATE.refusal(lambda: _judge(request, review, form.cleaned_data))
    if refused:
        return page_of(request, review_or_404(request, pk), problem=str(refused), tab="goi-y")
    return redirect(f"{review.get_absolute_url()}?phan=goi-y")


def _judge(request: UserRequest, review: Review, typed: dict[str, Any]) -> None:
    by, at = request.user, clock.now()
    if typed["decision"] == "reopen":
        actions.reopen(review=review, verdict=typed["verdict"] or 0, by=by, at=at)
        return
    actions.judge(
        review=review,
        rule=typed["rule"],
        target=typed["target"],
        accepted=typed["decision"] == "accept",
        reason=typed["reason"],
        by=by,
        at=at,
    )


@require_POST
def prove(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    policies.check_part(request.user, Move.WRITE, review)
    form = ProveForm(request.POST, request.FILES)
    if not form.is_valid():
        return page_of(request, review, problem="Chọn tệp cần đính kèm.", tab="")
    refused: Exception | None
    try:
        refused = TOO_LATE.refusal(
            lambda: actions.prove(
                review=review,
                question=form.cleaned_data["question"],
                upload=actions.Upload.of(form.cleaned_data["file"]),
                by=request.user,
                at=clock.now(),
            )
        )
    except actions.FileRefused as e:
        refused = e
    if refused is None:
        messages.success(request, "Đã đính kèm tài liệu.")
        return redirect(f"{review.get_absolute_url()}#tai-lieu")
    return page_of(request, review_or_404(request, pk), problem=str(refused), tab="")


@require_POST
def disprove(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    policies.check_part(request.user, Move.WRITE, review)
    form = DisproveForm(request.POST)
    key = form.cleaned_data["evidence"] if form.is_valid() else 0
    evidence = review.evidence.filter(pk=key).first()
    if evidence is None:
        return page_of(request, review, problem="Tài liệu này đã được gỡ.", tab="")
    refused = TOO_LATE.refusal(
        lambda: actions.withdraw(evidence=evidence, review=review, by=request.user, at=clock.now())
    )
    if refused:
        return page_of(request, review_or_404(request, pk), problem=str(refused), tab="")
    messages.success(request, "Đã gỡ tài liệu.")
    return redirect(f"{review.get_absolute_url()}#tai-lieu")


@require_safe
def evidence_file(request: UserRequest, pk: int) -> FileResponse:
    try:
        evidence = queries.get_visible_evidence(user=request.user, pk=pk)
    except Evidence.DoesNotExist:
        raise Http404 from None
    return send_file(evidence.file)
