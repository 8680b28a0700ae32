"""Where django-allauth asks us: what is recorded, what is refused, in which words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tinhgon.apps.accounts import actions
from tinhgon.apps.accounts.models import User
from tinhgon.common import clock

_WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
_METHODS = {
    "password": "mật khẩu",
    "mfa": "bước xác thực thứ hai",
    "socialaccount": "đăng nhập một lần (SSO)",
}
# The letters that allauth sends on a change of the second factor, and what the trail calls it.
_SECOND_FACTOR = {
    "mfa/email/totp_activated": "accounts.totp_added",
    "mfa/email/totp_deactivated": "accounts.totp_removed",
    "mfa/email/webauthn_added": "accounts.key_added",
    "mfa/email/webauthn_removed": "accounts.key_removed",
    "mfa/email/recovery_codes_generated": "accounts.recovery_codes_made",
}
LOCKOUT_SECONDS = 5 * 60


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đã ngừng sử dụng.",
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "incorrect_password": "Mật khẩu không đúng.",
        "enter_current_password": "Mật khẩu hiện tại không đúng.",
        "incorrect_code": "Mã không đúng.",
        "invalid_password_reset": "Liên kết đặt lại mật khẩu không còn dùng được.",
        "too_many_login_attempts": (
            "Đăng nhập sai quá nhiều lần. Tài khoản tạm khóa 5 phút; "
            "sau đó hãy thử lại hoặc dùng “Quên mật khẩu”."
        ),
        "rate_limited": "Thao tác quá nhanh. Hãy đợi một phút rồi thử lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            login = str(credentials.get("email") or credentials.get("username") or "")
            # Once for each time it is closed, not for each knock at the closed door.
            if cache.add(f"lockout:{login.lower()}", 1, LOCKOUT_SECONDS):
                actions.record_lockout(login=login, at=clock.now())
            raise

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        records = request.session.get("account_authentication_methods", [])
        words = [_METHODS.get(record["method"], record["method"]) for record in records]
        method = ", ".join(dict.fromkeys(words))
        actions.record_sign_in(user=user, method=method, at=clock.now())
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def set_password(self, user: User, password: str) -> None:
        actions.set_password(user=user, password=password, by=user, at=clock.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        kind = _SECOND_FACTOR.get(template_prefix)
        if kind:
            actions.record_second_factor(user=user, kind=kind, at=clock.now())
        if user.email:
            shown = {"person": user, "at": clock.now(), **(context or {})}
            super().send_notification_mail(template_prefix, user, shown, email=user.email)

    def get_reset_password_from_key_url(self, key: str) -> str:
        # Not built from the request: whoever asks must not choose the address in the letter.
        path: str = super().get_reset_password_from_key_url(key)
        return settings.SITE_URL + path[path.index("/", len("https://")) :]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"site_url": settings.SITE_URL, **context})

    def format_email_subject(self, subject: str) -> str:
        return subject


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Mã không đúng. Hãy nhập mã đang hiện trong ứng dụng.",
        "cannot_delete_authenticator": "Không tắt được xác thực hai bước.",
        "cannot_generate_recovery_codes": "Hãy bật xác thực hai bước trước khi tạo mã dự phòng.",
    }

    def build_totp_svg(self, url: str) -> str:
        # On white: in dark mode a phone finds no black code on a dark page.
        svg: str = super().build_totp_svg(url)
        return svg.replace("<path", '<rect width="100%" height="100%" fill="#fff"/><path', 1)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Tinh Gọn"}

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 — allauth's
        count = Authenticator.objects.filter(user=user, type=type).count()
        return "Khóa chính" if count == 0 else f"Khóa dự phòng {count}"


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An outside identity opens the account of the same verified e-mail, and never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        # "connect" would tie any outside identity to whoever is signed in.
        if sociallogin.state.get("process") == "connect":
            raise PermissionDenied

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
