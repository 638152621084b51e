"""Compare 32 bytes at a time with one: a few vector instructions where a loop takes 32 turns."""

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 32  # bytes; as many must be there from every byte that is looked at (PAD is more)
BYTE, NUMBER = ir.IntType(8), ir.IntType(64)
VECTOR = ir.VectorType(BYTE, LANES)
FIRST = ir.Constant(ir.VectorType(ir.IntType(32), LANES), None)  # lane 0, everywhere


def _compared(comparison):
    """Generate a comparison of LANES bytes from `buffer[p]` on with *byte*, as a mask."""

    def generate(context, builder, signature, arguments):
        buffer, p, byte = arguments
        data = context.make_array(signature.args[0])(context, builder, buffer).data
        place = builder.bitcast(builder.gep(data, [p]), VECTOR.as_pointer())
        lanes = builder.load(place)
        lanes.align = 1
        nothing = ir.Constant(VECTOR, ir.Undefined)
        alone = builder.insert_element(nothing, byte, ir.IntType(32)(0))
        spread = builder.shuffle_vector(alone, nothing, FIRST)
        bits = builder.icmp_unsigned(comparison, lanes, spread)
        return builder.zext(builder.bitcast(bits, ir.IntType(LANES)), NUMBER)

    return generate


@intrinsic
def alike(typing_context, buffer, p, byte):
    """Return a mask (uint64): bit i is set where `buffer[p + i] == byte`, i < LANES."""
    return types.uint64(buffer, types.int64, types.uint8), _compared("==")


@intrinsic
def below(typing_context, buffer, p, byte):
    """Return a mask (uint64): bit i is set where `buffer[p + i] < byte`, i < LANES."""
    return types.uint64(buffer, types.int64, types.uint8), _compared("<")


@intrinsic
def lowest(typing_context, mask):
    """Return the number (int64) of the lowest bit that is set in *mask* (uint64); 64 for none."""

    def generate(context, builder, signature, arguments):
        kind = ir.FunctionType(NUMBER, [NUMBER, ir.IntType(1)])
        call = cgutils.get_or_insert_function(builder.module, kind, "llvm.cttz.i64")
        return builder.call(call, [arguments[0], ir.IntType(1)(0)])

    return types.int64(types.uint64), generate
