"""What can be done to report periods and reports; each with its audit row and its notices."""

from tinhgon.apps.files.actions import FileRefused as FileRefused
from tinhgon.common.models import StaleObject as StaleObject
from tinhgon.common.refusal import Refused as Refused
from tinhgon.common.uploads import Upload as Upload

from .freezing import freeze_due as freeze_due
from .freezing import freeze_period as freeze_period
from .freezing import restate as restate
from .opening import Asked as Asked
from .opening import Changed as Changed
from .opening import Deadline as Deadline
from .opening import Heading as Heading
from .opening import change_period as change_period
from .opening import close_period as close_period
from .opening import open_period as open_period
from .receiving import Received as Received
from .receiving import receive as receive
from .receiving import receive_many as receive_many
from .receiving import return_report as return_report
from .reminding import due_reports as due_reports
from .reminding import remind_reports as remind_reports
from .sending import SignedReport as SignedReport
from .sending import recall as recall
from .sending import record_sent as record_sent
from .sending import send as send
from .sending import send_nil as send_nil
from .succession import Followed as Followed
from .succession import follow_agencies as follow_agencies
from .templates import FaultyTemplate as FaultyTemplate
from .templates import add_template as add_template
from .templates import put_template_aside as put_template_aside
from .templates import use_template as use_template
from .urging import urge as urge
from .writing import write_text as write_text
