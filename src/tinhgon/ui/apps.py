from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tinhgon.ui"
    verbose_name = "Giao diện"
