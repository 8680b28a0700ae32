from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts import actions, forms, queries
from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.accounts.models import Position, User
from tinhgon.common import clock
from tinhgon.common.models import StaleObject
from tinhgon.domain.access import Permission

STALE = "Người khác vừa sửa thông tin này. Hãy xem lại rồi sửa tiếp."
LAST = "Đây là người quản trị cuối cùng của toàn hệ thống. Hãy giao cho người khác trước."


def _require_manager(request: UserRequest) -> None:
    if not request.user.access.paths(Permission.MANAGE_PEOPLE):
        raise PermissionDenied


def _person_or_404(request: UserRequest, pk: int) -> User:
    try:
        return queries.get_visible_person(user=request.user, pk=pk)
    except User.DoesNotExist:
        raise Http404 from None


def _position_or_404(request: UserRequest, person: User, pk: int) -> Position:
    try:
        return queries.get_visible_position(user=request.user, person=person, pk=pk)
    except Position.DoesNotExist:
        raise Http404 from None


def _tried(form: Form, action: Callable[[], object]) -> bool:
    """Run the action, and put what it refuses beside the fields; return whether it went through."""
    try:
        action()
    except actions.InvalidPerson as e:
        for field, texts in e.errors.items():
            for text in texts:
                form.add_error(field if field in form.fields else None, text)
    except actions.AlreadyHeld:
        form.add_error("role", "Người này đang giữ vai trò đó tại cơ quan đã chọn.")
    except actions.WrongDay as e:
        form.add_error("on" if "on" in form.fields else "started_on", str(e))
    except actions.LastAdministrator:
        form.add_error(None, LAST)
    except StaleObject:
        form.add_error(None, STALE)
    return not form.errors


def _form_page(
    request: UserRequest, form: Form, *, title: str, button: str, person: User | None = None
) -> HttpResponse:
    context = {"form": form, "heading": title, "button": button, "person_shown": person}
    status = 422 if form.errors else 200
    return render(request, "accounts/person_form.html", context, status=status)


@require_safe
def people_list(request: UserRequest) -> HttpResponse:
    _require_manager(request)
    wanted = queries.PeopleFilter(
        words=request.GET.get("q", "").strip()[:100],
        role=request.GET.get("role", ""),
        agency=request.GET.get("agency", ""),
        state=request.GET.get("state", ""),
    )
    context = queries.people_page(
        user=request.user, page=request.GET.get("page", "1"), wanted=wanted, on=clock.today()
    )
    return render(request, "accounts/people_list.html", {**context})


@require_safe
def person_detail(request: UserRequest, pk: int) -> HttpResponse:
    person = _person_or_404(request, pk)
    context = queries.person_page(user=request.user, person=person)
    return render(request, "accounts/person_detail.html", {**context})


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: UserRequest) -> HttpResponse:
    _require_manager(request)
    form = forms.InviteForm(
        request.POST or None, user=request.user, initial={"started_on": clock.today()}
    )
    if form.is_valid():
        data, at = form.cleaned_data, clock.now()
        if _tried(form, lambda: actions.invite_person(**data, by=request.user, at=at)):
            messages.success(request, f"Đã gửi thư mời tới {data['email']}.")
            return redirect("accounts:list")
    return _form_page(request, form, title="Mời người dùng", button="Gửi thư mời")


@require_http_methods(["GET", "HEAD", "POST"])
def invite_many(request: UserRequest) -> HttpResponse:
    """Invite all people of a list, or none."""
    _require_manager(request)
    form = forms.RosterForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            missed = actions.invite_people(
                invitations=form.invitations, by=request.user, at=clock.now()
            )
        except actions.InvalidLine as e:
            form.refuse(e.place, str(e))
        else:
            messages.success(request, f"Đã mời {len(form.invitations)} người.")
            if missed:
                names = ", ".join(person.full_name for person in missed)
                messages.warning(
                    request,
                    f"Chưa gửi được thư mời tới: {names}. Mở tên từng người, gửi lại thư mời.",
                )
            return redirect("accounts:list")
    return _form_page(request, form, title="Mời nhiều người", button="Gửi các thư mời")


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: UserRequest, pk: int) -> HttpResponse:
    person = _person_or_404(request, pk)
    initial = {
        "full_name": person.full_name,
        "email": person.email,
        "phone": person.phone,
        "version": person.version,
    }
    form = forms.EditPersonForm(request.POST or None, initial=initial)
    if form.is_valid():
        data, at = form.cleaned_data, clock.now()
        if _tried(
            form, lambda: actions.change_person(person=person, **data, by=request.user, at=at)
        ):
            messages.success(request, "Đã lưu.")
            return redirect(person)
    return _form_page(request, form, title="Sửa thông tin người dùng", button="Lưu", person=person)


