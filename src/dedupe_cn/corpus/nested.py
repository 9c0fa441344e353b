"""Fields of fields: ``a.b`` is the field ``b`` of the record's field ``a``, unless a field is called ``a.b`` itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

#: What :func:`pick` gives for a field that is not there.
MISSING = object()


def pick(record: Mapping[str, Any], name: str) -> Any:
    """Give a field of a record, ``MISSING`` when there is none; what is inside of NULL is NULL.

    >>> pick({"a": {"b": "一"}}, "a.b"), pick({"a.b": "二", "a": {"b": "一"}}, "a.b"), pick({"a": None}, "a.b")
    ('一', '二', None)
    """
    if name in record:
        return record[name]
    found: Any = record
    for part in name.split("."):
        if found is None:
            return None
        if not isinstance(found, dict) or part not in found:
            return MISSING
        found = found[part]
    return found


def top(name: str, known: Iterable[str]) -> str:
    """Name the column that holds a field, among the ``known`` ones (else it is of none of them).

    >>> top("a.b", ["a", "c"]), top("a.b", ["a.b"]), top("c", ["c"])
    ('a', 'a.b', 'c')
    """
    return name if name in known else name.partition(".")[0]


def in_schema(schema: Any, name: str) -> bool:
    """Tell whether an Arrow schema has a field; of structs, those inside count."""
    if name in schema.names:
        return True
    fields = schema
    for part in name.split("."):
        place = fields.get_field_index(part)
        if place < 0:
            return False
        kind = fields.field(place).type
        fields = kind if hasattr(kind, "get_field_index") else _NOTHING
    return True


class _Nothing:
    def get_field_index(self, name: str) -> int:
        return -1


_NOTHING = _Nothing()


def read_columns(schema: Any, names: Iterable[str]) -> list[str]:
    """Name the columns (or fields inside of columns) of a parquet file that are to be read for some fields."""
    return [name for name in names if in_schema(schema, name)]


def put_texts(batch: Any, name: str, texts: Mapping[int, str]) -> Any:
    """Give a record batch with other texts in some rows of a field."""
    column = top(name, batch.schema.names)
    place = batch.schema.get_field_index(column)
    made = _put(batch.column(place), [] if column == name else name.split(".")[1:], texts)
    return batch.set_column(place, batch.schema.field(place), made)


def _put(array: Any, path: list[str], texts: Mapping[int, str]) -> Any:
    import pyarrow

    if not path:
        return pyarrow.array([texts.get(i, old) for i, old in enumerate(array.to_pylist())], array.type)
    place = array.type.get_field_index(path[0])
    kinds = [array.type.field(number) for number in range(array.type.num_fields)]
    children = [array.field(number) for number in range(array.type.num_fields)]
    children[place] = _put(children[place], path[1:], texts)
    return pyarrow.StructArray.from_arrays(children, fields=kinds, mask=array.is_null())
