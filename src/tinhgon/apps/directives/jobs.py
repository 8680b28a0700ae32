"""What takes longer than a page may: recognising the letters of a scan."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.files.queries import content_of
from tinhgon.apps.jobs.kinds import Kind, Outcome, Params, Work
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.refusal import Refused
from tinhgon.domain.officialdoc import Unreadable, read

from . import actions, policies
from .models import Directive


def _issuer(params: Params) -> Agency:
    issuer = Agency.objects.filter(pk=params["issuer"]).first()
    if issuer is None:
        raise PermissionDenied
    return issuer


def _check(by: User, params: Params) -> None:
    policies.check_receive(by, _issuer(params))


def _title(params: Params) -> str:
    return f"Nhận dạng văn bản quét: {params['name']}"


def _run(work: Work) -> Outcome:
    stored = StoredFile.objects.filter(pk=work.params["file"]).first()
    if stored is None:
        raise Refused("Tệp quét không còn được giữ. Nhận lại văn bản từ tệp gốc.")
    issuer = _issuer(work.params)
    programme = Programme.objects.filter(pk=work.params["programme"]).first()
    data = content_of(stored)

    def tell(done: int, of: int) -> None:
        work.progress(done, of, f"Đang nhận dạng chữ trên bản quét: {done}/{of} trang.")

    try:
        doc = read(data, stored.name, tell)
    except Unreadable as e:
        raise Refused(str(e)) from e
    made: list[Directive] = []

    def write() -> None:
        made.append(
            actions.receive_letter(
                data=data,
                name=stored.name,
                content_type=stored.content_type,
                issuer=issuer,
                programme=programme,
                by=work.by,
                at=work.at,
                calendar=calendars.calendar(),
                doc=doc,
            )
        )
        _forget(work.params)

    def address() -> str:
        return made[0].get_absolute_url()

    return Outcome(
        "Đã nhận dạng và đọc văn bản. Chữ nhận dạng có thể sai: đối chiếu với bản quét trước khi "
        "giao nhiệm vụ.",
        url=address,
        write=write,
    )


def _forget(params: Params) -> None:
    """Forget the file that waited: the letter that was read has its own record of it."""
    files.forget([params["file"]])


KINDS = [Kind(actions.READ_SCAN, title=_title, run=_run, check=_check, forget=_forget)]
