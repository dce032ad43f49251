"""Everything that can be set while the house is open: one file a setting, listed in `listed.py`."""
