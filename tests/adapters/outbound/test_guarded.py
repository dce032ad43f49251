import asyncio

import httpcore
import pytest

from miaohui.adapters.outbound.guarded import ReachesInside, is_public, public_address


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *((each, False) for each in ("127.0.0.1", "10.0.0.8", "172.16.9.9", "192.168.1.1")),
        *((each, False) for each in ("169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1")),
        *((each, False) for each in ("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "::")),
        *((each, False) for each in ("2002:7f00:1::1", "255.255.255.255", "no address")),
        *((each, True) for each in ("223.5.5.5", "8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8")),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1"])
def test_a_name_is_judged_by_what_it_resolves_to(host):
    with pytest.raises((ReachesInside, httpcore.ConnectError)):
        asyncio.run(public_address(host, 80))
