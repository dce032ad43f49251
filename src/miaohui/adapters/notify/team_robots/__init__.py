"""Notices into team chats, by the robots that a group's owner adds there: WeCom 企业微信,
DingTalk 钉钉 and Feishu 飞书 (Lark).

An address is one robot, as address.py writes it: the product, its webhook and its secret.
Messages are plain text or structured, never Markdown: a notice may quote a buyer, whose words
must become neither a link nor a mention.
"""
