"""The way out to addresses that somebody typed: one POST at a time, never into the network inside.

An address, headers and a body go in; what was answered, or why nothing was, comes out. Channels
and notices stand on it; it knows neither.
"""
