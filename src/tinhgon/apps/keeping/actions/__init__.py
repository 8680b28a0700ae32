"""Keeping what there is: backups, restoring them, moving to another database."""

from ._backing_up import Backup as Backup
from ._backing_up import back_up as back_up
from ._backing_up import folder as folder
from ._moving import move as move
from ._restoring import Restored as Restored
from ._restoring import restore as restore
