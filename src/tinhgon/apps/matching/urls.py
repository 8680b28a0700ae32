from __future__ import annotations

from django.urls import path

from .views import gaps, pairs, references, similar

app_name = "matching"

urlpatterns = [
    path("", pairs.workbench, name="list"),
    path("<int:pk>/", pairs.group, name="group"),
    path("<int:pk>/ket-luan/", pairs.rule, name="rule"),
    path("<int:pk>/<int:other>/", pairs.pair, name="pair"),
    path("ket-luan/<int:pk>/bo/", pairs.withdraw, name="withdraw"),
    path("giong/", similar.similar, name="similar"),
    path("con-thieu/", gaps.gaps, name="gaps"),
    path("con-thieu/xu-ly/", gaps.decide, name="decide"),
    path("con-thieu/<int:pk>/xem-lai/", gaps.reopen, name="reopen"),
    path("danh-muc/", references.references, name="references"),
    path("danh-muc/nap/", references.receive, name="receive"),
    path("danh-muc/<int:pk>/", references.reference, name="reference"),
    path("danh-muc/<int:pk>/sua/", references.change, name="change_list"),
    path("danh-muc/<int:pk>/bo/", references.remove, name="remove_list"),
]
