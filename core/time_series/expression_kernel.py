"""The compiled loop that computes the formulas of :mod:`core.time_series.expressions`."""

from __future__ import annotations

import math

import numba
import numpy as np

from .expressions import (
    ABS,
    ADD,
    AND,
    DIVIDE,
    EQUAL,
    EXP,
    LESS,
    LESS_EQUAL,
    LOG,
    MAXIMUM,
    MINIMUM,
    MULTIPLY,
    OR,
    PIECE,
    POWER,
    SQRT,
    SUBTRACT,
    WHERE,
)


@numba.njit(cache=True, nogil=True, error_model="numpy")
def run_program(
    values: np.ndarray,
    columns: np.ndarray,
    loaded: np.ndarray,
    constant_registers: np.ndarray,
    constants: np.ndarray,
    code: np.ndarray,
    registers: int,
    results: np.ndarray,
    keep: np.ndarray,
    width: int,
) -> np.ndarray:
    """See :meth:`core.time_series.expressions.Program.compute`. Numbers are float64 between the steps."""
    samples = len(values)
    output = np.empty((samples, width), dtype=np.float32)
    memory = np.empty((max(1, registers), PIECE))
    for index in range(len(constants)):
        memory[constant_registers[index], :] = constants[index]
    for start in range(0, samples, PIECE):
        count = min(PIECE, samples - start)
        for index in range(len(columns)):
            register, column = memory[loaded[index]], columns[index]
            for i in range(count):
                register[i] = values[start + i, column]
        for index in range(len(code)):
            _do(
                code[index, 0],
                memory[code[index, 1]],
                memory[code[index, 2]],
                memory[code[index, 3]],
                memory[code[index, 4]],
                count,
            )
        for index in range(len(results)):
            register, column = memory[results[index, 0]], results[index, 1]
            for i in range(count):
                value = np.float32(register[i])
                output[start + i, column] = value if math.isfinite(value) else np.float32(np.nan)
        for index in range(len(keep)):
            source, column = keep[index, 0], keep[index, 1]
            for i in range(count):
                output[start + i, column] = values[start + i, source]
    return output


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _do(operation: int, target: np.ndarray, a: np.ndarray, b: np.ndarray, c: np.ndarray, count: int) -> None:
    """One operation on ``count`` values; comparisons give 1 and 0, and NaN where an operand is missing."""
    if operation == ADD:
        for i in range(count):
            target[i] = a[i] + b[i]
    elif operation == SUBTRACT:
        for i in range(count):
            target[i] = a[i] - b[i]
    elif operation == MULTIPLY:
        for i in range(count):
            target[i] = a[i] * b[i]
    elif operation == DIVIDE:
        for i in range(count):
            target[i] = a[i] / b[i] if b[i] != 0.0 else np.nan
    elif operation == SQRT:
        for i in range(count):
            target[i] = math.sqrt(a[i]) if a[i] >= 0.0 else np.nan
    elif operation == LOG:
        for i in range(count):
            target[i] = math.log(a[i]) if a[i] > 0.0 else np.nan
    elif operation == EXP:
        for i in range(count):
            target[i] = math.exp(a[i])
    elif operation == ABS:
        for i in range(count):
            target[i] = abs(a[i])
    elif operation == WHERE:
        for i in range(count):
            target[i] = np.nan if math.isnan(a[i]) else b[i] if a[i] != 0.0 else c[i]
    elif operation == POWER:
        for i in range(count):
            missing = math.isnan(a[i]) or math.isnan(b[i])
            target[i] = np.nan if missing else a[i] * a[i] if b[i] == 2.0 else a[i] ** b[i]
    else:
        for i in range(count):
            target[i] = np.nan if math.isnan(a[i]) or math.isnan(b[i]) else _choose(operation, a[i], b[i])


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _choose(operation: int, a: float, b: float) -> float:
    if operation == MINIMUM:
        return min(a, b)
    if operation == MAXIMUM:
        return max(a, b)
    if operation == LESS:
        return 1.0 if a < b else 0.0
    if operation == LESS_EQUAL:
        return 1.0 if a <= b else 0.0
    if operation == EQUAL:
        return 1.0 if a == b else 0.0
    if operation == AND:
        return 1.0 if a != 0.0 and b != 0.0 else 0.0
    if operation == OR:
        return 1.0 if a != 0.0 or b != 0.0 else 0.0
    return np.nan
