from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tests.apps.accounts.security_key import SecurityKey
from tests.conftest import StrictClient
from tests.factories import make_agency, make_user
from tests.factories.people import PASSWORD
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event

pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/dang-nhap/"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return make_user(make_agency("Sở Nội vụ"), name="Người Thử")


def sign_in(client: StrictClient, login: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": login, "password": password})


def sign_in_and_confirm(client: StrictClient, user: User) -> None:
    """Sign in and type the password once more, as whoever changes the second factor must."""
    sign_in(client, user.username)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def kinds() -> list[str]:
    return list(Event.objects.order_by("number").values_list("kind", flat=True))


def is_in(client: StrictClient) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("field", ["username", "email"])
def test_a_person_comes_in_by_username_or_email(
    field: str, client: StrictClient, user: User
) -> None:
    response = sign_in(client, getattr(user, field).upper())

    assert response.status_code == 302
    assert response["Location"] == reverse("home")
    assert is_in(client)
    assert kinds() == ["accounts.signed_in"]
    assert Event.objects.get().changes[0]["to"] == "mật khẩu"


def test_a_wrong_password_is_told_in_vietnamese_without_saying_which(
    client: StrictClient, user: User
) -> None:
    known = sign_in(client, user.username, "sai-mat-khau")
    unknown = sign_in(client, "khong-co-ai", "sai-mat-khau")

    for response in (known, unknown):
        assert "Tên đăng nhập hoặc mật khẩu không đúng." in response.content.decode()
    assert not is_in(client)


def test_the_page_says_where_to_go_on(client: StrictClient, user: User) -> None:
    response = client.get(reverse("audit:list"))
    assert response["Location"] == f"{LOGIN}?next=/nhat-ky/"

    page = client.get(response["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/nhat-ky/">' in page
    assert "Đăng ký" not in page


def test_nobody_can_sign_up(client: StrictClient) -> None:
    for path in ("dang-ky/", "signup/", "email/", "3rdparty/", "3rdparty/signup/"):
        assert client.get(f"/tai-khoan/{path}").status_code in {302, 404}
        assert not User.objects.exists()


def test_five_failures_close_the_account_for_a_while_once_in_the_trail(
    client: StrictClient, user: User
) -> None:
    for _ in range(5):
        sign_in(client, user.username, "sai-mat-khau")
    for _ in range(2):
        response = sign_in(client, user.username)
        assert "tạm khóa 5 phút" in response.content.decode()

    assert not is_in(client)
    assert kinds() == ["accounts.locked_out"]
    assert Event.objects.get().subject_name == "Người Thử"


def test_another_account_is_not_closed_with_it(client: StrictClient, user: User) -> None:
    other = make_user(make_agency())
    for _ in range(6):
        sign_in(client, user.username, "sai-mat-khau")

    assert sign_in(client, other.username).status_code == 302


def test_whoever_left_is_told_so(client: StrictClient, user: User) -> None:
    user.is_active = False
    user.save()

    response = client.post(LOGIN, {"login": user.username, "password": PASSWORD}, follow=True)

    assert "ngừng sử dụng" in response.content.decode()
    assert not is_in(client)


def test_signing_out_is_a_post(client: StrictClient, user: User) -> None:
    client.force_login(user)

    assert client.get(reverse("account_logout")).status_code == 200
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)


def reset_link(text: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/tai-khoan/mat-khau/quen/\S+)", text)
    assert found, text
    return found[1]


def test_a_forgotten_password_is_set_anew_by_mail(client: StrictClient, user: User) -> None:
    response = client.post(
        reverse("account_reset_password"),
        {"email": user.email},
        headers={"host": "localhost"},
        follow=True,
    )
    assert "Hãy xem hộp thư" in response.content.decode()
    letter = mail.outbox[0]
    assert letter.subject == "Đặt lại mật khẩu Tinh Gọn"
    link = reset_link(str(letter.body))

    page = client.get(link, follow=True)
    assert "Đặt mật khẩu" in page.content.decode()
    path = page.redirect_chain[-1][0]
    new = "mot-mat-khau-moi-tinh"
    client.post(path, {"password1": new, "password2": new})

    assert sign_in(client, user.username, new).status_code == 302
    assert "accounts.password_set" in kinds()
    again = client.get(link, follow=True).content.decode()
    assert "Liên kết không còn dùng được" in again


def test_a_stranger_s_address_gets_the_same_answer_and_no_letter(client: StrictClient) -> None:
    response = client.post(
        reverse("account_reset_password"), {"email": "ai-do@example.org"}, follow=True
    )

    assert "Hãy xem hộp thư" in response.content.decode()
    assert mail.outbox == []


def test_a_weak_new_password_is_refused_in_vietnamese(client: StrictClient, user: User) -> None:
    client.force_login(user)
    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"},
    )

    assert "Mật khẩu" in response.content.decode()
    assert kinds() == []


def test_a_changed_password_is_told_by_mail_and_in_the_trail(
    client: StrictClient, user: User
) -> None:
    client.force_login(user)
    new = "mot-mat-khau-moi-tinh"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert kinds() == ["accounts.password_set"]
    assert mail.outbox[0].subject == "Mật khẩu đã được đổi"
    letter = mail.outbox[0]
    assert isinstance(letter, mail.EmailMultiAlternatives)
    assert letter.alternatives
    user.refresh_from_db()
    assert user.check_password(new)


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.mark.django_db(transaction=True)
def test_an_application_is_turned_on_asked_for_and_turned_off(
    client: StrictClient, user: User
) -> None:
    sign_in_and_confirm(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = page.context["form"].secret
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert "accounts.totp_added" in kinds()

    client.post(reverse("account_logout"))
    cache.clear()  # a code counts once
    response = sign_in(client, user.username)
    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã không đúng" in wrong.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_in(client)
    came_in = Event.objects.filter(kind="accounts.signed_in")[0]
    assert came_in.changes[0]["to"] == "mật khẩu, bước xác thực thứ hai"

    assert client.get(reverse("mfa_deactivate_totp"))["Location"].startswith(
        reverse("account_reauthenticate")
    )
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert "accounts.totp_removed" in kinds()


def test_a_recovery_code_lets_in_once(client: StrictClient, user: User) -> None:
    TOTP.activate(user, generate_totp_secret())
    codes = RecoveryCodes.activate(user).get_unused_codes()
    sign_in(client, user.username)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_in(client)

    client.post(reverse("account_logout"))
    sign_in(client, user.username)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert not is_in(client)


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_list_webauthn", "mfa_index"])
def test_the_pages_of_keys_load_under_the_strict_policy(
    name: str, client: StrictClient, user: User
) -> None:
    sign_in_and_confirm(client, user)
    response = client.get(reverse(name))

    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'self'" in policy
    html = response.content.decode()
    scripts = re.findall(r"<script([^>]*)>", html)
    assert all("src=" in s or 'type="application/json"' in s for s in scripts)


def test_a_key_that_nobody_made_is_refused(client: StrictClient, user: User) -> None:
    sign_in_and_confirm(client, user)
    client.get(reverse("mfa_add_webauthn"))
    response = client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": "{}"})

    assert response.status_code == 200
    assert "accounts.key_added" not in kinds()


def test_a_key_is_added_and_lets_in(client: StrictClient, user: User) -> None:
    key = SecurityKey()
    sign_in_and_confirm(client, user)
    page = client.get(reverse("mfa_add_webauthn"))
    challenge = page.context["js_data"]["creation_options"]["publicKey"]["challenge"]
    client.post(
        reverse("mfa_add_webauthn"),
        {"name": "Máy cơ quan", "credential": json.dumps(key.create(challenge))},
    )
    assert "accounts.key_added" in kinds()
    assert "Máy cơ quan" in client.get(reverse("mfa_list_webauthn")).content.decode()

    client.post(reverse("account_logout"))
    assert not is_in(client)
    page = client.post(LOGIN, {"login": user.username, "password": PASSWORD}, follow=True)
    assert not is_in(client)
    challenge = page.context["js_data"]["request_options"]["publicKey"]["challenge"]
    client.post(reverse("mfa_authenticate"), {"credential": json.dumps(key.get(challenge))})
    assert is_in(client)


def test_another_key_does_not_let_in(client: StrictClient, user: User) -> None:
    sign_in_and_confirm(client, user)
    page = client.get(reverse("mfa_add_webauthn"))
    challenge = page.context["js_data"]["creation_options"]["publicKey"]["challenge"]
    made = SecurityKey().create(challenge)
    client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": json.dumps(made)})
    client.post(reverse("account_logout"))
    page = client.post(LOGIN, {"login": user.username, "password": PASSWORD}, follow=True)
    challenge = page.context["js_data"]["request_options"]["publicKey"]["challenge"]
    client.post(
        reverse("mfa_authenticate"), {"credential": json.dumps(SecurityKey().get(challenge))}
    )

    assert not is_in(client)
