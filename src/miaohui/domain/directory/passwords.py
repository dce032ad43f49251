"""What a password must be: long, not the name, and not what everybody takes.

Length over sets of characters, and a list of common ones: NIST SP 800-63B, section 5.1.1.2.
"""

from itertools import pairwise

from miaohui.domain.directory.naming import name_key
from miaohui.domain.vocabulary.problems import Problem

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128

# Common ones of ten characters or more; shorter ones are refused anyway.
COMMON_PASSWORDS = frozenset(
    """
    1234567890 0123456789 0987654321 9876543210 12345678910 123456789a 123456789q a123456789
    q123456789 z123456789 w123456789 aa123456789 abc123456789 qq123456789 1234567899 1234567891
    123456789123 123123123123 1231231234 1122334455 1112223334 1212121212 1313131313 1314520520
    1314521521 5201314520 5201314521 520131452013 52013145201314 7758258258 7758521521 5845201314
    0000000001 1000000000 1010101010 1029384756 1357924680 2468013579 1472583690 1470258369
    1234512345 1234554321 123456123456 123456654321 123321123321 112233445566 147258369147
    password01 password11 password12 password123 password1234 password12345 password123456
    passw0rd123 p@ssword123 p@ssw0rd123 p@ssw0rd1234 mypassword mypassword1 password!!
    passwordpassword qwertyuiop qwertyuiop1
    qwertyuiop123 qwertyuiop[] qwerty1234 qwerty12345 qwerty123456
    qwe123qwe123 qweasdzxc1 qweasdzxc123 qwer1234qwer qwertasdfg asdfghjkl1 asdfghjkl; asdfghjkl123
    zxcvbnm123 zxcvbnm1234 zxcvbnm,./ 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3e 1qaz2wsx3edc 1qazxsw23edc
    q1w2e3r4t5 q1w2e3r4t5y6 zaq12wsxcde3 !qaz2wsx3edc 1qaz@wsx3edc abc1234567 abcd123456 abcd1234567
    abcdefghij abcdefg123 abcdefg1234 a1b2c3d4e5 a1234567890 aa12345678 a12345678a as12345678
    administrator admin12345 admin123456 admin888888 adminadmin admin@1234 admin@12345 root123456
    test123456 testtest12 user123456 guest12345 welcome123 welcome1234 welcome2026 changeme123
    letmein123 letmein1234 iloveyou12 iloveyou123 iloveyou1314 iloveyou520 woaini1314 woaini1314520
    woaini5201 woaini520520 woaini521521 woaini123456 woaiwojia1 woaiwojia520 5201314woaini
    wodemima123 mima123456 kefu123456 kefu12345678 dianpu123456 shangjia123 kefu888888 dianpu888888
    1111111112 666666666a 888888888a 8888888888a 6666666666a 168168168168
    1688888888 8888866666 6666688888 asdasdasd1 asdasd123123 zxczxc123123 qazwsxedc1 qazwsxedc123
    qazwsx123456 football123 baseball123 sunshine123 princess123 superman123 dragon123456
    monkey123456 miaohui123 miaohui1234 miaohui123456 miaohui888
    """.split()  # noqa: SIM905
)


def password_problems(password: str, name: str) -> tuple[Problem, ...]:
    """What is wrong with a password for a log-in name: `password.short`, `password.long`,
    `password.is_name`, `password.common`."""
    if len(password) < SHORTEST_PASSWORD:
        return (Problem("password.short", {"least": SHORTEST_PASSWORD}),)
    if len(password) > LONGEST_PASSWORD:
        return (Problem("password.long", {"most": LONGEST_PASSWORD}),)
    if _is_name(name_key(password), name_key(name)):
        return (Problem("password.is_name"),)
    if _is_common(name_key(password)):
        return (Problem("password.common"),)
    return ()


def _is_name(password: str, name: str) -> bool:
    # The name, once or repeated, forwards or backwards, with at most three more characters.
    for spelled in (name, name[::-1]):
        if len(spelled) > 1 and len(password.replace(spelled, "")) <= 3:
            return True
    return False


def _is_common(password: str) -> bool:
    return password in COMMON_PASSWORDS or _is_repeated(password) or _is_ladder(password)


def _is_repeated(password: str) -> bool:
    """`aaaaaaaaaa` and `12121212121`: at most three characters over and over."""
    return any(
        password == (password[:length] * len(password))[: len(password)] for length in (1, 2, 3)
    )


def _is_ladder(password: str) -> bool:
    """`abcdefghijk` and `98765432109`: each the neighbour of the one before."""
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return steps in ({1}, {-1})
