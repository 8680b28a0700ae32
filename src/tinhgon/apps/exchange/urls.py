from __future__ import annotations

from django.urls import path

from .views import arrivals, organs

app_name = "exchange"

urlpatterns = [
    path("", arrivals.arrival_list, name="arrivals"),
    path("den.xlsx", arrivals.arrival_xlsx, name="arrivals_xlsx"),
    path("nhan/", arrivals.receive, name="receive"),
    path("den/<int:pk>/", arrivals.arrival_detail, name="arrival"),
    path("den/<int:pk>/tep/<int:part>/", arrivals.arrival_file, name="arrival_file"),
    path("den/<int:pk>/phan-hoi/", arrivals.answer, name="answer"),
    path("den/<int:pk>/xu-ly/", arrivals.handle, name="handle"),
    path("ma-dinh-danh/", organs.organ_list, name="organs"),
    path("ma-dinh-danh/them/", organs.organ_add, name="add_organ"),
    path("ma-dinh-danh/nhap/", organs.organ_import, name="import_organs"),
    path("ma-dinh-danh/<int:pk>/ket-thuc/", organs.organ_end, name="end_organ"),
]
