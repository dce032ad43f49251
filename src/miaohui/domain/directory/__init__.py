"""Who and what: rights and roles, sub-accounts, groups, shops, channels, presence, masking.

Accounts, texts and heart-beats come in; what somebody may do, see and read goes out.
"""
