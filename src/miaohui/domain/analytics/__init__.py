"""From a log to numbers with reasons.

Conversations (live engine) or facts (batch engine) and a pack's assessments come in; tallies,
figures, explanations, comparisons and whole reports go out.
"""
