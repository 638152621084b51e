"""OTLP in protobuf: decode log exports, as collectors send them unless told otherwise."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING, Any

from access.otlp import Record, flattened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from google.protobuf.descriptor_pb2 import DescriptorProto

# The messages of opentelemetry/proto/{collector/logs,logs,common,resource}/v1 (version 1) as far
# as they are read: name, type, number. Numbers never change; what is not listed is skipped.
# Texts are declared as bytes, which on the wire is the same: protobuf would refuse a whole export
# for one text that is no UTF-8, and a user agent is whatever its sender makes of it.
MESSAGES = {
    "Export": "resource_logs ResourceLogs* 1",
    "ResourceLogs": "resource Resource 1, scope_logs ScopeLogs* 2",
    "Resource": "attributes Pair* 1",
    "ScopeLogs": "log_records LogRecord* 2",
    "LogRecord": """time_unix_nano fixed64 1, observed_time_unix_nano fixed64 11, body Value 5,
        attributes Pair* 6""",
    "Pair": "key bytes 1, value Value 2",
    "Pairs": "values Pair* 1",
    "Values": "values Value* 1",
    "Value": """string_value bytes 1, bool_value bool 2, int_value int64 3, double_value double 4,
        array_value Values 5, kvlist_value Pairs 6, bytes_value bytes 7""",
}
PACKAGE = "otlp"
ONE_OF = "Value"  # the message of which only one field is there


@cache
def export_class() -> type[Any]:
    """Make the class that decodes an export; when the first one comes, for it takes 20 ms."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory  # noqa: PLC0415

    file = descriptor_pb2.FileDescriptorProto(name=f"{PACKAGE}.proto", package=PACKAGE)
    file.syntax = "proto3"
    for name, declared in MESSAGES.items():
        message = file.message_type.add(name=name)
        for words in declared.split(","):
            _declare(message, *words.split())
        if name == ONE_OF:
            message.oneof_decl.add(name="value")
            for field in message.field:
                field.oneof_index = 0
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{PACKAGE}.Export"))


def _declare(message: DescriptorProto, name: str, kind: str, number: str) -> None:
    """Add one field of MESSAGES."""
    field = message.field.add(name=name, number=int(number))
    field.label = field.LABEL_REPEATED if kind.endswith("*") else field.LABEL_OPTIONAL
    if kind[0].isupper():
        field.type, field.type_name = field.TYPE_MESSAGE, f".{PACKAGE}.{kind.rstrip('*')}"
    else:
        field.type = field.Type.Value(f"TYPE_{kind.upper()}")


def wire_lines(value: bytes, most: int) -> bytes:
    """Flatten an export in protobuf; ValueError for anything else, or over *most* bytes."""
    from google.protobuf.message import DecodeError  # noqa: PLC0415 - see `export_class`

    try:
        export = export_class().FromString(value)
    except DecodeError as error:
        raise ValueError(error) from None
    return flattened(records(export), most)


def records(export: Any) -> Iterator[Record]:  # noqa: ANN401 - classes of messages are made at run time
    """List what an export holds, in order."""
    for logs in export.resource_logs:
        resource = table(logs.resource.attributes)
        for scope in logs.scope_logs:
            for one in scope.log_records:
                body, attributes = plain(one.body), table(one.attributes)
                yield Record(
                    one.time_unix_nano, one.observed_time_unix_nano, attributes, body, resource
                )


def table(pairs: Iterable[Any]) -> dict[str, Any]:
    """Look up values by their keys."""
    return {text(pair.key): plain(pair.value) for pair in pairs}


def plain(value: Any) -> Any:  # noqa: ANN401 - anything that JSON knows
    """Take a value out of its wrapping."""
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    found = getattr(value, kind)
    return PLAIN[kind](found) if kind in PLAIN else found


def text(found: bytes) -> str:
    """Read a text; bytes that are no UTF-8 are replaced where they stand."""
    return str(found, "utf-8", "replace")


PLAIN: dict[str, Callable[[Any], Any]] = {
    "string_value": text,
    "array_value": lambda found: [plain(one) for one in found.values],
    "kvlist_value": lambda found: table(found.values),
    "bytes_value": lambda found: b64encode(found).decode(),
}
