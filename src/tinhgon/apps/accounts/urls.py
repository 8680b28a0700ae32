from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from .views import own, people

app_name = "accounts"

urlpatterns = [
    path("", people.people_list, name="list"),
    path("moi/", people.invite, name="invite"),
    path("moi/danh-sach/", people.invite_many, name="invite_many"),
    path("vai-tro/", own.roles, name="roles"),
    path("toi/", own.me, name="me"),
    path("toi/phien/<int:pk>/ket-thuc/", own.end_session, name="end_session"),
    path("toi/phien/ket-thuc/", own.end_other_sessions, name="end_other_sessions"),
    path("<int:pk>/", people.person_detail, name="detail"),
    path("<int:pk>/sua/", people.person_edit, name="edit"),
    path("<int:pk>/vi-tri/", people.position_give, name="give"),
    path("<int:pk>/vi-tri/<int:position_pk>/chuyen/", people.position_move, name="move"),
    path("<int:pk>/vi-tri/<int:position_pk>/ket-thuc/", people.position_end, name="end"),
    path("<int:pk>/ngung/", people.person_deactivate, name="deactivate"),
    path("<int:pk>/dung-lai/", people.person_reactivate, name="reactivate"),
    path("<int:pk>/thu-moi/", people.invitation_send, name="send_invitation"),
]

# The pages of django-allauth that this product has, under the names it looks for; sign-up,
# management of addresses and connections of outside accounts are not among them.
sign_in_patterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("ngung-su-dung/", account.account_inactive, name="account_inactive"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/doi/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", account.password_set, name="account_set_password"),
    path("mat-khau/quen/", account.password_reset, name="account_reset_password"),
    path("mat-khau/quen/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mat-khau/quen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/quen/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("hai-buoc/", mfa.index, name="mfa_index"),
    path("hai-buoc/nhap/", mfa.authenticate, name="mfa_authenticate"),
    path("hai-buoc/xac-nhan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("hai-buoc/ung-dung/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("hai-buoc/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("hai-buoc/ma/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("hai-buoc/ma/tao/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("hai-buoc/ma/tai/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("hai-buoc/khoa/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("hai-buoc/khoa/them/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(
        "hai-buoc/khoa/xac-nhan/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("hai-buoc/khoa/<int:pk>/sua/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("hai-buoc/khoa/<int:pk>/go/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("sso/huy/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sso/loi/", login_not_required(social.login_error), name="socialaccount_login_error"),
    path("sso/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("sso/<slug:provider_id>/ve/", oidc.callback, name="openid_connect_callback"),
]
