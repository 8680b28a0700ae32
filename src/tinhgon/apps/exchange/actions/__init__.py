"""Every change that the exchange with other e-offices makes."""

from .dispatching import REGISTERED as REGISTERED
from .dispatching import Addressee as Addressee
from .dispatching import OfficeEntry as OfficeEntry
from .dispatching import record_dispatch as record_dispatch
from .handling import handle_arrival as handle_arrival
from .organs import add_organ_id as add_organ_id
from .organs import end_organ_id as end_organ_id
from .organs import import_organ_ids as import_organ_ids
from .receiving import receive_package as receive_package
from .sending import Sent as Sent
from .sending import queue_dispatch as queue_dispatch
from .sending import send_queued as send_queued
from .states import tell_state as tell_state
