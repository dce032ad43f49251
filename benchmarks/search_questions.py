"""What is looked for among a million messages: twenty questions of every kind."""

import random
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from miaohui.adapters.storage.search_ports import Sought
from miaohui.domain.directory.scope import Scope
from miaohui.domain.vocabulary.instants import instant_of, micros_of

EACH = 20
SAMPLE = "SELECT * FROM said WHERE text IS NOT NULL AND rowid % 997 = 0"
BUSY = "SELECT shop, count(*) FROM said GROUP BY shop ORDER BY 2 DESC"

Questions = Mapping[str, Sequence[Sought]]


def questions_about(copy: sqlite3.Connection) -> Questions:
    """Of every kind, made of what was said."""
    chance = random.Random(1)
    rows = chance.sample(copy.execute(SAMPLE).fetchall(), 400)
    shops = [shop for shop, _ in copy.execute(BUSY)]
    everywhere = Scope(frozenset(shops))
    characters = Counter(character for row in rows for character in {*row[7]} if character > "一")
    common = [character for character, _ in characters.most_common(EACH)]
    ordered = [row for row in rows if row[6]] or rows
    written = [row for row in rows if row[3]]

    def ask(words: str = "", scope: Scope = everywhere, **filters: Any) -> Sought:
        return Sought(scope=scope, words=words, **filters)

    def day(row: Sequence[Any]) -> dict[str, Any]:
        start = instant_of(row[0])
        return {"since": start, "until": start + timedelta(days=1)}

    def stretch(row: Sequence[Any], length: int) -> str:
        text = row[7]
        start = chance.randrange(max(1, len(text) - length))
        return text[start : start + length]

    some = rows[:EACH]
    return {
        "commonest_characters": [ask(each) for each in common],
        "in_the_largest_shop": [ask(each, Scope(frozenset(shops[:1]))) for each in common],
        "in_the_smallest_shop": [ask(each, Scope(frozenset(shops[-1:]))) for each in common],
        "in_forty_shops": [ask(each, Scope(frozenset(shops[:40]))) for each in common],
        "two_characters": [ask(stretch(row, 2)) for row in some],
        "sentences": [ask(stretch(row, 9)) for row in some],
        "two_words": [ask(f"{stretch(row, 2)} {stretch(row, 2)}") for row in some],
        "never_said": [ask(f"{each}{other}龘") for each, other in zip(common, common, strict=True)],
        "order_numbers": [ask(order=row[6]) for row in ordered[:EACH]],
        "order_prefixes": [ask(order=row[6][:-1]) for row in ordered[:EACH]],
        "buyers": [ask(buyer=row[5]) for row in some],
        "buyers_and_a_character": [ask(common[0], buyer=row[5]) for row in some],
        "writers": [ask(common[0], accounts=frozenset([row[3]])) for row in written[:EACH]],
        "one_day": [ask(common[1], **day(row)) for row in some],
        "kinds": [ask(kinds=frozenset(["image"]), **day(row)) for row in some],
        "own_chats": [ask(common[0], Scope(everywhere.shops, row[3])) for row in written[:EACH]],
        "chats_of_a_team": [
            ask(each, Scope(everywhere.shops, "nobody", frozenset(["group 3"]))) for each in common
        ],
        "chats_of_nobody": [
            ask(each, Scope(everywhere.shops, "nobody", frozenset(["no group"]))) for each in common
        ],
    }


def in_the_open(sought: Sought) -> tuple[str, list[object]]:
    """The same by LIKE over a copy that is not sealed, the reader's rights and counts aside."""
    conditions: list[str] = []
    values: list[object] = []

    def where(condition: str, *told: object) -> None:
        conditions.append(condition)
        values.extend(told)

    for word in sought.words.split():
        where("text LIKE ?", f"%{word}%")
    shops = sorted(sought.scope.shops)
    where(f"shop IN ({', '.join('?' * len(shops))})", *shops)
    for column, wanted in (("account", sought.accounts), ("kind", sought.kinds)):
        if wanted:
            where(f"{column} = ?", *wanted)
    for condition, value in (("ordered LIKE ?", sought.order), ("buyer LIKE ?", sought.buyer)):
        if value:
            where(condition, f"{value}%")
    if sought.since and sought.until:
        where("at >= ? AND at < ?", micros_of(sought.since), micros_of(sought.until))
    found = "SELECT shop, chat, max(at), count(*) FROM said"
    return (
        f"{found} WHERE {' AND '.join(conditions)} GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 20",
        values,
    )
