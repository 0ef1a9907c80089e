"""Tables as Apache Parquet: typed columns, lists as lists, JSON as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from claims.exports.columns import Column, Kind, RowT, Table, flat

if TYPE_CHECKING:
    import pyarrow as pa


def write_parquet(table: Table[RowT], out: BinaryIO) -> int:
    """Write the table as one file; the number of rows. The columns' meanings are its metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = list(table.rows)
    schema = pa.schema(
        [
            pa.field(c.name, _type(c.kind), metadata={"description": c.meaning})
            for c in table.columns
        ]
    )
    columns = [
        pa.array([_value(column, row) for row in rows], field.type)
        for column, field in zip(table.columns, schema, strict=True)
    ]
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), out, compression="zstd")
    return len(rows)


def _value(column: Column[RowT], row: RowT) -> Any:
    value = column.get(row)
    return flat(value, Kind.JSON) if column.kind is Kind.JSON else value


def _type(kind: Kind) -> pa.DataType:
    import pyarrow as pa

    return {
        Kind.TEXT: pa.string(),
        Kind.JSON: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.FLAG: pa.bool_(),
        Kind.DAY: pa.date32(),
        Kind.NAMES: pa.list_(pa.string()),
        Kind.OFFSETS: pa.list_(pa.list_(pa.int64())),
    }[kind]
