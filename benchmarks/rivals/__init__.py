"""Rivals: the same Pinduoduo figures by other tools, as fast as we can write them there.

A folder of Parquet part files in log order comes in; two tables of sums go out, by day and by
account, equal to those of our engine.
"""
