"""What the inspection of replies, the tables and the search read alike.

Texts come in; very short ones go out as normalised words, all others as the pieces and grams by
which they are found.
"""
