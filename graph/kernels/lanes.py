"""Thirty-two float64 side by side as one value: what the processor adds in a few instructions.

A kernel that walks the ties for 32 sources at once holds one *row* of 32 numbers per node. Written
as a loop over the row, the compiler cannot know that two rows do not overlap and works number by
number; as one value of this type it uses the widest registers the machine has.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import extending
from numba.core import types

LANES = 32
intrinsic: Any = extending.intrinsic

_VECTOR = ir.VectorType(ir.DoubleType(), LANES)
_I32 = ir.IntType(32)


class LanesType(types.Type):
    """The type of 32 float64 in one value."""

    def __init__(self) -> None:
        super().__init__(f"Lanes{LANES}")


lanes_type: Any = LanesType()


@extending.register_model(LanesType)
class _LanesModel(extending.models.PrimitiveModel):
    def __init__(self, manager: Any, kind: LanesType) -> None:
        super().__init__(manager, kind, _VECTOR)  # type: ignore[no-untyped-call]


def _pointer(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    array = context.make_array(signature.args[0])(context, builder, args[0])
    row = context.cast(builder, args[1], signature.args[1], types.intp)
    first = builder.mul(row, ir.Constant(row.type, LANES))
    return builder.bitcast(builder.gep(array.data, [first]), _VECTOR.as_pointer())


def _spread(builder: Any, value: Any) -> Any:
    vector = ir.VectorType(value.type, LANES)
    blank = ir.Constant(vector, ir.Undefined)
    first = builder.insert_element(blank, value, ir.Constant(_I32, 0))
    zeros = ir.Constant(ir.VectorType(_I32, LANES), [0] * LANES)
    return builder.shuffle_vector(first, blank, zeros)


@intrinsic
def load(context: Any, rows: Any, i: Any) -> Any:
    """Return row ``i`` of a contiguous array of shape (n, LANES); i is not checked."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.load(_pointer(context, builder, signature, args), align=8)

    return lanes_type(rows, i), generate


@intrinsic
def store(context: Any, rows: Any, i: Any, lanes: Any) -> Any:
    """Write ``lanes`` to row ``i`` of a contiguous array of shape (n, LANES); i is not checked."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        builder.store(args[2], _pointer(context, builder, signature, args), align=8)
        return context.get_dummy_value()

    return types.none(rows, i, lanes_type), generate


@intrinsic
def spread(context: Any, number: Any) -> Any:
    """Return the same float64 in all lanes."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _spread(builder, args[0])

    return lanes_type(types.float64), generate


@intrinsic
def add(context: Any, a: Any, b: Any) -> Any:
    """Return a + b, lane by lane."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.fadd(args[0], args[1])

    return lanes_type(lanes_type, lanes_type), generate


@intrinsic
def multiply(context: Any, a: Any, b: Any) -> Any:
    """Return a · b, lane by lane."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.fmul(args[0], args[1])

    return lanes_type(lanes_type, lanes_type), generate


@intrinsic
def divide(context: Any, a: Any, b: Any) -> Any:
    """Return a / b, lane by lane."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.fdiv(args[0], args[1])

    return lanes_type(lanes_type, lanes_type), generate


@intrinsic
def keep(context: Any, mask: Any, lanes: Any) -> Any:
    """Return the lanes whose bit in the uint32 ``mask`` is set, 0 in the others."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        vector = ir.VectorType(_I32, LANES)
        bits = builder.and_(
            _spread(builder, args[0]), ir.Constant(vector, [1 << q for q in range(LANES)])
        )
        is_set = builder.icmp_unsigned("!=", bits, ir.Constant(vector, [0] * LANES))
        return builder.select(is_set, args[1], ir.Constant(_VECTOR, [0.0] * LANES))

    return lanes_type(types.uint32, lanes_type), generate


@intrinsic
def total(context: Any, lanes: Any) -> Any:
    """Return the sum of all lanes, added by halves."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        vector, n = args[0], LANES
        while n > 1:
            half = ir.VectorType(_I32, n // 2)
            low = builder.shuffle_vector(vector, vector, ir.Constant(half, list(range(n // 2))))
            high = builder.shuffle_vector(vector, vector, ir.Constant(half, list(range(n // 2, n))))
            vector, n = builder.fadd(low, high), n // 2
        return builder.extract_element(vector, ir.Constant(_I32, 0))

    return types.float64(lanes_type), generate
