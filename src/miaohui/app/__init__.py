"""Everything put together: the command line, its sentences, and who is who.

Options come in; sentences, reports and files go out. The only room that knows them all.
"""
