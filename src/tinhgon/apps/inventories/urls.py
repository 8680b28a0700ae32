from __future__ import annotations

from django.urls import path

from . import views

app_name = "inventories"

urlpatterns = [
    path("", views.inventory_list, name="list"),
    path("mo/", views.open_inventory, name="open"),
    path("<int:pk>/", views.inventory_detail, name="detail"),
    path("<int:pk>/ket-thuc/", views.close, name="close"),
    path("tra-loi/<int:pk>/", views.reply_detail, name="reply"),
    path("tra-loi/<int:pk>/gui/", views.answer, name="answer"),
    path("tra-loi/<int:pk>/quyet-dinh/", views.decide, name="decide"),
]
