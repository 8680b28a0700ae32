from ._load import Loaded as Loaded
from ._load import load_territory as load_territory
