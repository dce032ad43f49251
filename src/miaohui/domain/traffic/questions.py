"""What buyers ask a clothes shop and what the shop answers, as templates told in rounds.

A round's `asks` are messages that follow one another; any first few of them make sense. A
placeholder is filled once for a whole dialogue, so question and answer agree.
"""

import msgspec

from miaohui.domain.traffic.deeds import Deed


class Exchange(msgspec.Struct, frozen=True):
    """One round: what the buyer writes, what the shop may answer, what it may do besides."""

    asks: tuple[str, ...]
    answers: tuple[str, ...]
    deed: Deed | None = None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One concern. `bot_knows`: the bot has an answer to its rounds. `weight`: how common."""

    topic: str
    after_sale: bool = False
    bot_knows: bool = False
    weight: int = 1
    rounds: tuple[Exchange, ...]


MORE_SHIPPING = Exchange(
    ("能发快一点吗", "急着穿", "过两天要出门"),
    ("亲,这边给您备注加急,尽量今天安排哦", "好的亲,已经帮您备注优先发货了"),
)
MORE_DISCOUNT = Exchange(
    ("还能再优惠点吗", "我买两件", "便宜点我现在就拍"),
    ("亲,给您一张{discount}元券,下单自动抵扣哦", "两件的话帮您改价减{discount}元亲"),
    Deed.COUPON,
)
MORE_CARE = Exchange(
    ("会掉色吗", "可以机洗吗", "洗了会不会缩水"),
    ("亲,建议冷水手洗,深色分开洗,不会缩水的", "正常洗涤不掉色的亲,第一次清水过一下更好"),
)
MORE_FIT = Exchange(
    ("会不会太紧", "我喜欢穿宽松一点", "那{larger}码会不会太大"),
    ("喜欢宽松的话拍{larger}码就可以亲", "亲,{size}码是合身的,想宽松选{larger}码"),
    Deed.RECOMMEND,
)
MORE_REFUND = Exchange(
    ("钱什么时候到账", "退到哪里", "大概要几天"),
    ("退款原路返回,一般{days}天内到账的亲", "仓库签收后就给您退,{days}个工作日内到账哦"),
)

QUESTIONS: tuple[Question, ...] = (
    Question(
        topic="size",
        weight=6,
        bot_knows=True,
        rounds=(
            Exchange(
                ("{item}我身高{height}体重{weight}斤穿什么码", "平时穿{size}码", "肩有点宽"),
                (
                    "亲,{height}cm {weight}斤建议您拍{size}码哦",
                    "您好,按您的身高体重{size}码合适,上身效果很好的",
                    "{size}码就可以的亲,不放心的话可以看下尺码表",
                ),
                Deed.AGENT_IMAGE,
            ),
            MORE_FIT,
            MORE_CARE,
            MORE_DISCOUNT,
        ),
    ),
    Question(
        topic="shipping_time",
        weight=5,
        bot_knows=True,
        rounds=(
            Exchange(
                ("今天拍什么时候发货", "{item}是现货吗", "发到{city}要几天"),
                (
                    "亲,现货48小时内发出,到{city}大概{days}天哦",
                    "您好,下午四点前付款当天发,{city}一般{days}天左右到",
                ),
                Deed.PROXY_ORDER,
            ),
            MORE_SHIPPING,
            MORE_FIT,
        ),
    ),
    Question(
        topic="stock",
        weight=3,
        rounds=(
            Exchange(
                ("{item}{colour}{size}码还有货吗", "什么时候补货", "页面上显示没货了"),
                (
                    "亲,{colour}{size}码还有少量现货,喜欢尽快拍哦",
                    "{colour}{size}码刚补货的亲,现在可以下单",
                ),
                Deed.PRODUCT_CARD,
            ),
            MORE_FIT,
            MORE_DISCOUNT,
            MORE_SHIPPING,
        ),
    ),
    Question(
        topic="fabric",
        weight=3,
        bot_knows=True,
        rounds=(
            Exchange(
                ("{item}是什么面料的", "会起球吗", "厚不厚,现在能穿吗"),
                (
                    "亲,面料含棉80%,柔软不扎,日常穿不容易起球",
                    "您好,是加厚款,现在这个天气穿刚好的亲",
                ),
                Deed.BUYER_SHOW_CARD,
            ),
            MORE_CARE,
            MORE_FIT,
        ),
    ),
    Question(
        topic="discount",
        weight=4,
        rounds=(
            Exchange(
                ("{item}有优惠券吗", "怎么比昨天贵了", "活动什么时候开始"),
                (
                    "亲,领券后再减{discount}元,链接发您了",
                    "今天活动价最划算的亲,已给您申请{discount}元券",
                ),
                Deed.COUPON,
            ),
            MORE_DISCOUNT,
            MORE_SHIPPING,
        ),
    ),
    Question(
        topic="group",
        weight=2,
        rounds=(
            Exchange(
                ("怎么拼不成啊", "还差一个人", "能帮我拼一下吗"),
                ("亲,拼单卡片发您了,点进去就能直接成团", "您好,点这个链接参团就可以了亲"),
                Deed.GROUP_CARD,
            ),
            MORE_SHIPPING,
        ),
    ),
    Question(
        topic="unpaid",
        weight=2,
        rounds=(
            Exchange(
                ("我拍了还没付款", "能改价吗", "运费能免吗"),
                ("亲,运费已经给您免了,刷新后付款就好", "已帮您改价减{discount}元,请尽快付款哦"),
                Deed.PRICE_CHANGE,
            ),
            Exchange(
                ("付款失败了", "显示订单异常", "再发一下链接"),
                ("亲,重新进入订单付款试试,链接发您了", "可能是网络原因,您稍后再试一下亲"),
                Deed.ORDER_REMINDER_CARD,
            ),
        ),
    ),
    Question(
        topic="logistics",
        after_sale=True,
        weight=6,
        bot_knows=True,
        rounds=(
            Exchange(
                ("我的快递到哪了", "好几天没更新了", "怎么还没到{city}"),
                (
                    "亲,帮您查了,包裹已到{city}中转,预计{days}天内送达",
                    "您好,物流显示运输中,这两天就会到的亲",
                ),
            ),
            Exchange(
                ("物流三天没动了", "是不是丢件了", "帮我催一下快递"),
                ("亲,已经联系快递核实,有结果马上告诉您", "给您登记催件了,若丢件我们全额赔付的亲"),
                Deed.LINK,
            ),
        ),
    ),
    Question(
        topic="address",
        after_sale=True,
        weight=2,
        rounds=(
            Exchange(
                ("地址填错了能改吗", "改成寄到公司", "刚刚才付的款"),
                ("亲,还没发货,已经给您修改地址了,请核对", "可以的亲,地址修改申请已为您审核通过"),
                Deed.ADDRESS_REVIEW,
            ),
            MORE_SHIPPING,
        ),
    ),
    Question(
        topic="return",
        after_sale=True,
        weight=4,
        bot_knows=True,
        rounds=(
            Exchange(
                ("衣服不合适想退", "运费谁出", "怎么申请退货"),
                (
                    "亲,支持七天无理由,在订单里申请退货退款就可以",
                    "可以退的亲,有运费险,您先垫付,之后会自动赔付",
                ),
                Deed.REFUND_AGREED_CARD,
            ),
            MORE_REFUND,
            Exchange(
                ("退货单号填错了", "怎么修改", "寄的是另一家快递"),
                ("亲,您把正确单号发我,这边帮您修改", "已帮您更正退货单号了亲"),
                Deed.RETURN_TRACKING_CHANGE,
            ),
        ),
    ),
    Question(
        topic="exchange",
        after_sale=True,
        weight=3,
        rounds=(
            Exchange(
                ("收到{size}码小了", "能换{larger}码吗", "吊牌还没拆"),
                ("可以换的亲,这边帮您申请换{larger}码", "亲,您寄回后我们给您发{larger}码哦"),
                Deed.PROXY_AFTERSALE,
            ),
            MORE_SHIPPING,
        ),
    ),
    Question(
        topic="quality",
        after_sale=True,
        weight=3,
        rounds=(
            Exchange(
                ("衣服有个洞", "线头好多", "和图片{colour}色差太大"),
                (
                    "非常抱歉亲,麻烦拍张照片发我看下",
                    "亲,对不起,您看补偿{discount}元可以吗",
                ),
                Deed.SMALL_PAYMENT_CARD,
            ),
            Exchange(
                ("照片发你了", "这样怎么穿", "你们打算怎么处理"),
                ("亲,给您退款或者补发一件,您看哪种方便", "是我们的疏忽,马上给您补发新的亲"),
                Deed.PROXY_AFTERSALE,
            ),
            MORE_REFUND,
        ),
    ),
    Question(
        topic="refund",
        after_sale=True,
        weight=3,
        rounds=(
            Exchange(
                ("退款怎么还没到账", "已经退回去好几天了", "物流显示你们签收了"),
                ("亲,仓库已签收,今天给您处理退款", "您好,已经催财务了,{days}天内原路退回"),
                Deed.LINK,
            ),
            MORE_REFUND,
        ),
    ),
    Question(
        topic="review",
        after_sale=True,
        weight=1,
        rounds=(
            Exchange(
                ("好评返现怎么领", "评价完了", "截图发你"),
                ("亲,收到评价了,返现已经发出,注意查收", "谢谢亲的支持,{discount}元返现卡片发您了"),
                Deed.CASHBACK_CARD,
            ),
        ),
    ),
)
