"""The secret of a webhook and the signature of a delivery, as Standard Webhooks has them.

A secret is made of the archive's own key and the webhook's salt, and stands nowhere: a copy of the database signs
nothing. With another key of the archive every webhook has another secret.
"""

from __future__ import annotations

import base64
import datetime
from typing import Final

from django.utils.crypto import salted_hmac
from standardwebhooks.webhooks import Webhook as Signer

from search.webhooks.models import Webhook, new_salt

_OVERLAP: Final = datetime.timedelta(days=1)  # that deliveries are signed with the secret before, too


def secret(webhook: Webhook) -> str:
    """`whsec_` and 32 bytes in Base64: to be shown once, to whoever makes the webhook."""
    return _made_of(webhook.salt)


def renew(webhook: Webhook, now: datetime.datetime) -> str:
    """Give a webhook another secret; the one before signs beside it for a day."""
    webhook.salt_before, webhook.salt, webhook.secret_at = webhook.salt, new_salt(), now
    webhook.save(update_fields=["salt_before", "salt", "secret_at"])
    return secret(webhook)


def signed(webhook: Webhook, name: str, body: str, now: datetime.datetime) -> dict[str, str]:
    """The headers of a delivery at a moment in UTC: its name, the moment, its signatures parted by a space."""
    salts = [webhook.salt]
    if webhook.salt_before and now < webhook.secret_at + _OVERLAP:
        salts.append(webhook.salt_before)
    signatures = [Signer(_made_of(salt)).sign(name, now, body) for salt in salts]
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _made_of(salt: str) -> str:
    made = salted_hmac("search.webhooks", salt, algorithm="sha256").digest()
    return f"whsec_{base64.b64encode(made).decode('ascii')}"
