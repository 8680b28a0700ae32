"""What is done to a batch: each a POST that leads back to its page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.intake import actions, policies
from tinhgon.apps.intake.enums import BatchKind, Choice, Verdict
from tinhgon.apps.intake.forms import ChooseForm, MissingForm, VersionForm, WriteForm
from tinhgon.apps.intake.models import Batch
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.search import actions as search
from tinhgon.common import clock
from tinhgon.common.http import whole_number
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.vntext import format_number

from ._words import NOT_NOW, STALE
from .batch import page
from .loading import batch_or_404


@require_POST
def advance(request: UserRequest, pk: int) -> HttpResponse:
    """Compare for about a second; htmx asks for the next second by itself."""
    batch = batch_or_404(request, pk)
    form = VersionForm(request.POST)
    failed = _attempt(
        request,
        batch,
        form,
        lambda seen: actions.advance(batch=batch, by=request.user, at=clock.now(), seen=seen),
    )
    if failed is not None:
        return failed
    if not request.htmx:
        return redirect(batch)
    if batch.compared < batch.total:
        return page(request, batch, fragment="#progress")
    response = HttpResponse()
    response["HX-Redirect"] = batch.get_absolute_url()
    return response


@require_POST
def again(request: UserRequest, pk: int) -> HttpResponse:
    batch = batch_or_404(request, pk)
    failed = _attempt(
        request,
        batch,
        VersionForm(request.POST),
        lambda seen: actions.read_again(batch=batch, by=request.user, at=clock.now(), seen=seen),
    )
    return failed or redirect(batch)


@require_POST
def fill(request: UserRequest, pk: int) -> HttpResponse:
    """Say of all rows at once what the decision does not tell of them."""
    batch = batch_or_404(request, pk)
    form = MissingForm(request.POST)

    def act(seen: int) -> None:
        action = form.cleaned_data["action"]
        actions.fill_missing(
            batch=batch,
            agency=form.cleaned_data["agency"],
            action=Action(action) if action else None,
            by=request.user,
            at=clock.now(),
            seen=seen,
        )

    failed = _attempt(request, batch, form, act)
    if failed is None:
        messages.success(request, "Đã bổ sung và đối chiếu lại các dòng chưa rõ.")
    return failed or redirect(batch)


@require_POST
def choose(request: UserRequest, pk: int) -> HttpResponse:
    """Take the choice for all rows of a verdict, or for each row named r<key>."""
    batch = batch_or_404(request, pk)
    form = ChooseForm(request.POST)
    failed = _attempt(request, batch, form, lambda seen: _choose(request, batch, form, seen))
    if failed is not None:
        return failed
    messages.success(request, "Đã lưu lựa chọn. Chưa ghi gì vào danh mục.")
    return redirect(f"{batch.get_absolute_url()}?{request.GET.urlencode()}")


def _choose(request: UserRequest, batch: Batch, form: ChooseForm, seen: int) -> None:
    verdict, choice = form.cleaned_data["verdict"], form.cleaned_data["choice"]
    if verdict and choice:
        actions.choose_verdict(
            batch=batch,
            verdict=Verdict(verdict),
            choice=Choice(choice),
            by=request.user,
            at=clock.now(),
            seen=seen,
        )
        return
    known = {each.value for each in Choice}
    choices = {
        key: Choice(value)
        for name, value in request.POST.items()
        if name.startswith("r") and (key := whole_number(name[1:])) and value in known
    }
    actions.choose_rows(batch=batch, choices=choices, by=request.user, at=clock.now(), seen=seen)


@require_POST
def write(request: UserRequest, pk: int) -> HttpResponse:
    batch = batch_or_404(request, pk)
    form = WriteForm(request.POST)
    count = 0

    def act(seen: int) -> None:
        nonlocal count
        count = actions.write_batch(
            batch=batch,
            stop_on_error=form.cleaned_data["stop_on_error"],
            as_proposals=form.cleaned_data["as_proposals"],
            by=request.user,
            at=clock.now(),
            seen=seen,
        )

    failed = _attempt(request, batch, form, act)
    if failed is None:
        messages.success(request, f"Đã ghi {format_number(count)} dòng vào danh mục.")
    return failed or redirect(batch)


@require_POST
def index(request: UserRequest, pk: int) -> HttpResponse:
    """Let written rows be found, for about a second; htmx asks for the next by itself."""
    batch = batch_or_404(request, pk)
    policies.check_receive(request.user, BatchKind(batch.kind), batch.agency)
    search.catch_up(seconds=1.0)
    return page(request, batch, fragment="#indexing") if request.htmx else redirect(batch)


@require_POST
def undo(request: UserRequest, pk: int) -> HttpResponse:
    batch = batch_or_404(request, pk)
    failed = _attempt(
        request,
        batch,
        VersionForm(request.POST),
        lambda seen: actions.undo_batch(batch=batch, by=request.user, at=clock.now(), seen=seen),
    )
    if failed is None:
        messages.success(request, "Đã hoàn tác cả đợt nhập. Danh mục trở lại như trước khi ghi.")
    return failed or redirect(batch)


@require_POST
def discard(request: UserRequest, pk: int) -> HttpResponse:
    batch = batch_or_404(request, pk)
    failed = _attempt(
        request,
        batch,
        VersionForm(request.POST),
        lambda seen: actions.discard_batch(batch=batch, by=request.user, at=clock.now(), seen=seen),
    )
    if failed is not None:
        return failed
    messages.success(request, "Đã bỏ đợt nhập. Danh mục không thay đổi.")
    return redirect("intake:list")


def _attempt(
    request: UserRequest, batch: Batch, form: VersionForm, act: Callable[[int], object]
) -> HttpResponse | None:
    """Make the change; return the page that says why not, where it could not be made."""
    policies.check_receive(request.user, BatchKind(batch.kind), batch.agency)
    status = 422
    if not form.is_valid():
        error = " ".join(str(each) for errors in form.errors.values() for each in errors)
    else:
        try:
            act(form.cleaned_data["version"])
        except StaleObject:
            error, status = STALE, 409
        except IllegalMove:
            error, status = NOT_NOW, 409
        except (actions.Refused, actions.SheetUnreadable) as e:
            error = str(e)
        except actions.Outdated as e:
            error, status = _outdated(e), 409
        except actions.Touched as e:
            error = _touched(e)
        else:
            return None
    fresh = batch_or_404(request, batch.pk)
    status = 422 if request.htmx else status  # what htmx shows
    return page(
        request, fresh, status=status, error=error, fragment="#progress" if request.htmx else ""
    )


def _outdated(e: actions.Outdated) -> str:
    return (
        f"Danh mục vừa thay đổi nên {e.count} dòng có kết quả đối chiếu khác. "
        "Chưa ghi dòng nào; xem các dòng ở mục “Vừa đổi kết quả” rồi ghi lại."
    )


def _touched(e: actions.Touched) -> str:
    more = f" và {e.count - len(e.names)} dòng khác" if e.count > len(e.names) else ""
    return (
        "Không hoàn tác được vì đã có người sửa, chuyển bước hoặc dùng tiếp kết quả của: "
        f"{'; '.join(e.names)}{more}."
    )
