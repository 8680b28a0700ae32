"""References to documents (viện dẫn văn bản) in running text, and what their codes say."""

from ._codes import Body as Body
from ._codes import CodeFault as CodeFault
from ._codes import bears as bears
from ._codes import code_faults as code_faults
from ._codes import is_central as is_central
from ._codes import split_code as split_code
from ._codes import symbol_for as symbol_for
from ._find import find_documents as find_documents
from ._model import DocumentRef as DocumentRef
from ._model import Provision as Provision
from ._model import order_key as order_key
from ._model import to_text as to_text
