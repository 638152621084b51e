"""Compare 32 bytes at a time with one byte: a vector instruction where a loop would take 32 turns."""

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 32  # bytes; as many must be there behind every byte that is looked at (PAD is more)
NUMBER = ir.IntType(64)


@intrinsic
def alike(typing_context, buffer, p, byte):
    """Return a mask (uint64): bit i is set where `buffer[p + i]` is *byte*, i < LANES."""
    signature = types.uint64(buffer, types.int64, types.uint8)

    def generate(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        vector = ir.VectorType(ir.IntType(8), LANES)
        place = builder.bitcast(builder.gep(data, [arguments[1]]), vector.as_pointer())
        lanes = builder.load(place)
        lanes.align = 1
        sought = ir.Constant(vector, ir.Undefined)
        sought = builder.insert_element(sought, arguments[2], ir.Constant(ir.IntType(32), 0))
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), LANES), None)
        sought = builder.shuffle_vector(sought, ir.Constant(vector, ir.Undefined), zeros)
        same = builder.bitcast(builder.icmp_unsigned("==", lanes, sought), ir.IntType(LANES))
        return builder.zext(same, NUMBER)

    return signature, generate


@intrinsic
def lowest(typing_context, mask):
    """Return the number (int64) of the lowest bit that is set in *mask*; 64 where none is."""
    signature = types.int64(types.uint64)

    def generate(context, builder, signature, arguments):
        flag = ir.IntType(1)
        kind = ir.FunctionType(NUMBER, [NUMBER, flag])
        call = cgutils.get_or_insert_function(builder.module, kind, "llvm.cttz.i64")
        return builder.call(call, [arguments[0], flag(0)])

    return signature, generate
