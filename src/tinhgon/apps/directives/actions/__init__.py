"""Every change to a letter and to what was read out of it."""

from tinhgon.apps.files.actions import FileRefused as FileRefused

from .editing import NothingLeft as NothingLeft
from .editing import ProposalValues as ProposalValues
from .editing import add_proposal as add_proposal
from .editing import change_proposal as change_proposal
from .editing import include_proposal as include_proposal
from .editing import merge_proposal as merge_proposal
from .editing import split_proposal as split_proposal
from .heading import attach_programme as attach_programme
from .heading import correct_document as correct_document
from .heading import discard_directive as discard_directive
from .reading import receive_letter as receive_letter
from .reading import receive_text as receive_text
from .scanning import READ_SCAN as READ_SCAN
from .scanning import receive_scan as receive_scan
