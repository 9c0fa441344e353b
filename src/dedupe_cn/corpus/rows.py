"""Rows of parquet files in Arrow types that every version can compute with.

PyArrow (26 and before) reads columns of views, of which it can take, filter and sort nothing: they are cast when they
are read, and back where rows are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def row_batches(file: Any, size: int, **chosen: Any) -> Iterator[Any]:
    """Read batches of rows of a ``pyarrow.parquet.ParquetFile``; ``chosen`` are its ``columns`` or ``row_groups``."""
    for batch in file.iter_batches(batch_size=size, **chosen):
        schema = without_views(batch.schema)
        yield batch if schema.equals(batch.schema) else batch.cast(schema)


def without_views(schema: Any) -> Any:
    """Give the same schema with arrays in the place of views."""
    import pyarrow

    fields = [field.with_type(_without_views(field.type)) for field in schema]
    return pyarrow.schema(fields, schema.metadata)


def _without_views(kind: Any) -> Any:
    import pyarrow as pa
    from pyarrow import types

    if types.is_string_view(kind):
        return pa.large_string()
    if types.is_binary_view(kind):
        return pa.large_binary()

    def inner(field: Any) -> Any:
        return field.with_type(_without_views(field.type))

    if types.is_struct(kind):
        return pa.struct([inner(kind.field(place)) for place in range(kind.num_fields)])
    if types.is_map(kind):
        return pa.map_(inner(kind.key_field), inner(kind.item_field), kind.keys_sorted)
    if types.is_fixed_size_list(kind):
        return pa.list_(inner(kind.value_field), kind.list_size)
    if types.is_list(kind) or types.is_list_view(kind):
        return pa.list_(inner(kind.value_field))
    if types.is_large_list(kind) or types.is_large_list_view(kind):
        return pa.large_list(inner(kind.value_field))
    return kind
