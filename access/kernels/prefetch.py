"""Ask the memory for something that a kernel will need a few rows later."""

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

READ_AND_WRITE, KEEP, DATA = 1, 3, 1


@intrinsic
def prefetch(typing_context, array, index):
    """Start to load `array[index]` (one dimension); changes nothing that can be seen."""
    signature = types.void(array, types.int64)

    def generate(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        place = builder.bitcast(builder.gep(data, [arguments[1]]), ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place.type, number, number, number])
        call = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(call, [place, number(READ_AND_WRITE), number(KEEP), number(DATA)])
        return context.get_dummy_value()

    return signature, generate
