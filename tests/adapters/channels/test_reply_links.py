"""Posts that only name the post they answer become chats between a brand and a customer."""

from pathlib import Path

from tests.adapters.channels.tables_for_tests import read, written

from miaohui.domain.vocabulary.kinds import Actor

HEADER = ",tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"
POSTS = """\
0,1,acme,False,Tue Oct 31 22:10:47 +0000 2017,@501 We are sorry.,2,3.0
1,2,501,True,Tue Oct 31 22:11:45 +0000 2017,@acme and now?,,1.0
2,3,501,True,Tue Oct 31 22:08:27 +0000 2017,it broke,1,4.0
3,4,501,True,Tue Oct 31 22:07:00 +0000 2017,hello?,3,
4,5,502,True,Tue Oct 31 22:06:00 +0000 2017,hey @ACME are you there,,
5,6,503,True,Tue Oct 31 22:05:00 +0000 2017,talking to nobody,,
6,7,globex,False,Tue Oct 31 22:04:00 +0000 2017,@504 please write to us,,99.0
7,8,globex,False,Tue Oct 31 22:03:00 +0000 2017,our shop is open,,
8,9,505,True,Tue Oct 31 22:02:00 +0000 2017,broken \r\rin two,,
9,10,506,maybe,Tue Oct 31 22:01:00 +0000 2017,who am I,,
"""


def test_a_post_belongs_to_the_brand_its_replies_lead_to_or_that_it_mentions(
    tmp_path: Path,
) -> None:
    events, rejects = read(written(tmp_path, HEADER + POSTS))
    chats = {event.source_id: (event.shop, event.conversation, event.actor) for event in events}
    assert chats == {
        "1": ("acme", "501", Actor.AGENT),
        "2": ("acme", "501", Actor.BUYER),
        "3": ("acme", "501", Actor.BUYER),
        "4": ("acme", "501", Actor.BUYER),
        "5": ("acme", "502", Actor.BUYER),
        "7": ("globex", "504", Actor.AGENT),
    }
    assert [(reject.line, reject.key) for reject in rejects] == [
        (7, "reject.unlinked"),
        (9, "reject.unlinked"),
        (10, "reject.return_unquoted"),
        (11, "reject.actor_unknown"),
    ]
    assert {event.account for event in events if event.actor is Actor.AGENT} == {"acme", "globex"}
    assert [event.source_id for event in events] == ["7", "5", "4", "3", "2", "1"]
