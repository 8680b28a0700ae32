"""
The elements of a message as data: reader, writer and checks walk these tables.

Names of elements are those of QCVN 102:2016/BTTTT ("Bussiness" is spelled so there). Where programs
in use differ ("Signer" for "FullName"), every name that was met is listed: the first is written,
the first that is filled is read. How long a text may be is not set by the standard; the limits are
ours, far above what documents need.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from ._model import Organ, Purpose, Reply, Staff, Trace


class Kind(Enum):
    """How the text of an element is to be read."""

    TEXT = auto()
    WHOLE = auto()
    DAY = auto()
    MOMENT = auto()
    ORGAN_ID = auto()


@dataclass(frozen=True, slots=True)
class Leaf:
    """
    An element with text: the field it fills and the paths under which it is met.

    `many`: its last step comes any number of times, and the field is a tuple.
    """

    field: str
    paths: tuple[str, ...]
    words: str
    kind: Kind = Kind.TEXT
    limit: int = 500
    required: bool = False
    many: bool = False
    among: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """An element with elements, read into a value of `record`."""

    field: str
    path: str
    words: str
    record: type
    parts: tuple[Leaf | Group, ...]
    required: bool = False
    many: bool = False


Part = Leaf | Group
ORGAN_ID = re.compile(r"[A-Za-z0-9]{1,10}(\.[A-Za-z0-9]{1,10}){0,7}")

_ORGAN: tuple[Part, ...] = (
    Leaf("id", ("OrganId",), "mã định danh", Kind.ORGAN_ID, 60, required=True),
    Leaf("in_charge", ("OrganizationInCharge",), "cơ quan chủ quản"),
    Leaf("name", ("OrganName",), "tên cơ quan", required=True),
    Leaf("address", ("OrganAdd",), "địa chỉ"),
    Leaf("email", ("Email",), "thư điện tử"),
    Leaf("telephone", ("Telephone",), "điện thoại"),
    Leaf("fax", ("Fax",), "fax"),
    Leaf("website", ("Website",), "trang thông tin"),
)
_REPLY: tuple[Part, ...] = (
    Leaf("organ_id", ("OrganId",), "mã định danh", Kind.ORGAN_ID, 60),
    Leaf("code", ("Code",), "số, ký hiệu", limit=200),
    Leaf("issued_on", ("PromulgationDate",), "ngày ban hành", Kind.DAY),
    Leaf("document_id", ("DocumentId",), "mã văn bản", limit=200),
)
_STAFF: tuple[Part, ...] = (
    Leaf("department", ("Department",), "bộ phận"),
    Leaf("staff", ("Staff",), "người xử lý"),
    Leaf("mobile", ("Mobile",), "di động"),
    Leaf("email", ("Email",), "thư điện tử"),
)
_YES_NO = frozenset({0, 1})

HEADER: tuple[Part, ...] = (
    Group("sender", "From", "cơ quan gửi", Organ, _ORGAN, required=True),
    Group("receivers", "To", "cơ quan nhận", Organ, _ORGAN, required=True, many=True),
    Leaf("number", ("Code/CodeNumber",), "số văn bản", limit=20, required=True),
    Leaf("symbol", ("Code/CodeNotation",), "ký hiệu văn bản", limit=60, required=True),
    Leaf("place", ("PromulgationInfo/Place",), "địa danh", limit=100),
    Leaf(
        "issued_on",
        ("PromulgationInfo/PromulgationDate",),
        "ngày ban hành",
        Kind.DAY,
        required=True,
    ),
    Leaf("type_code", ("DocumentType/Type",), "mã loại văn bản", Kind.WHOLE),
    Leaf("type_name", ("DocumentType/TypeName", "DocumentType"), "loại văn bản", limit=100),
    Leaf("type_detail", ("DocumentType/TypeDetail",), "mã chi tiết loại văn bản", Kind.WHOLE),
    Leaf("subject", ("Subject",), "trích yếu", limit=2_000, required=True),
    Leaf("content", ("Content",), "nội dung tóm tắt", limit=20_000),
    Leaf("signer_authority", ("SignerInfo/Competence",), "thẩm quyền ký", limit=200),
    Leaf("signer_title", ("SignerInfo/Position",), "chức vụ người ký", limit=200),
    Leaf(
        "signer_name",
        ("SignerInfo/FullName", "SignerInfo/Signer"),
        "người ký",
        limit=200,
        required=True,
    ),
    Leaf("due_on", ("DueDate",), "hạn trả lời", Kind.DAY),
    Leaf("to_places", ("ToPlaces/Place",), "nơi nhận", many=True),
    Leaf("priority", ("OtherInfo/Priority",), "độ khẩn", Kind.WHOLE, among=frozenset(range(4))),
    Leaf("sphere", ("OtherInfo/SphereOfPromulgation",), "phạm vi lưu hành"),
    Leaf("typist", ("OtherInfo/TyperNotation",), "ký hiệu người soạn"),
    Leaf("copies", ("OtherInfo/PromulgationAmount",), "số bản", Kind.WHOLE),
    Leaf("pages", ("OtherInfo/PageAmount",), "số trang", Kind.WHOLE),
    Leaf("appendixes", ("OtherInfo/Appendixes/Appendix",), "phụ lục", many=True),
    Group("replies", "ResponseFor", "văn bản được trả lời", Reply, _REPLY, many=True),
    Leaf("steering", ("SteeringType",), "loại chỉ đạo", Kind.WHOLE, among=_YES_NO),
    Leaf("document_id", ("DocumentId",), "mã văn bản", limit=200, required=True),
)
TRACE: tuple[Part, ...] = (
    Group(
        "traces",
        "TraceHeader",
        "nơi đã qua",
        Trace,
        (
            Leaf("organ_id", ("OrganId",), "mã định danh", Kind.ORGAN_ID, 60, required=True),
            Leaf("at", ("Timestamp", "Time"), "thời điểm", Kind.MOMENT),
        ),
        many=True,
    ),
    Group(
        "purpose",
        "Bussiness",
        "nghiệp vụ",
        Purpose,
        (
            Leaf(
                "kind",
                ("BussinessDocType", "BusinessDocType"),
                "loại nghiệp vụ",
                Kind.WHOLE,
                among=frozenset(range(4)),
                required=True,
            ),
            Leaf("reason", ("BussinessDocReason", "BusinessDocReason"), "lý do", limit=2_000),
            Leaf("document_id", ("DocumentId",), "mã văn bản", limit=200),
            Leaf("paper", ("Paper",), "gửi kèm bản giấy", Kind.WHOLE, among=_YES_NO),
            Group("staff", "StaffInfo", "người phụ trách", Staff, _STAFF),
        ),
    ),
)
STATUS: tuple[Part, ...] = (
    Group("reply", "ResponseFor", "văn bản được phản hồi", Reply, _REPLY, required=True),
    Group("sender", "From", "cơ quan phản hồi", Organ, _ORGAN, required=True),
    Leaf("code", ("StatusCode",), "mã trạng thái", limit=2, required=True),
    Leaf("description", ("Description",), "diễn giải", limit=2_000),
    Leaf("at", ("Timestamp",), "thời điểm", Kind.MOMENT),
    Group("staff", "StaffInfo", "người xử lý", Staff, _STAFF),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """
    One make of envelope: where the parts of a message stand in it.

    Paths start at the root; the first is written, the first that exists is read. `manifest`: where
    attachments are announced, for an envelope that keeps them apart from their content.
    `attachment`: the names of the elements of one attachment, by field.
    """

    code: str
    name: str
    namespace: str
    roots: tuple[str, ...]
    header: tuple[str, ...]
    trace: tuple[str, ...]
    attachments: tuple[str, ...]
    attachment: Mapping[str, str]
    manifest: str = ""
    signature: str = ""


DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        code="qcvn102",
        name="QCVN 102:2016/BTTTT",
        namespace="http://www.mic.gov.vn/TBT/QCVN_102_2016",
        roots=("edXML",),
        header=("edXMLEnvelope/edXMLHeader/MessageHeader",),
        trace=("edXMLEnvelope/edXMLHeader/TraceHeaderList",),
        attachments=("AttachmentEncoded/Attachment",),
        attachment={
            "content_type": "ContentType",
            "content_id": "ContentId",
            "description": "Description",
            "data": "ContentTransferEncoded",
            "name": "AttachmentName",
        },
        manifest="edXMLEnvelope/edXMLBody/edXMLManifest",
        signature="edXMLEnvelope/edXMLHeader/DigitalSignature",
    ),
    Dialect(
        code="edoc",
        name="eDoc (go.vn)",
        namespace="http://www.go.vn/eDoc",
        roots=("EdXMLEnvelope", "edXMLEnvelope"),
        header=("MessageHeader",),
        trace=("MessageHeader/TraceHeaderList", "TraceHeaderList"),
        attachments=("Manifest/Attachment", "Attachment"),
        attachment={
            "name": "FileName",
            "content_type": "FileType",
            "content_id": "ContentId",
            "description": "Description",
            "data": "Content",
        },
    ),
)
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
XLINK = "http://www.w3.org/1999/xlink"


def dialect(code: str) -> Dialect:
    """
    Return the dialect with this code.

    :raises KeyError: if there is none.
    """
    return {each.code: each for each in DIALECTS}[code]
