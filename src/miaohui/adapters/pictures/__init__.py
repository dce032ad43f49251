"""Pictures that strangers send: looked at, drawn anew without whatever was hidden in them.

Bytes come in; a picture and a small preview of it go out, or what is wrong.
"""
