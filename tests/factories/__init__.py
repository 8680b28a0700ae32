"""
Test objects: functions that bring a record to a state that the application can reach.
"""

from .agencies import Province as Province
from .agencies import make_agency as make_agency
from .agencies import make_province as make_province
from .people import make_role as make_role
from .people import make_user as make_user
