"""What a message must have before it is taken in or sent."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ._codes import STATES, Business, PackageRefused
from ._limits import KINDS, Limits, megabytes
from ._model import Attachment, Message, StatusMessage
from ._table import HEADER, ORGAN_ID, STATUS, TRACE, Group, Kind, Leaf, Part

_RESERVED = frozenset('<>:"|?*')


def faults(message: Message) -> list[str]:
    """Return what the header lacks or says wrongly, in words; empty when it may be sent."""
    return [*_faults(message, (*HEADER, *TRACE)), *_faults_of_purpose(message)]


def check(message: Message, limits: Limits) -> None:
    """
    :raises PackageRefused: 22 for the header, 21 for the attachments.
    """
    if found := faults(message):
        raise PackageRefused("22", " ".join(found[:5]))
    if len(message.receivers) > limits.receivers:
        raise PackageRefused("22", f"Gói tin có quá {limits.receivers} nơi nhận.")
    _check_attachments(message.attachments, limits)


def check_status(status: StatusMessage) -> None:
    """
    :raises PackageRefused: 22 for what a status lacks, or a state that is not known.
    """
    found = list(_faults(status, STATUS))
    if not found and status.code not in STATES:
        found = [f"Mã trạng thái “{status.code}” không có trong bảng."]
    if not found and not (status.reply.document_id or status.reply.code):
        found = ["Không nêu văn bản nào được phản hồi (ResponseFor)."]
    if found:
        raise PackageRefused("22", " ".join(found[:5]))


def _faults(value: Any, parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        held = getattr(value, part.field)
        if isinstance(part, Leaf):
            yield from _faults_of_leaf(held, part)
            continue
        records = held if part.many else [held]
        if part.required and not any(_filled(each) for each in records):
            yield f"Thiếu {part.words} ({part.path})."
            continue
        for record in records:
            if record is not None:
                yield from (f"{_capital(part)}: {fault}" for fault in _faults(record, part.parts))


def _faults_of_leaf(held: Any, part: Leaf) -> Iterator[str]:
    if part.required and held in (None, ""):
        yield f"Thiếu {part.words} ({part.paths[0]})."
    for text in held if part.many else [held]:
        if isinstance(text, str) and len(text) > part.limit:
            yield f"Phần {part.words} dài quá {part.limit} ký tự."
        if part.kind is Kind.ORGAN_ID and text and not ORGAN_ID.fullmatch(text):
            yield f"Mã định danh “{text[:60]}” không đúng dạng H37.02.010."
        if part.among and text is not None and text not in part.among:
            yield f"Giá trị {text} của {part.words} không có trong bảng."


def _faults_of_purpose(message: Message) -> Iterator[str]:
    changes = message.purpose.kind in set(Business) - {Business.NEW}
    if changes and not (message.purpose.document_id or message.replies):
        yield "Không nêu văn bản phải thu hồi, cập nhật hoặc thay thế."


def _filled(record: Any) -> bool:
    return record is not None and record != type(record)()


def _capital(part: Group) -> str:
    return part.words[:1].upper() + part.words[1:]


def _check_attachments(attachments: Sequence[Attachment], limits: Limits) -> None:
    if len(attachments) > limits.attachments:
        raise PackageRefused("21", f"Gói tin có quá {limits.attachments} tệp đính kèm.")
    left = limits.content
    for attachment in attachments:
        _check_attachment(attachment, limits)
        check_size(len(attachment.data), attachment.name, limits, left=left)
        left -= len(attachment.data)
    for field, words in (("name", "tên tệp"), ("content_id", "mã tệp")):
        counted = Counter(getattr(each, field) for each in attachments if getattr(each, field))
        if twice := [value for value, count in counted.items() if count > 1]:
            raise PackageRefused("22", f"Trùng {words} đính kèm: {twice[0][:100]}.")


def _check_attachment(attachment: Attachment, limits: Limits) -> None:
    name = attachment.name
    if not safe_name(name, most=limits.name):
        raise PackageRefused(
            "21", f"Tên tệp đính kèm “{name[:100]}” để trống, quá dài hoặc có đường dẫn."
        )
    if attachment.kind not in KINDS:
        raise PackageRefused(
            "21", f"Không nhận loại tệp của “{name[:100]}”. Các loại: {', '.join(sorted(KINDS))}."
        )
    if not attachment.data:
        raise PackageRefused("21", f"Tệp “{name[:100]}” không có nội dung.")


def check_size(size: int, name: str, limits: Limits, *, left: int) -> None:
    """
    Check what a file takes up, where `left` bytes are left of what a package may bring.

    :raises PackageRefused: 21 if it is too much, alone or with those before it.
    """
    if size > limits.attachment:
        raise PackageRefused("21", f"Tệp “{name[:100]}” lớn hơn {megabytes(limits.attachment)} MB.")
    if size > left:
        raise PackageRefused(
            "21",
            f"Các tệp đính kèm cộng lại lớn hơn {megabytes(limits.content)} MB. Bên gửi cần chia "
            "thành nhiều văn bản hoặc giảm dung lượng tệp.",
        )


def safe_name(name: str, *, most: int) -> bool:
    """Return whether the name is a plain one with an ending, on any system."""
    stem, dot, ending = name.rpartition(".")
    return (
        bool(stem.strip(". ") and dot and ending)
        and len(name) <= most
        and not ({"/", "\\"} | _RESERVED) & set(name)
        and not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in name)
        and ".." not in name.split(" ")
    )
