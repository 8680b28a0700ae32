from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore

from tests.apps.accounts.security_key import SecurityKey
from tests.factories import make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency


def _person(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_user(agency).pk}


def _position(agency: Agency, person: User) -> dict[str, Any]:
    held = make_user(agency)
    return {"pk": held.pk, "position_pk": held.positions.get().pk}


def _session(agency: Agency, person: User) -> dict[str, Any]:
    store = SessionStore()
    store.create()
    row = UserSession.objects.create(
        user=person, session_key=store.session_key, ip="127.0.0.1", user_agent=""
    )
    return {"pk": row.pk}


def _key(agency: Agency, person: User) -> dict[str, Any]:
    data = {"name": "Khóa", "credential": SecurityKey().create("AAAA")}
    row = Authenticator.objects.create(user=person, type="webauthn", data=data)
    return {"pk": row.pk}


def _any_key(agency: Agency, person: User) -> dict[str, Any]:
    _key(agency, person)
    return {}


def _totp(agency: Agency, person: User) -> dict[str, Any]:
    TOTP.activate(person, generate_totp_secret())
    return {}


def _codes(agency: Agency, person: User) -> dict[str, Any]:
    Authenticator.objects.create(
        user=person,
        type="recovery_codes",
        data={"migrated_codes": ["12345678"], "used_mask": 0, "viewed_at": 1.0},
        last_used_at=datetime(2024, 1, 1, tzinfo=UTC),
    )
    return {}


def _reset(agency: Agency, person: User) -> dict[str, Any]:
    return {
        "uidb36": user_pk_to_url_str(person),
        "key": default_token_generator.make_token(person),
    }


def _provider(agency: Agency, person: User) -> dict[str, Any]:
    return {"provider_id": "oidc"}


SAMPLES = {
    "account_reset_password_from_key": _reset,
    "openid_connect_login": _provider,
    "openid_connect_callback": _provider,
    "mfa_deactivate_totp": _totp,
    "mfa_reauthenticate": _totp,
    "mfa_view_recovery_codes": _codes,
    "mfa_download_recovery_codes": _codes,
    "mfa_edit_webauthn": _key,
    "mfa_remove_webauthn": _key,
    "mfa_reauthenticate_webauthn": _any_key,
    "accounts:detail": _person,
    "accounts:edit": _person,
    "accounts:give": _person,
    "accounts:move": _position,
    "accounts:end": _position,
    "accounts:deactivate": _person,
    "accounts:reactivate": _person,
    "accounts:send_invitation": _person,
    "accounts:end_session": _session,
}
