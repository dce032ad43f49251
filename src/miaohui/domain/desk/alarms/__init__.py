"""Alarms 提醒: who is told what, and when, so that nobody learns of a lost chat afterwards.

In come a shop's settings, its situation (chats with their clocks, people, channels, misses left),
what was told before, and the instant; out come what to tell, to hold back and to take back
(`deciding`), and the instant at which there will be more to do. How it reaches people is not ours.
"""
