"""References to documents (viện dẫn văn bản) in running text: found, ordered, written again."""

from ._find import find_documents as find_documents
from ._model import DocumentRef as DocumentRef
from ._model import Provision as Provision
from ._model import order_key as order_key
from ._model import to_text as to_text
