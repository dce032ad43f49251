"""A slow reference implementation of the metrics specification, to hold the engine against."""
