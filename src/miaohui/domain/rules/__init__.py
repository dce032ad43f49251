"""Rule packs as data: their shape, their hours, how one extends another, what must hold in them.
Beside them the hours in which a shop itself is open, and the business time that passes in them.

Plain values and packs come in; packs, findings, differences and assessments go out.
"""
