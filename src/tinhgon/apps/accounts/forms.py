from __future__ import annotations

from typing import Any, cast

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from tinhgon.apps.agencies.models import Agency
from tinhgon.common import clock
from tinhgon.domain.vntext import format_date
from tinhgon.ui.forms import DateField

from . import queries
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
