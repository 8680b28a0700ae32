from __future__ import annotations

from ._inviting import InvalidLine as InvalidLine
from ._inviting import Invitation as Invitation
from ._inviting import invite_people as invite_people
from ._inviting import invite_person as invite_person
from ._people import InvalidPerson as InvalidPerson
from ._people import change_person as change_person
from ._people import create_administrator as create_administrator
from ._people import deactivate_person as deactivate_person
from ._people import reactivate_person as reactivate_person
from ._positions import AlreadyHeld as AlreadyHeld
from ._positions import LastAdministrator as LastAdministrator
from ._positions import WrongDay as WrongDay
from ._positions import end_position as end_position
from ._positions import give_position as give_position
from ._positions import move_position as move_position
from ._roles import load_roles as load_roles
from ._sign_in import end_sessions as end_sessions
from ._sign_in import record_lockout as record_lockout
from ._sign_in import record_second_factor as record_second_factor
from ._sign_in import record_sign_in as record_sign_in
from ._sign_in import send_invitation as send_invitation
from ._sign_in import set_password as set_password
