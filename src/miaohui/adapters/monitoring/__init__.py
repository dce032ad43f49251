"""What a monitoring system may know of an open house: counts, sizes and seconds, never anybody's
data.

In: what the pipelines tell whoever watches them, and what can be read of the house at any moment.
Out: a page in the text form of Prometheus.
"""
