"""Rule packs as YAML files: found, read, extended and checked.

In: a reference (`pdd`, `pdd@2018.1`, a path) and the folders to look in beside the built-in packs.
Out: a checked `Pack`, or a ReaderError with every problem, its file and its line.
"""
