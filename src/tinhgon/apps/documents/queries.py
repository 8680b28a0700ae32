from __future__ import annotations

from tinhgon.apps.accounts.models import User

from .models import Document


def get_visible_document(*, user: User, pk: int) -> Document:
    """
    Return the document, if the person may see it.

    :raises Document.DoesNotExist: also when it exists but is hidden from the person.
    """
    return Document.objects.visible_to(user).select_related("file").get(pk=pk)
