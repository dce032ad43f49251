"""The interchange table written back to CSV, XLSX, JSONL or Parquet.

In: events or batches of columns, as often as asked for (`tables.write_events`,
`tables.write_frames`). Out: a file that `table_import` reads back to the same events.
"""
