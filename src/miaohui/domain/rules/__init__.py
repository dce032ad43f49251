"""Rule packs as data: their shape, their hours, how one extends another, what must hold in them.

Plain values and packs come in; packs, findings, differences and assessments go out.
"""
