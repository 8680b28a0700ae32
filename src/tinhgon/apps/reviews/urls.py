from __future__ import annotations

from django.urls import path

from . import views
from .views.kinds import KINDS
from .views.moves import check_many, confirm_many, move

app_name = "reviews"

# Name of a move → how it is called in the address.
_MOVES = {
    "finish": "gui",
    "take_back": "lay-lai",
    "confirm": "xac-nhan",
    "send_back": "thu-truong-tra-lai",
    "check": "kiem-tra",
    "return": "tra-lai",
    "renew": "ban-moi",
    "lapse": "khong-con-hieu-luc",
    "resume": "ra-soat-lai",
}

urlpatterns = [
    path("", views.round_list, name="list"),
    path("mo/", views.open_round, name="open"),
    path("mau-phieu/<int:pk>/", views.questionnaire, name="questionnaire"),
    path("<int:pk>/", views.round_detail, name="round"),
    path("<int:pk>/phieu/", views.review_list, name="reviews"),
    path("<int:pk>/bo-sung/", views.add, name="add"),
    path("<int:pk>/giao/", views.assign, name="assign"),
    path("<int:pk>/ket-thuc/", views.close, name="close"),
    path("<int:pk>/xac-nhan/", confirm_many, name="confirm_many"),
    path("<int:pk>/kiem-tra/", check_many, name="check_many"),
    path("phieu/<int:pk>/", views.review_detail, name="review"),
    path("phieu/<int:pk>/ghi/", views.write, name="write"),
    path("phieu/<int:pk>/chon/", views.choose, name="choose"),
    path("phieu/<int:pk>/ket-qua/", views.conclude, name="conclude"),
    path("phieu/<int:pk>/goi-y/", views.judge, name="judge"),
    path("phieu/<int:pk>/tai-lieu/", views.prove, name="prove"),
    path("phieu/<int:pk>/go-tai-lieu/", views.disprove, name="disprove"),
    path("tai-lieu/<int:pk>/", views.evidence_file, name="evidence_file"),
    *(path(f"phieu/<int:pk>/{_MOVES[name]}/", move, {"kind": name}, name=name) for name in KINDS),
]
