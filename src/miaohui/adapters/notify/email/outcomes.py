"""What a mail server's answer means for a notice.

Basic codes are those of RFC 5321, section 4.2; where a server gives an enhanced one (RFC 3463),
that is believed, because a bare 550 says "no such mailbox" and "not from you" alike.
"""

import re
import ssl

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPTimeoutError,
)

from miaohui.adapters.notify.port import Outcome, Told

ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
# No such mailbox, no such domain, bad syntax, moved away, no such address (Microsoft), disabled.
GONE_ENHANCED = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
GONE_BASIC = frozenset({550, 551, 553})
FULL_ENHANCED = "5.2.2"


def failed(error: Exception) -> Told:
    """The outcome of a try that raised; its reason holds codes only, never what the server said."""
    match error:
        case SMTPRecipientsRefused(recipients=[first, *_]):
            return _recipient_refused(first)
        case SMTPAuthenticationError(code=code) if code >= 500:
            return Told(Outcome.REFUSED, f"login_{code}")
        case SMTPResponseException(code=code):
            return Told(_by_code(code), f"smtp_{code}")
        case SMTPTimeoutError() | TimeoutError():
            return Told(Outcome.LATER, "timeout")
        case _ if _is_untrusted(error):
            return Told(Outcome.REFUSED, "not_trusted")
        case OSError():  # aiosmtplib's connection errors are such, too
            return Told(Outcome.LATER, "unreachable")
        case SMTPException():  # the server lacks STARTTLS, or any way to log in that we know
            return Told(Outcome.REFUSED, "not_supported")
        case _:
            return Told(Outcome.REFUSED, "bad_settings")


def _recipient_refused(refused: SMTPRecipientRefused) -> Told:
    found = ENHANCED.match(refused.message)
    enhanced = found[1] if found else None
    reason = f"smtp_{refused.code}"
    if enhanced in GONE_ENHANCED or (enhanced is None and refused.code in GONE_BASIC):
        return Told(Outcome.GONE, reason)
    return Told(Outcome.LATER if enhanced == FULL_ENHANCED else _by_code(refused.code), reason)


def _by_code(code: int) -> Outcome:
    return Outcome.REFUSED if code >= 500 else Outcome.LATER


def _is_untrusted(error: Exception) -> bool:
    return isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError)
