"""Small tables and readers that several tests share."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from miaohui.adapters.channels.table_import.reading import read_events
from miaohui.adapters.channels.table_import.rejects import Reject
from miaohui.adapters.channels.table_import.tables import open_table
from miaohui.domain.rules.pack import Provenance, TableLayout, Words
from miaohui.domain.vocabulary.events import Event

ZONE = "Asia/Shanghai"
HEADERS = "shop,channel,conversation,buyer,at,actor,origin,account,kind,text,order,source_id"
PLAIN = (
    f"{HEADERS}\n"
    "王记,web,b1,b1,2026-11-01T08:00:00+08:00,buyer,,,text,在吗？,,m1\n"
    "王记,web,b1,b1,2026-11-01T08:00:30+08:00,agent,,小李,text,在的亲,,m2\n"
    "王记,web,b2,b2,2026-11-01T08:01:00+08:00,bot,,,card.product,,,m3\n"
)

SAID = Provenance("test", "H")

CHATS = TableLayout(
    id="chats",
    label=Words("聊天记录", "Chat log"),
    kind="chats",
    columns={
        "店铺": "shop",
        "买家昵称": "buyer",
        "消息时间": "at",
        "发送人": "actor",
        "客服账号": "account",
        "消息内容": "text",
        "消息类型": "kind",
    },
    provenance=SAID,
    values={"actor": {"买家": "buyer", "客服": "agent"}, "kind": {"文本": "text"}},
    skip_rows=("汇总", "均值"),
)
REPORT = TableLayout(
    id="service_report",
    label=Words("客服服务数据", "Service report"),
    kind="report",
    columns={"日期": "date", "客服": "account", "咨询人数": "persons"},
    provenance=SAID,
    required=("咨询人数",),
)
POSTS = TableLayout(
    id="twitter_support",
    label=Words("推特客服", "Support on Twitter"),
    kind="chats",
    columns={"tweet_id": "source_id", "created_at": "at", "text": "text"},
    provenance=SAID,
    required=("tweet_id", "author_id", "inbound", "in_response_to_tweet_id"),
)
LAYOUTS = (CHATS, REPORT, POSTS)


def written(folder: Path, content: str | bytes, name: str = "log.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(
    path: Path,
    mapping: Mapping[str, str] | None = None,
    shop: str | None = None,
    timezone: str = ZONE,
    layouts: Sequence[TableLayout] = LAYOUTS,
) -> tuple[list[Event], list[Reject]]:
    """All events and rejects of a file."""
    rejects: list[Reject] = []
    table = open_table(path, layouts, mapping or {}, shop, timezone)
    return list(read_events(table, rejects.append)), rejects
