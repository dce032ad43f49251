"""A channel that is a file: CSV, XLSX, JSONL or Parquet, read into events.

In: a path, the layouts of the packs, the reader's own mapping (`tables.open_table`). Out: the
rows as typed columns (`reading.read_frames`) or as events (`reading.read_events`), always in the
order in which things happened, and every row that cannot be read as a `rejects.Reject`.
"""
