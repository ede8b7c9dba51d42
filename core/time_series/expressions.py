"""Formulas over the variables of a series, such as ``(nir - red) / (nir + red)``: read safely, computed fast.

A formula becomes a list of instructions on registers, which one compiled loop runs over pieces of a block that stay in
the processor's cache. Nothing of Python is evaluated.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ..errors import ChronocoverError

ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, MINIMUM, MAXIMUM, LESS, LESS_EQUAL, EQUAL, AND, OR = range(12)
SQRT, LOG, EXP, ABS, WHERE = range(12, 17)

OPERATORS = {ast.Add: ADD, ast.Sub: SUBTRACT, ast.Mult: MULTIPLY, ast.Div: DIVIDE, ast.Pow: POWER}
FUNCTIONS = {"sqrt": (SQRT, 1), "log": (LOG, 1), "exp": (EXP, 1), "abs": (ABS, 1), "where": (WHERE, 3)}
FOLDED = {"min": MINIMUM, "max": MAXIMUM}
GRAMMAR = (
    "Use names of variables, numbers, + - * / ** and brackets, sqrt, log, log10, exp, abs, min, max, and "
    "where(condition, then, else) with < <= > >= == != and or."
)
DEEPEST = 200  # nested operations: more than any formula has, less than Python's own limit
LARGEST_NUMBER = 1e300
PIECE = 512  # values of a register: two dozen registers stay in the processor's first cache


@dataclass
class Program:
    """Instructions for several formulas at once; equal parts of them are computed once.

    Attributes:
        columns: the variable (position on the last axis of the block) that each loaded register holds.
        loaded: those registers.
        constants: value by register.
        code: ``(operation, target, first, second, third)``, registers.
        count: number of registers.
    """

    columns: list[int] = field(default_factory=list)
    loaded: list[int] = field(default_factory=list)
    constants: dict[int, float] = field(default_factory=dict)
    code: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    count: int = 0
    _known: dict[tuple, int] = field(default_factory=dict)

    def variable(self, column: int) -> int:
        """The register of a variable."""
        key = ("variable", column)
        if key not in self._known:
            self._known[key] = self._new()
            self.columns.append(column)
            self.loaded.append(self._known[key])
        return self._known[key]

    def constant(self, value: float) -> int:
        """The register of a number."""
        key = ("constant", value)
        if key not in self._known:
            self._known[key] = self._new()
            self.constants[self._known[key]] = value
        return self._known[key]

    def operation(self, operation: int, *operands: int) -> int:
        """The register that holds the result of an operation on registers."""
        key = (operation, *operands)
        if key not in self._known:
            target = self._known[key] = self._new()
            first, second, third = (*operands, operands[0], operands[0])[:3]
            self.code.append((operation, target, first, second, third))
        return self._known[key]

    def _new(self) -> int:
        self.count += 1
        return self.count - 1

    def compute(
        self, values: np.ndarray, results: list[tuple[int, int]], keep: list[tuple[int, int]], width: int
    ) -> np.ndarray:
        """Run the program.

        Args:
            values: float32 ``(n, variables)``, C-contiguous; NaN is missing.
            results: pairs (register, column of the output).
            keep: pairs (column of ``values``, column of the output) that are copied.
            width: columns of the output.

        Returns:
            float32 ``(n, width)``. A result is NaN where a variable it uses is missing (of ``where``, one in the
            condition or the branch taken), and where it is not a finite number: a division by zero, the root or
            logarithm of a negative number.
        """
        from .expression_kernel import run_program

        return run_program(
            values,
            np.array(self.columns, dtype=np.int64),
            np.array(self.loaded, dtype=np.int64),
            np.array(list(self.constants), dtype=np.int64),
            np.array(list(self.constants.values()), dtype=np.float64),
            np.array(self.code, dtype=np.int64).reshape(-1, 5),
            self.count,
            np.array(results, dtype=np.int64).reshape(-1, 2),
            np.array(keep, dtype=np.int64).reshape(-1, 2),
            width,
        )


def add_formula(program: Program, text: str, register_of: Callable[[str], int]) -> int:
    """Add a formula to a program; returns the register of its result.

    Args:
        program: is changed.
        text: the formula. A name with other signs than letters, digits and ``_`` stands in double quotes; ``^`` means
            ``**``.
        register_of: gives the register of a name, or raises ChronocoverError.

    Raises:
        ChronocoverError: it is no formula, or uses what is not known here.
    """
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None)
        where = f" near “{text.strip()[max(0, column - 6) : column + 6].strip()}”" if column else ""
        raise ChronocoverError(f"The expression “{text.strip()}” cannot be read{where}. {GRAMMAR}") from error
    return _Reader(program, text.strip(), register_of).read(tree, 0)


class _Reader:
    def __init__(self, program: Program, text: str, register_of: Callable[[str], int]) -> None:
        self._program, self._text, self._register_of = program, text, register_of

    def read(self, node: ast.expr, depth: int) -> int:
        if depth > DEEPEST:
            raise ChronocoverError(f"The expression “{self._text[:60]}…” is nested too deeply. Split it in several.")
        below, operation = depth + 1, self._program.operation
        if isinstance(node, ast.Constant):
            return self._constant(node.value)
        if isinstance(node, ast.Name):
            return self._register_of(node.id)
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return operation(OPERATORS[type(node.op)], self.read(node.left, below), self.read(node.right, below))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
            operand = self.read(node.operand, below)
            if isinstance(node.op, ast.UAdd):
                return operand
            if operand in self._program.constants:
                return self._program.constant(-self._program.constants[operand])
            return operation(SUBTRACT, self._program.constant(0.0), operand)
        if isinstance(node, ast.BoolOp):
            which = AND if isinstance(node.op, ast.And) else OR
            return self._fold(which, [self.read(value, below) for value in node.values])
        if isinstance(node, ast.Compare):
            operands = [self.read(value, below) for value in (node.left, *node.comparators)]
            return self._fold(AND, [self._compare(*each) for each in zip(node.ops, operands, operands[1:])])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
            return self._call(node.func.id, [self.read(value, below) for value in node.args])
        raise self._not_understood(node)

    def _constant(self, value: object) -> int:
        if isinstance(value, str):
            return self._register_of(value)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not -LARGEST_NUMBER < value < LARGEST_NUMBER:
            raise ChronocoverError(
                f"The expression “{self._text}” holds {str(value)[:40]}, which is no number here. {GRAMMAR}"
            )
        return self._program.constant(float(value))

    def _compare(self, operator: ast.cmpop, left: int, right: int) -> int:
        operation = self._program.operation
        if isinstance(operator, (ast.Gt, ast.GtE)):
            left, right = right, left
        if isinstance(operator, (ast.Lt, ast.Gt)):
            return operation(LESS, left, right)
        if isinstance(operator, (ast.LtE, ast.GtE)):
            return operation(LESS_EQUAL, left, right)
        if isinstance(operator, (ast.Eq, ast.NotEq)):
            equal = operation(EQUAL, left, right)
            same = isinstance(operator, ast.Eq)
            return equal if same else operation(SUBTRACT, self._program.constant(1.0), equal)
        raise ChronocoverError(f"The expression “{self._text}” compares in a way that is not known here. {GRAMMAR}")

    def _call(self, name: str, operands: list[int]) -> int:
        if name in FOLDED and len(operands) > 1:
            return self._fold(FOLDED[name], operands)
        if name == "log10" and len(operands) == 1:
            natural = self._program.operation(LOG, *operands)
            return self._program.operation(DIVIDE, natural, self._program.constant(math.log(10.0)))
        if name in FUNCTIONS and len(operands) == FUNCTIONS[name][1]:
            return self._program.operation(FUNCTIONS[name][0], *operands)
        if name in FUNCTIONS or name in FOLDED or name == "log10":
            wanted = "two or more values" if name in FOLDED else f"{FUNCTIONS.get(name, (0, 1))[1]} in its brackets"
            raise ChronocoverError(f"The expression “{self._text}” gives {name} {len(operands)}; it takes {wanted}.")
        raise ChronocoverError(f"The expression “{self._text}” uses the unknown function {name}. {GRAMMAR}")

    def _fold(self, operation: int, operands: list[int]) -> int:
        result = operands[0]
        for operand in operands[1:]:
            result = self._program.operation(operation, result, operand)
        return result

    def _not_understood(self, node: ast.expr) -> ChronocoverError:
        part = ast.get_source_segment(self._text.replace("^", "**"), node) or self._text
        return ChronocoverError(f"The expression “{self._text}” holds “{part}”, which is not known here. {GRAMMAR}")
