from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.rules.line_validation import Lines, line_problems

PDD, NEUTRAL = load_pack("pdd"), load_pack("neutral")


def told(values: dict[str, float], *packs) -> list[tuple[object, str]]:
    problems = line_problems(Lines(values), packs or (PDD, NEUTRAL))
    return [(problem.values["path"], problem.key) for problem in problems]


def test_shares_and_seconds_of_lines_that_there_are_are_sound():
    assert told({}) == []
    assert told({"star_reply_3min": 0.83, "peer_mean_avg_response": 42.5}) == []


def test_a_line_that_no_pack_of_the_shop_has_is_told():
    assert told({"star_reply_3min": 0.8}, NEUTRAL) == [("values.star_reply_3min", "lines.unknown")]


def test_a_share_is_no_percentage_and_a_wait_no_month():
    assert told({"star_reply_3min": 83, "peer_mean_avg_response": 1e9}) == [
        ("values.star_reply_3min", "lines.not_between"),
        ("values.peer_mean_avg_response", "lines.not_between"),
    ]
    assert told({"star_reply_3min": -0.1}) == [("values.star_reply_3min", "lines.not_between")]
