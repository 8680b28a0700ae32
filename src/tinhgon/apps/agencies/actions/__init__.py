from tinhgon.apps.agencies.policies import AgencyRefused as AgencyRefused
from tinhgon.apps.files.actions import FileRefused as FileRefused
from tinhgon.common.models import StaleObject as StaleObject

from ._change import add_agency as add_agency
from ._change import end_agency as end_agency
from ._change import merge_agencies as merge_agencies
from ._change import move_agency as move_agency
from ._change import rename_agency as rename_agency
from ._change import split_agency as split_agency
from ._import import Imported as Imported
from ._import import import_agencies as import_agencies
from ._import import keep_import_file as keep_import_file
from ._load import Loaded as Loaded
from ._load import load_territory as load_territory
from ._rows import NewAgency as NewAgency
