from __future__ import annotations

from django.urls import path

from .views import detail, edit, holding, law, listing, propose

app_name = "procedures"

urlpatterns = [
    path("", listing.procedure_list, name="list"),
    path("linh-vuc/", listing.fields, name="fields"),
    path("moi/", propose.propose, name="propose"),
    path("mau/<int:pk>/", detail.form_file, name="form_file"),
    path("<int:pk>/", detail.procedure_detail, name="detail"),
    path("<int:pk>/ban-<int:number>/", detail.version_detail, name="version"),
    path("<int:pk>/sua/", edit.edit, name="edit"),
    path("ke-thua/", holding.ended_holders, name="succession"),
    path("ke-thua/chuyen/", holding.hand_over, name="hand_over"),
    path("can-cu/", law.law_list, name="laws"),
    path("can-cu/<int:pk>/", law.law_detail, name="law"),
    path("can-cu/<int:pk>/hieu-luc/", law.law_change, name="law_change"),
    path("can-cu/<int:pk>/giao-ra-soat/", law.law_assign, name="law_assign"),
]
