"""Where logs lie: the ports (`ports.py`) and one folder for each kind of storage."""