@require_http_methods(["GET", "HEAD", "POST"])
def position_give(request: UserRequest, pk: int) -> HttpResponse:
    person = _person_or_404(request, pk)
    form = forms.PositionForm(
        request.POST or None, user=request.user, initial={"started_on": clock.today()}
    )
    if form.is_valid():
        data, at = form.cleaned_data, clock.now()
        if _tried(
            form, lambda: actions.give_position(person=person, **data, by=request.user, at=at)
        ):
            messages.success(request, "Đã giao vị trí công tác.")
            return redirect(person)
    return _form_page(
        request, form, title="Giao thêm vị trí công tác", button="Giao", person=person
    )


@require_http_methods(["GET", "HEAD", "POST"])
def position_move(request: UserRequest, pk: int, position_pk: int) -> HttpResponse:
    person = _person_or_404(request, pk)
    position = _position_or_404(request, person, position_pk)
    initial = {
        "role": position.role,
        "title": position.title,
        "started_on": clock.today(),
        "version": position.version,
    }
    form = forms.MoveForm(request.POST or None, user=request.user, initial=initial)
    if form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        data["on"] = data.pop("started_on")
        at = clock.now()
        if _tried(
            form, lambda: actions.move_position(position=position, **data, by=request.user, at=at)
        ):
            messages.success(request, "Đã điều chuyển.")
            return redirect(person)
    return _form_page(
        request,
        form,
        title=f"Điều chuyển khỏi {position.agency}",
        button="Điều chuyển",
        person=person,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def position_end(request: UserRequest, pk: int, position_pk: int) -> HttpResponse:
    person = _person_or_404(request, pk)
    position = _position_or_404(request, person, position_pk)
    form = forms.EndForm(request.POST or None, position=position)
    if form.is_valid():
        data, at = form.cleaned_data, clock.now()
        if _tried(
            form, lambda: actions.end_position(position=position, **data, by=request.user, at=at)
        ):
            messages.success(request, "Đã kết thúc vị trí công tác.")
            return redirect(person)
    return _form_page(
        request,
        form,
        title=f"Kết thúc vị trí {position.role}, {position.agency}",
        button="Kết thúc",
        person=person,
    )


@require_POST
def person_deactivate(request: UserRequest, pk: int) -> HttpResponseRedirect:
    person = _person_or_404(request, pk)
    return _change_state(
        request,
        person,
        lambda data: actions.deactivate_person(
            person=person, **data, by=request.user, at=clock.now()
        ),
        "Đã ngừng tài khoản.",
    )


@require_POST
def person_reactivate(request: UserRequest, pk: int) -> HttpResponseRedirect:
    person = _person_or_404(request, pk)
    return _change_state(
        request,
        person,
        lambda data: actions.reactivate_person(
            person=person, version=data["version"], by=request.user, at=clock.now()
        ),
        "Tài khoản dùng lại được.",
    )


def _change_state(
    request: UserRequest, person: User, action: Callable[[dict[str, Any]], object], done: str
) -> HttpResponseRedirect:
    form = forms.StateForm(request.POST)
    if form.is_valid() and _tried(form, lambda: action(form.cleaned_data)):
        messages.success(request, done)
    else:
        for text in form.non_field_errors() or ["Chưa gửi đủ thông tin. Hãy tải lại trang."]:
            messages.error(request, str(text))
    return redirect(person)


@require_POST
def invitation_send(request: UserRequest, pk: int) -> HttpResponseRedirect:
    person = _person_or_404(request, pk)
    actions.send_invitation(person=person, by=request.user, at=clock.now())
    messages.success(request, f"Đã gửi thư mời tới {person.email}.")
    return redirect(person)
