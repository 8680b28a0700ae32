from __future__ import annotations

from typing import Any, cast

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from tinhgon.apps.agencies.models import Agency
from tinhgon.common import clock
from tinhgon.domain.vntext import fold, format_date
from tinhgon.ui.forms import DateField

from . import queries
from .actions import Invitation
from .models import Position, Role, User


class _Worded:
    """Puts our words over allauth's: label and help by the name of the field."""

    words: dict[str, tuple[str, str]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text
            field.widget.attrs.pop("placeholder", None)


_RULE = "Ít nhất 10 ký tự, không trùng tên hay địa chỉ thư, không phải mật khẩu phổ biến."


class LoginForm(_Worded, account.LoginForm):  # type: ignore[misc]
    words = {
        "login": ("Tên đăng nhập hoặc địa chỉ thư", ""),
        "password": ("Mật khẩu", ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(autocomplete="username", autofocus=True)


class ResetPasswordForm(_Worded, account.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": ("Địa chỉ thư", "Địa chỉ thư công vụ đã khai trong tài khoản.")}


class ResetPasswordKeyForm(_Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words = {"password1": ("Mật khẩu mới", _RULE), "password2": ("Nhập lại mật khẩu mới", "")}


class ChangePasswordForm(_Worded, account.ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": ("Mật khẩu hiện tại", ""),
        "password1": ("Mật khẩu mới", _RULE),
        "password2": ("Nhập lại mật khẩu mới", ""),
    }


class SetPasswordForm(_Worded, account.SetPasswordForm):  # type: ignore[misc]
    words = {"password1": ("Mật khẩu", _RULE), "password2": ("Nhập lại mật khẩu", "")}


class ReauthenticateForm(_Worded, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": ("Mật khẩu", "")}


class SecondFactorForm(_Worded, mfa.AuthenticateForm):  # type: ignore[misc]
    words = {"code": ("Mã xác thực", "Mã 6 số trong ứng dụng, hoặc một mã dự phòng 8 số.")}


class SecondFactorAgainForm(_Worded, mfa.ReauthenticateForm):  # type: ignore[misc]
    words = {"code": ("Mã xác thực", "Mã 6 số trong ứng dụng, hoặc một mã dự phòng 8 số.")}


class ActivateTOTPForm(_Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": ("Mã 6 số trong ứng dụng", "")}


class AddKeyForm(_Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    words = {"name": ("Tên khóa", "Để phân biệt khi có nhiều khóa, ví dụ: Máy tính cơ quan.")}


class EditKeyForm(_Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": ("Tên khóa", "")}


class PersonForm(forms.Form):
    full_name = forms.CharField(label="Họ và tên", max_length=150)
    email = forms.EmailField(
        label="Địa chỉ thư",
        max_length=254,
        help_text="Nơi nhận thư mời, thư nhắc hạn và thư đặt lại mật khẩu.",
    )
    phone = forms.CharField(label="Điện thoại", max_length=30, required=False)


class EditPersonForm(PersonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class _Workplace(forms.ModelChoiceField[Agency]):
    """Where one will sit: an agency decided on for a later day is told with that day."""

    def label_from_instance(self, obj: Agency) -> str:
        label = obj.label_in_district
        later = obj.started_on > clock.today()
        return f"{label}, từ {format_date(obj.started_on)}" if later else label


class _PositionFields(forms.Form):
    role = forms.ModelChoiceField(label="Vai trò", queryset=Role.objects.all(), empty_label=None)
    agency = _Workplace(label="Cơ quan", queryset=Agency.objects.none())
    scope = _Workplace(
        label="Phạm vi",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Cơ quan đó và các cơ quan trực thuộc",
        help_text="Chỉ chọn khi rộng hơn cơ quan, ví dụ Văn phòng điều phối cả tỉnh.",
    )
    title = forms.CharField(label="Chức vụ", max_length=150, required=False)
    started_on = DateField(label="Từ ngày")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managed = queries.workplaces(user=user, on=clock.today())
        for name in ("agency", "scope"):
            cast("forms.ModelChoiceField[Agency]", self.fields[name]).queryset = managed


class PositionForm(_PositionFields):
    pass


class InviteForm(_PositionFields, PersonForm):
    username = forms.SlugField(
        label="Tên đăng nhập",
        max_length=150,
        help_text="Chữ thường không dấu, số, dấu gạch; ví dụ: nguyenvana.",
    )
    field_order = [
        "full_name",
        "username",
        "email",
        "phone",
        "role",
        "agency",
        "scope",
        "title",
        "started_on",
    ]


_MOST_INVITED = 50  # their letters go out while the page waits
_HEAD = fold("Họ và tên")
_CELLS = ("full_name", "username", "email", "role", "agency", "scope")


class RosterForm(forms.Form):
    """Many people at once: lines copied from a sheet, each as the form for one would take it."""

    text = forms.CharField(
        label="Danh sách người được mời",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=(
            "Chép từ Excel, mỗi dòng một người, các cột: họ và tên, tên đăng nhập, địa chỉ thư, "
            "vai trò, cơ quan, phạm vi (để trống nếu là cơ quan mình). Vai trò, cơ quan ghi như ở "
            f"trang Mời người dùng. Mỗi lần nhiều nhất {_MOST_INVITED} người."
        ),
        strip=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.invitations: list[Invitation] = []
        self._lines: list[str] = []  # how each line is called in messages

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        lines = [
            (number, [cell.strip() for cell in line.split("\t")])
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip() and fold(line.split("\t")[0]) != _HEAD
        ]
        if not lines:
            raise forms.ValidationError("Danh sách chưa có ai: dán ít nhất một dòng.")
        if len(lines) > _MOST_INVITED:
            raise forms.ValidationError(
                f"Danh sách có {len(lines)} người; mỗi lần nhiều nhất {_MOST_INVITED} người."
            )
        roles = {fold(role.name): role.pk for role in Role.objects.all()}
        agencies = _agencies_by_name(self._user)
        faults = [
            fault for number, cells in lines for fault in self._read(number, cells, roles, agencies)
        ]
        if faults:
            raise forms.ValidationError(faults)
        return text

    def _read(
        self,
        number: int,
        cells: list[str],
        roles: dict[str, int],
        agencies: dict[str, list[int]],
    ) -> list[str]:
        """Take one line in; return what is wrong with it."""
        typed = dict(zip(_CELLS, [*cells, *[""] * len(_CELLS)], strict=False))
        line = f"Dòng {number}" + (f" ({typed['full_name']})" if typed["full_name"] else "")
        data: dict[str, Any] = {**typed, "started_on": format_date(clock.today())}
        faults = []
        if typed["role"]:
            data["role"] = roles.get(fold(typed["role"]))
            if data["role"] is None:
                faults.append(f"{line}: không có vai trò “{typed['role']}”.")
        for name in ("agency", "scope"):
            found = agencies.get(fold(typed[name]), [])
            data[name] = found[0] if len(found) == 1 else None
            if len(found) > 1:
                faults.append(
                    f"{line}: có {len(found)} cơ quan tên “{typed[name]}”, ghi thêm (huyện)."
                )
            elif typed[name] and not found:
                faults.append(f"{line}: không có cơ quan “{typed[name]}”.")
        if faults:
            return faults
        form = InviteForm(data, user=self._user)
        if not form.is_valid():
            return [
                f"{line}, {form.fields[field].label}: {text}"
                for field, texts in form.errors.items()
                for text in texts
            ]
        self.invitations.append(cast("Invitation", form.cleaned_data))
        self._lines.append(line)
        return []

    def refuse(self, place: int, words: str) -> None:
        """Say why the person at the place (from 0) was not taken."""
        self.add_error("text", f"{self._lines[place]}: {words}")


def _agencies_by_name(user: User) -> dict[str, list[int]]:
    """Return the agencies to which `user` may give people, by each name that stands for them."""
    found: dict[str, list[int]] = {}
    for agency in queries.workplaces(user=user, on=clock.today()):
        for name in {fold(agency.name), fold(agency.label), fold(agency.label_in_district)}:
            found.setdefault(name, []).append(agency.pk)
    return found


class _ReasonFields(forms.Form):
    reason = forms.CharField(
        label="Lý do, căn cứ",
        max_length=500,
        required=False,
        help_text="Ví dụ: Quyết định số, ngày, tháng.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(_PositionFields, _ReasonFields):
    field_order = ["role", "agency", "scope", "title", "started_on", "reason", "version"]


class EndForm(_ReasonFields):
    on = DateField(label="Kết thúc từ ngày", help_text="Ngày đầu tiên không còn giữ vị trí này.")
    field_order = ["on", "reason", "version"]

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": position.version})
        super().__init__(*args, **kwargs)


class StateForm(_ReasonFields):
    """What closing or opening an account posts."""
