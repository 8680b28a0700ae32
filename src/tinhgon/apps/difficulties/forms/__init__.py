from .moving import AnswerForm as AnswerForm
from .moving import PassUpForm as PassUpForm
from .moving import ReasonForm as ReasonForm
from .moving import ReferForm as ReferForm
from .moving import SendForm as SendForm
from .moving import VersionForm as VersionForm
from .writing import DifficultyForm as DifficultyForm
