from __future__ import annotations

from ._people import AlreadyHeld as AlreadyHeld
from ._people import InvalidLine as InvalidLine
from ._people import InvalidPerson as InvalidPerson
from ._people import Invitation as Invitation
from ._people import LastAdministrator as LastAdministrator
from ._people import WrongDay as WrongDay
from ._people import change_person as change_person
from ._people import create_administrator as create_administrator
from ._people import deactivate_person as deactivate_person
from ._people import end_position as end_position
from ._people import give_position as give_position
from ._people import invite_people as invite_people
from ._people import invite_person as invite_person
from ._people import move_position as move_position
from ._people import reactivate_person as reactivate_person
from ._roles import load_roles as load_roles
from ._sign_in import end_sessions as end_sessions
from ._sign_in import record_lockout as record_lockout
from ._sign_in import record_second_factor as record_second_factor
from ._sign_in import record_sign_in as record_sign_in
from ._sign_in import send_invitation as send_invitation
from ._sign_in import set_password as set_password
