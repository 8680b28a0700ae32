"""Who may do what and where (phân quyền): permissions, roles as data, grants on branches."""

from ._access import Access as Access
from ._access import Grant as Grant
from ._permissions import Permission as Permission
from ._roles import Role as Role
from ._roles import read_roles as read_roles
from ._roles import role_for as role_for
from ._roles import seed_roles as seed_roles
from ._table import Answer as Answer
from ._table import Move as Move
from ._table import Page as Page
from ._table import answer as answer
