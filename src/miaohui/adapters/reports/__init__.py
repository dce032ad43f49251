"""Renditions of a report: terminal, JSON, tables (CSV, XLSX) and one self-contained page.

In: a `Report` of the analytics room and a language. Out: text, bytes or a file; nothing is counted
here, only shown. The page's plots are drawn by a script built from `web/` (`make setup`).
"""
