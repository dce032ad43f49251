"""An evening rush: buyers write, people answer one round at a time, and any routing decides.

In come settings, a load and chance; out come a `Crowd` (who writes what and when, who is there)
and, for each routing played on that same crowd, every round with its wait. The routing is handed
in as functions: this room knows nothing of the desk, and the trial of the policies, the desk's
simulator and the planning twin dress the real ones in `play.Routing`.
"""
