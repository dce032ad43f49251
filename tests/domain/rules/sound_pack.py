"""A small pack with one entry of every section and nothing wrong."""

import msgspec

from miaohui.domain.rules.pack import Pack

OWN = {"source": "own", "confidence": "M"}
WORDS = {"zh": "字", "en": "word"}
SHOWN = {"unit": "percent", "decimals": 1}


def sound_data() -> dict:
    """The plain values of the pack, fresh on every call."""
    return {
        "pack": {
            "id": "corner_shop",
            "version": "2026.1",
            "title": WORDS,
            "platform": "corner",
            "timezone": "Asia/Shanghai",
            "effective": {"from": "2026-01-01"},
        },
        "sources": [{"id": "own", "kind": "own", "title": "我们"}],
        "conversation": {"provenance": OWN},
        "reply_classes": [{"id": "human", "counts": {}, "provenance": OWN}],
        "calendars": [
            {
                "id": "day",
                "windows": [{"from": "08:00", "until": "24:00"}],
                "provenance": OWN,
            }
        ],
        "metrics": [
            {
                "id": "reply",
                "label": WORDS,
                "unit": "round",
                "measure": "rate",
                "threshold": "PT3M",
                "calendar": "day",
                "display": SHOWN,
                "better": "higher",
                "provenance": OWN,
            },
            {
                "id": "wait",
                "label": WORDS,
                "unit": "round",
                "measure": "mean",
                "unanswered": "cap",
                "cap": "PT10M",
                "display": {"unit": "seconds"},
                "better": "lower",
                "provenance": OWN,
            },
            {
                "id": "people",
                "label": WORDS,
                "unit": "person",
                "measure": "rate",
                "threshold": "PT1H",
                "success": "all_messages_within",
                "display": SHOWN,
                "better": "higher",
                "provenance": OWN,
            },
        ],
        "overlays": [
            {
                "id": "festival",
                "label": WORDS,
                "kind": "replace",
                "dates": [{"from": "2026-02-16", "until": "2026-02-23"}],
                "applies_to": ["reply"],
                "windows": [{"from": "10:00", "until": "18:00"}],
                "provenance": OWN,
            }
        ],
        "indicators": [
            {
                "id": "slow",
                "label": WORDS,
                "measure": "slow_receptions",
                "limit": "PT3M",
                "display": {"unit": "count"},
                "provenance": OWN,
            }
        ],
        "thresholds": [
            {
                "id": "line",
                "label": WORDS,
                "metric": "reply",
                "op": ">=",
                "basis": "absolute",
                "value": 0.8,
                "provenance": OWN,
            }
        ],
        "eligibility": [{"id": "join", "label": WORDS, "all_of": ["line"], "provenance": OWN}],
        "consequences": [
            {
                "id": "down",
                "label": WORDS,
                "any_of": ["line"],
                "effects": [WORDS],
                "severity": 2,
                "provenance": OWN,
            }
        ],
        "penalties": [
            {
                "id": "fine",
                "label": WORDS,
                "any_of": ["line"],
                "amounts_fen": [100],
                "after_last": "unknown",
                "provenance": OWN,
            }
        ],
        "layouts": [
            {
                "id": "chats",
                "label": WORDS,
                "kind": "chats",
                "columns": {"买家": "buyer", "时间": "at", "角色": "actor"},
                "required": ["at", "角色"],
                "values": {"actor": {"客服": "agent"}},
                "provenance": OWN,
            }
        ],
    }


def pack_of(data: dict) -> Pack:
    """Plain values as a pack."""
    return msgspec.convert(data, Pack)
