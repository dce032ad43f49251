"""Quick replies of the demo shop."""

from collections.abc import Sequence

from miaohui.domain.directory.quick_replies import QuickReply

BY_FOLDER = {
    "常用": (
        ("在的", "在的亲，请问有什么可以帮您？"),
        ("稍等", "亲稍等，马上帮您查。"),
        ("再见", "不客气的亲，有问题随时联系我们，祝您生活愉快～"),
    ),
    "发货": (
        ("什么时候发货", "亲，现货48小时内发出，拍下就给您安排。"),
        ("催件", "已经联系快递核实，有结果马上告诉您。"),
        ("改地址", "还没发货，地址已经帮您改好，请核对一下。"),
    ),
    "售后": (
        ("怎么退货", "支持七天无理由，在订单里点申请退货就可以，有运费险。"),
        ("退款到账", "仓库签收以后就给您退，原路返回，一般3天内到账。"),
        ("抱歉久等", "{buyer}您好，不好意思让您久等了，我是{agent}，马上为您处理。"),
    ),
}


def replies_of(shop: str) -> Sequence[QuickReply]:
    """The quick replies of a shop's team."""
    return [
        QuickReply(
            id=f"demo-{number}-{place}",
            title=title,
            text=text,
            folder=folder,
            shop=shop,
            place=place,
        )
        for number, (folder, replies) in enumerate(BY_FOLDER.items())
        for place, (title, text) in enumerate(replies)
    ]
