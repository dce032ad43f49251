"""Benchmarks: figures as ratios against a baseline in the same run, on logs made here."""
