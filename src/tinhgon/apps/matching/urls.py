from __future__ import annotations

from django.urls import path

from .views import pairs

app_name = "matching"

urlpatterns = [
    path("", pairs.workbench, name="list"),
    path("<int:pk>/", pairs.group, name="group"),
    path("<int:pk>/ket-luan/", pairs.rule, name="rule"),
    path("<int:pk>/<int:other>/", pairs.pair, name="pair"),
    path("ket-luan/<int:pk>/bo/", pairs.withdraw, name="withdraw"),
]
