"""The one module that knows HiGHS: a choice among packages as a program of whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import highspy

FEASIBLE = 1e-6
_INFINITY = float("inf")


class OutOfTime(Exception):
    """The time was over before anything was found, or shown not to exist."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sum over some choices that must lie between two bounds; None: no bound."""

    coefficients: Mapping[int, float]
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Solved:
    """
    Which choices are taken. `value` is what they cost, `bound` below which none can be.

    `taken` is None where nothing keeps to the lines.
    """

    taken: tuple[int, ...] | None
    value: float = 0.0
    bound: float = 0.0
    is_proven: bool = False


@dataclass(slots=True)
class Program:
    """Choices to take or leave, what each costs, and the lines that the whole must keep to."""

    costs: Sequence[float]
    lines: list[Line] = field(default_factory=list)
    seconds: float = 60.0

    def solve(self) -> Solved:
        """
        Return the cheapest choice. The same program gives the same answer: one thread, one seed.

        :raises OutOfTime: if the time was over first.
        """
        if not self.costs:
            return self._nothing_to_choose()
        import highspy  # with numpy it takes longer than most pages, which need neither

        solver = _quiet()
        for option, value in _OPTIONS.items():
            solver.setOptionValue(option, value)
        solver.setOptionValue("time_limit", self.seconds)
        solver.passModel(self._model())
        solver.run()
        status = solver.getModelStatus()
        info = solver.getInfo()
        if info.primal_solution_status != _HAS_SOLUTION:
            none_there_is = (
                highspy.HighsModelStatus.kInfeasible,
                highspy.HighsModelStatus.kUnboundedOrInfeasible,
            )
            if status not in none_there_is:
                raise OutOfTime
            return Solved(None, is_proven=True)
        values = solver.getSolution().col_value
        return Solved(
            tuple(place for place, each in enumerate(values) if each > 0.5),
            info.objective_function_value,
            info.mip_dual_bound,
            status == highspy.HighsModelStatus.kOptimal,
        )

    def _nothing_to_choose(self) -> Solved:
        fits = all((line.least or 0) <= FEASIBLE for line in self.lines)
        return Solved(() if fits else None, is_proven=True)

    def _model(self) -> highspy.HighsLp:
        import highspy

        size = len(self.costs)
        model = highspy.HighsLp()
        model.num_col_ = size
        model.num_row_ = len(self.lines)
        model.col_cost_ = list(self.costs)
        model.col_lower_ = [0.0] * size
        model.col_upper_ = [1.0] * size
        model.integrality_ = [highspy.HighsVarType.kInteger] * size
        model.row_lower_ = [-_INFINITY if r.least is None else r.least for r in self.lines]
        model.row_upper_ = [_INFINITY if r.most is None else r.most for r in self.lines]
        starts, places, values = [0], [], []
        for line in self.lines:
            places += list(line.coefficients)
            values += list(line.coefficients.values())
            starts.append(len(places))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = places
        model.a_matrix_.value_ = values
        return model


def _quiet() -> highspy.Highs:
    """
    Return a solver that prints nothing, not even the line with which it comes up.

    It is told to be silent where it would turn callbacks on, of which we have none: no option can
    be set any sooner.
    """
    import highspy

    quiet: type[highspy.Highs] = type(
        "Quiet", (highspy.Highs,), {"enableCallbacks": highspy.Highs.silent}
    )
    return quiet()


_OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-6,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}
_HAS_SOLUTION = 2  # SolutionStatus::kSolutionStatusFeasible
