"""What may be said where: platforms, paths, and what each room is."""

import ast
import subprocess

import pytest
from tests.architecture.sources import ROOT, modules, words

PLATFORMS = {
    *("pdd", "pinduoduo", "taobao", "tmall", "jd", "jingdong", "douyin", "kuaishou"),
    *("xiaohongshu", "wechat", "weixin", "qianniu", "jingmai", "feige"),
    *("拼多多", "淘宝", "天猫", "京东", "抖音", "快手", "小红书", "微信"),
}
MAY_NAME_PLATFORMS = ("packs/", "adapters/channels/")
# Where teams talk among themselves; one of them lies on the host of a platform.
TEAM_CHATS = {"wecom", "dingtalk", "feishu", "larksuite", "企业微信", "钉钉", "飞书"}
MAY_NAME_TEAM_CHATS = "adapters/notify/team_robots/"
HOST_OF_A_TEAM_CHAT = {"adapters/notify/team_robots/wecom.py": {"weixin"}}
# The pack that a report is made with unless another is named.
DEFAULT_PACK = {"app/cli.py": {"pdd"}}
OUTSIDE = ("../" + "shared", "/" + "work" + "/")
FIRST_WORDS = 4


@pytest.mark.parametrize("path", modules())
def test_only_packs_and_channels_name_a_platform(path):
    if path.startswith(MAY_NAME_PLATFORMS):
        return
    allowed = DEFAULT_PACK.get(path, set()) | HOST_OF_A_TEAM_CHAT.get(path, set())
    assert _named(path, PLATFORMS) <= allowed


@pytest.mark.parametrize("path", modules())
def test_only_the_robots_of_team_chats_name_one(path):
    if not path.startswith(MAY_NAME_TEAM_CHATS):
        assert _named(path, TEAM_CHATS) == set()


def test_a_team_chat_would_be_seen():
    assert _named("adapters/notify/team_robots/address.py", TEAM_CHATS) >= {"wecom", "feishu"}


def test_a_platform_would_be_seen_in_a_name_and_in_a_string():
    for written in ("PddStore = 1", "a.pdd_store()", "x = 'pdd@2026'", "f(jd=1)", "x = '京东店铺'"):
        found = set(words(ast.parse(written)))
        assert any(platform in word for word in found for platform in PLATFORMS), written


@pytest.mark.parametrize("path", [path for path in modules() if path.endswith("__init__.py")])
def test_every_room_says_what_it_is(path):
    assert ast.get_docstring(modules()[path])


def test_no_room_is_still_to_be_told():
    told = {path: ast.get_docstring(tree) or "" for path, tree in modules().items()}
    rooms = {path for path in told if path.endswith("__init__.py")}
    assert {path for path in rooms if len(told[path].split()) < FIRST_WORDS} == set()


def test_no_tracked_file_points_outside_the_repository():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git repository")
    pointing = [
        (name, outside)
        for name in listed.stdout.split("\0")
        if name and (ROOT / name).is_file()
        for outside in OUTSIDE
        if outside.encode() in (ROOT / name).read_bytes()
    ]
    assert pointing == []


def test_no_tracked_link_leads_outside_the_repository():
    links = [path for path in ROOT.rglob("*") if path.is_symlink() and _is_ours(path)]
    assert [path for path in links if not path.resolve().is_relative_to(ROOT)] == []


def _named(path: str, names: set[str]) -> set[str]:
    """Which of the names stand in a module, as a word or inside a Chinese one."""
    return {
        name
        for word in words(modules()[path])
        for name in names
        if (word == name if name.isascii() else name in word)
    }


def _is_ours(path) -> bool:
    return not {".venv", "node_modules", ".git"} & set(path.relative_to(ROOT).parts)
