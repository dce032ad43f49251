"""What the inspection of replies and the tables read alike: very short texts, made comparable.

Texts come in; normalised words go out.
"""
