"""Settings, all from the environment: docs/settings.md lists each with its default."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF

from . import checks as checks
from . import env
from .database import database
from .storage import stored_files

django_stubs_ext.monkeypatch()

PACKAGE_DIR = Path(__file__).resolve().parents[1]
DATA_DIR = Path(env.text("TINHGON_DATA", "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("TINHGON_DEBUG")
SECRET_KEY = env.text("TINHGON_SECRET_KEY", "chỉ-dùng-khi-chạy-thử" * 3 if DEBUG else "")
ALLOWED_HOSTS = env.words("TINHGON_HOSTS", "127.0.0.1,localhost,[::1]")
SITE_URL = env.text("TINHGON_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_URL_GIVEN = env.is_given("TINHGON_URL")  # otherwise `serve` says where it listens
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# The demo province lives in its own time: see common.clock.
CLOCK_OFFSET = timedelta(days=env.integer("TINHGON_CLOCK_OFFSET_DAYS", 0))
DEMO = env.flag("TINHGON_DEMO")

# The pages that are open without signing in.
PUBLIC = env.flag("TINHGON_PUBLIC", default=True)
PUBLIC_LICENCE = env.text(
    "TINHGON_PUBLIC_LICENCE",
    "Được sử dụng lại, kể cả cho mục đích thương mại; ghi rõ nguồn và ngày lấy dữ liệu.",
)

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
# Numbers for people go through vnnumber: a key in an address or a form must stay "12345".
USE_THOUSAND_SEPARATOR = False
LOCALE_PATHS = [PACKAGE_DIR / "ui" / "locale"]
FORMAT_MODULE_PATH = ["tinhgon.ui.formats"]
FORM_RENDERER = "tinhgon.ui.forms.FormRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tinhgon.config.urls"
WSGI_APPLICATION = "tinhgon.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Before allauth, whose pages our templates replace.
    "tinhgon.ui",
    "tinhgon.apps.agencies",
    "tinhgon.apps.files",
    "tinhgon.apps.audit",
    "tinhgon.apps.search",
    "tinhgon.apps.calendars",
    "tinhgon.apps.accounts",
    "tinhgon.apps.notices",
    "tinhgon.apps.jobs",
    "tinhgon.apps.savedviews",
    "tinhgon.apps.documents",
    "tinhgon.apps.programmes",
    "tinhgon.apps.directives",
    "tinhgon.apps.assignments",
    "tinhgon.apps.procedures",
    "tinhgon.apps.publications",
    "tinhgon.apps.matching",
    "tinhgon.apps.intake",
    "tinhgon.apps.portal",
    "tinhgon.apps.inventories",
    "tinhgon.apps.reviews",
    "tinhgon.apps.assessments",
    "tinhgon.apps.plans",
    "tinhgon.apps.reports",
    "tinhgon.apps.monitoring",
    "tinhgon.apps.exchange",
    "tinhgon.apps.difficulties",
    "tinhgon.apps.keeping",
    "tinhgon.apps.home",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tinhgon.common.request_id.RequestIdMiddleware",
    "tinhgon.common.limits.RequestLimitsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tinhgon.common.sign_in.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tinhgon.apps.files.http.UnreadableFileMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tinhgon.apps.home.frame.frame",
            ],
        },
    }
]

DATABASES = {"default": database(env.text("TINHGON_DATABASE_URL", ""), data=DATA_DIR)}

# People
ADMIN_PASSWORD = env.text("TINHGON_ADMIN_PASSWORD", "")  # of the first one; see `createadmin`
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "tinhgon.apps.accounts.views.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator enters the address, nobody signs up
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False  # office computers are shared
ACCOUNT_RATE_LIMITS = {
    # A whole office may stand behind one address.
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/300s/key",
}
ACCOUNT_FORMS = {
    "login": "tinhgon.apps.accounts.forms.LoginForm",
    "reset_password": "tinhgon.apps.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "tinhgon.apps.accounts.forms.ResetPasswordKeyForm",
    "change_password": "tinhgon.apps.accounts.forms.ChangePasswordForm",
    "set_password": "tinhgon.apps.accounts.forms.SetPasswordForm",
    "reauthenticate": "tinhgon.apps.accounts.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("TINHGON_BEHIND_PROXY") else 0
MFA_ADAPTER = "tinhgon.apps.accounts.views.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Tinh Gọn"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE_URL.startswith("https://")
MFA_FORMS = {
    "authenticate": "tinhgon.apps.accounts.forms.SecondFactorForm",
    "reauthenticate": "tinhgon.apps.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "tinhgon.apps.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "tinhgon.apps.accounts.forms.AddKeyForm",
    "edit_webauthn": "tinhgon.apps.accounts.forms.EditKeyForm",
}
# Sign-in through the province's own directory, where its address is given.
OIDC_URL = env.text("TINHGON_OIDC_URL", "")
SOCIALACCOUNT_ADAPTER = "tinhgon.apps.accounts.views.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # by an e-mail that the provider has verified
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": env.text("TINHGON_OIDC_NAME", "Đăng nhập một lần"),
                    "client_id": env.text("TINHGON_OIDC_ID"),
                    "secret": env.text("TINHGON_OIDC_SECRET"),
                    "settings": {"server_url": OIDC_URL},
                }
            ],
        }
    }
    if OIDC_URL
    else {}
)

# Counts of failed sign-ins, shared by every worker and server.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tinhgon_cache",
    }
}

# Long work waits in a table of the database for `tinhgon worker`, which `tinhgon serve` starts.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Files and static assets
MEDIA_ROOT = DATA_DIR / "files"
STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("TINHGON_STATIC_ROOT", str(DATA_DIR / "static")))
STORAGES = {
    "default": stored_files(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or DEMO  # a demo starts without collecting static files first
WHITENOISE_AUTOREFRESH = DEBUG
# Certificates of those whose signatures on PDF are trusted: .pem, .crt, .cer, .der, put in by hand.
TRUSTED_CERTIFICATES = Path(env.text("TINHGON_CERTIFICATES", str(DATA_DIR / "certificates")))
UPLOAD_LIMIT_BYTES = env.integer("TINHGON_UPLOAD_LIMIT_MB", 20) * 1024 * 1024
# One package of the exchange: its file, and all that it brings once decoded and unpacked.
PACKAGE_LIMIT_BYTES = env.integer("TINHGON_PACKAGE_LIMIT_MB", 30) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_PERMISSIONS = 0o640

# The province's service for the exchange of documents (LGSP); nothing is sent without an address.
LGSP_URL = env.text("TINHGON_LGSP_URL", "").rstrip("/")
LGSP_SYSTEM_ID = env.text("TINHGON_LGSP_SYSTEM_ID") if LGSP_URL else ""
LGSP_SECRET = env.text("TINHGON_LGSP_SECRET") if LGSP_URL else ""

# Mail
EMAIL_BACKEND = env.text(
    "TINHGON_EMAIL_BACKEND",
    "django.core.mail.backends.console.EmailBackend"
    if DEBUG
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = DATA_DIR / "mail"  # where a demo's mail goes
EMAIL_HOST = env.text("TINHGON_SMTP_HOST", "localhost")
EMAIL_PORT = env.integer("TINHGON_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("TINHGON_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("TINHGON_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("TINHGON_SMTP_TLS")
EMAIL_USE_SSL = env.flag("TINHGON_SMTP_SSL")
EMAIL_TIMEOUT = 20  # seconds: a server of mail that hangs must not hold the daily run
DEFAULT_FROM_EMAIL = env.text("TINHGON_MAIL_FROM", "tinhgon@localhost")

# Safety
SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.integer("TINHGON_SESSION_HOURS", 12) * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_SSL_REDIRECT = SECURE and env.flag("TINHGON_HTTPS_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.integer("TINHGON_HSTS_SECONDS", 31_536_000) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("TINHGON_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        # The form that leads to the outside sign-in is redirected there.
        "form-action": [SELF, env.origin(OIDC_URL)] if OIDC_URL else [SELF],
        "img-src": [SELF, "data:"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "tinhgon.common.request_id.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    # They tell every chain that leads to no trusted certificate, which the page says in words.
    "loggers": {name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")}
    # A job says itself how it goes.
    | {name: {"level": "ERROR"} for name in ("django.tasks", "django_tasks", "django_tasks_db")},
    "root": {"handlers": ["console"], "level": env.text("TINHGON_LOG_LEVEL", "INFO")},
}
