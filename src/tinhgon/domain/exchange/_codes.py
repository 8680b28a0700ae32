"""
What the exchange says in numbers: answers to a package, states of a document, kinds of message.

The numbers of the answers stand in the notes on the exchange of Lạng Sơn's LGSP of 2026 and in
source that was published by those who connect to it; the words are ours. What was seen in one of
these only, or is read differently by different programs, is not sure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum


@dataclass(frozen=True, slots=True)
class Code:
    """
    One number of the exchange with its words.

    `ours`: this system answers with it; the others are only understood where a service answers so.
    `todo`: what whoever sent a document does where it is answered so.
    """

    code: str
    words: str
    is_sure: bool = True
    ours: bool = False
    todo: str = ""


ANSWERS: Mapping[str, Code] = {
    row.code: row
    for row in (
        Code("0", "Thành công", ours=True),
        Code(
            "10",
            "Tệp không hợp lệ",
            ours=True,
            todo="Mở thử từng tệp của văn bản. Nếu tệp tốt, tải gói tin để gửi bằng VNPT-iOffice.",
        ),
        Code(
            "15",
            "Sai mã hệ thống hoặc khóa bí mật",
            todo="Báo quản trị hệ thống kiểm tra mã hệ thống và khóa bí mật của kết nối, rồi gửi "
            "lại.",
        ),
        Code(
            "18",
            "Đơn vị nhận không có trong danh mục",
            ours=True,
            todo="Kiểm tra mã định danh của từng nơi nhận ở trang Mã định danh, rồi gửi lại.",
        ),
        Code(
            "19",
            "Đơn vị gửi chưa đăng ký",
            todo="Báo quản trị hệ thống đăng ký mã định danh của cơ quan gửi với trục, rồi gửi "
            "lại.",
        ),
        Code("20", "Lỗi của hệ thống liên thông", ours=True, todo="Gửi lại sau."),
        Code(
            "21",
            "Lỗi xử lý tệp đính kèm",
            ours=True,
            todo="Kiểm tra tệp của văn bản mở được, đúng loại, không quá dung lượng. Nếu tệp tốt, "
            "tải gói tin để gửi bằng VNPT-iOffice.",
        ),
        Code(
            "22",
            "Gói tin không đúng chuẩn edXML theo Quyết định 28/2018/QĐ-TTg",
            ours=True,
            todo="Kiểm tra số, ký hiệu, ngày, người ký và nơi nhận của văn bản, rồi gửi lại.",
        ),
        Code(
            "23",
            "Đơn vị nhận đã khóa",
            ours=True,
            todo="Ghi mã mới của nơi nhận ở trang Mã định danh rồi gửi lại, hoặc gửi bằng đường "
            "khác.",
        ),
    )
}
"""The answer to a package, by its number."""


class Standing(Enum):
    """What a state of a document means to whoever sent it."""

    UNDER_WAY = "under_way"
    DONE = "done"
    REFUSED = "refused"
    ASKED_BACK = "asked_back"
    GIVEN_BACK = "given_back"


@dataclass(frozen=True, slots=True)
class State:
    """One state of a document at its receiver; see `Code` for `is_sure`."""

    code: str
    words: str
    standing: Standing
    is_sure: bool = True


STATES: Mapping[str, State] = {
    row.code: row
    for row in (
        State("01", "Đã đến", Standing.UNDER_WAY, is_sure=False),
        State("02", "Từ chối tiếp nhận", Standing.REFUSED),
        State("03", "Đã tiếp nhận", Standing.UNDER_WAY),
        State("04", "Phân công xử lý", Standing.UNDER_WAY),
        State("05", "Đang xử lý", Standing.UNDER_WAY),
        State("06", "Hoàn thành", Standing.DONE),
        State("13", "Bên gửi yêu cầu lấy lại", Standing.ASKED_BACK),
        State("15", "Đồng ý lấy lại, cập nhật", Standing.GIVEN_BACK, is_sure=False),
        State("16", "Từ chối lấy lại, cập nhật", Standing.UNDER_WAY, is_sure=False),
    )
}
"""The state of a document at one receiver, by its number (QĐ 28/2018/QĐ-TTg)."""


class Business(IntEnum):
    """What a message is for (`BussinessDocType`, as the standard spells it)."""

    NEW = 0
    RECALL = 1
    UPDATE = 2
    REPLACE = 3


BUSINESS_WORDS: Mapping[Business, str] = {
    Business.NEW: "văn bản mới",
    Business.RECALL: "thu hồi văn bản",
    Business.UPDATE: "cập nhật văn bản",
    Business.REPLACE: "thay thế văn bản",
}


class PackageRefused(Exception):
    """
    A package that cannot be taken in.

    `code` is a key of ANSWERS; the message says in Vietnamese what is wrong with what part.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = ANSWERS[code].code
