from ._territory import Body as Body
from ._territory import Link as Link
from ._territory import Territory as Territory
from ._territory import TerritoryUnreadable as TerritoryUnreadable
from ._territory import read_territory as read_territory
from ._territory import shipped_territory as shipped_territory
