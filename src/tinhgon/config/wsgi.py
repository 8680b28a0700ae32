from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from .checks import secret_key_given
from .env import SettingMissing
from .memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon.config.settings")

application = get_wsgi_application()

# A server does not run the checks of the commands: it would start, and fail on every page.
for fault in secret_key_given():
    raise SettingMissing(f"{fault.msg} {fault.hint}")

settle()
