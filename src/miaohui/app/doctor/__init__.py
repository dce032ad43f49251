"""`miaohui doctor`: whether all that a house stands on is as it should be, and how to mend it.

In: settings, and the places they name. Out: findings, each with its mend. Nothing is changed, and
nothing outside is reached unless an address is given; a house may be open meanwhile.
"""
