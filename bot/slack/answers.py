"""What an answer of Slack, or its absence, says about whether a call took effect."""

from __future__ import annotations

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.fence import TooLate
from bot.messenger import SurelyNot, Unclear, Unreadable


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Slack says of these that "some aspect of the operation" may have succeeded. The last two speak of a
# client_msg_id that is already known: perhaps the first copy arrived.
AMBIGUOUS = _names(
    "fatal_error internal_error service_unavailable request_timeout "
    "duplicate_message_not_found duplicate_channel_not_found"
)
RATE = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
# The bot may not speak at all until an operator changes something.
TOKEN = _names(
    "invalid_auth not_authed token_revoked token_expired missing_scope not_allowed_token_type no_permission "
    "access_denied accesslimited ekm_access_denied enterprise_is_restricted org_login_required "
    "team_access_not_granted team_added_to_org team_not_found two_factor_setup_required "
    "messages_tab_disabled deprecated_endpoint method_deprecated"
)
# Of these, who may read what: the others are the token's own trouble and pass when it is renewed.
CREDENTIALS = frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired"})
# Nobody is there, or the bot is not let in.
ACCOUNT = _names(
    "user_disabled user_not_found user_not_visible channel_not_found is_archived is_inactive not_in_channel "
    "cannot_dm_bot restricted_action restricted_action_non_threadable_channel "
    "restricted_action_read_only_channel restricted_action_thread_locked "
    "restricted_action_thread_only_channel posting_to_channel_denied channel_is_limited_access "
    "external_channel_migrating"
)
# The payload itself is wrong and stays wrong.
CONTENT = _names(
    "invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text too_many_attachments "
    "attachment_payload_limit_exceeded invalid_attachments invalid_arguments invalid_arg_name "
    "invalid_array_arg invalid_charset invalid_form_data invalid_post_type missing_post_type "
    "markdown_text_conflict invalid_metadata_format invalid_metadata_schema metadata_too_large "
    "metadata_must_be_sent_from_app too_many_contact_cards missing_file_data cannot_reply_to_message "
    "thread_not_found as_user_not_supported message_not_found cant_update_message cant_delete_message "
    "edit_window_closed block_mismatch streaming_state_conflict"
)
# account_inactive is said both of the recipient and of the bot itself: who asks has to find out.
EITHER = "account_inactive"
# Raised while the connection is made, before a byte of the request left.
NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)
SHUT_OUT = TOKEN | {EITHER}
RETRY_AFTER = 30.0  # seconds, when Slack gives none


def meaning(error: Exception) -> SurelyNot | Unclear:
    """What a failed call means. Whatever is not known to have had no effect is unclear."""
    if isinstance(error, SlackApiError):
        return _answered(error)
    if isinstance(error, TooLate):
        return SurelyNot(_name(error), "claim")
    if isinstance(error, NEVER_LEFT):
        return SurelyNot(_name(error), "rate")
    return Unclear(_name(error))


def unreadable(error: Exception) -> Unreadable:
    """Why a chat could not be read: a refusal lasts; a fault, a limit or an invalid token passes."""
    told = meaning(error)
    if isinstance(told, Unclear):
        return Unreadable(told.error, lasting=False)
    refused = isinstance(error, SlackApiError) and told.whose != "rate" and told.error not in CREDENTIALS
    return Unreadable(told.error, lasting=refused, retry_after=told.retry_after)


def _answered(error: SlackApiError) -> SurelyNot | Unclear:
    # A body that is not JSON raises with aiohttp's own response, which has `status`, not `status_code`.
    response = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    body = getattr(response, "data", None)
    name = body.get("error") if isinstance(body, dict) else None
    if status == 429 or name in RATE:
        return SurelyNot(str(name or "ratelimited"), "rate", retry_after=_retry_after(response))
    if status >= 500 or not isinstance(name, str) or name in AMBIGUOUS:
        return Unclear(name if isinstance(name, str) else f"http_{status}")
    if name in TOKEN:
        return SurelyNot(name, "token")
    if name in ACCOUNT or name == EITHER:
        return SurelyNot(name, "account", permanent=True)
    return SurelyNot(name, permanent=name in CONTENT)


def _retry_after(response: Any) -> float:
    headers = getattr(response, "headers", None) or {}
    said = next((value for key, value in headers.items() if key.lower() == "retry-after"), "")
    try:
        return max(1.0, min(3600.0, float(said)))
    except ValueError:
        return RETRY_AFTER


def _name(error: Exception) -> str:
    """The kind of a failure; its text may hold an address or contents."""
    return type(error).__name__
