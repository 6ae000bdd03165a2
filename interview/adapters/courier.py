"""Brings webhooks to their endpoints; what they answer beyond a status is never read."""

import time
from collections.abc import Mapping

from interview.adapters.outbound import Outbound, OutboundFailed
from interview.webhooks import Outcome, judged

WITHIN_S = 15.0


class HttpCourier:
    """Port `Courier`."""

    def __init__(self, outbound: Outbound, within_s: float = WITHIN_S) -> None:
        self._outbound = outbound
        self._within_s = within_s

    async def bring(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        began = time.monotonic()
        try:
            answered = await self._outbound.call(
                "POST", url, headers=headers, body=body, within_s=self._within_s
            )
        except OutboundFailed as error:
            return Outcome(None, error.trouble, _ms_since(began))
        return judged(answered.status, _ms_since(began))


def _ms_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
