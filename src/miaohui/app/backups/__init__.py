"""Backups of a house: a folder each, made of a running house, proved before it has its name.

In: the settings that say where the log lies, and a folder for backups. Out: a folder with the log,
media, the settings file and a manifest; or, the other way, a log in a new place.
"""
