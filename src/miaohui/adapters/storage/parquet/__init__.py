"""Logs as columns: the interchange table in Parquet part files, and facts read back from it.

Frames of the interchange table come in, part files go out; part files come in, `Facts` go out.
"""
