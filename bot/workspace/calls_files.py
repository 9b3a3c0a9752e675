"""The Web API's files (the upload in three steps, and what people drop), Socket Mode's door, and its test methods."""

from __future__ import annotations

import base64
import mimetypes
from typing import Any
from urllib.parse import quote

from bot.workspace.blocks import message_findings, view_findings
from bot.workspace.calls import ApiError, Call, pointed
from bot.workspace.conversations import Message
from bot.workspace.views import put_ids
from bot.workspace.world import World

Json = dict[str, Any]


def get_upload_url(call: Call) -> Json:
    """files.getUploadURLExternal: where to post the file's bytes."""
    filename = call.needed("filename")
    length = call.number("length", 0, 1 << 30)
    if not length:
        raise ApiError("missing_argument")
    file_id = f"F{call.world.next_number():010d}"
    file = {"id": file_id, "name": filename, "size": length, "content": None, "alt_txt": call.text("alt_txt")}
    call.world.files[file_id] = file
    return {"upload_url": f"{call.base_url}/upload/{file_id}", "file_id": file_id}


def complete_upload(call: Call) -> Json:
    """files.completeUploadExternal: show uploaded files in a conversation."""
    given = call.structure("files")
    if not isinstance(given, list) or not given:
        raise ApiError("invalid_arguments", ["[ERROR] missing required field: files"])
    files = []
    for part in given:
        file = call.world.files.get(str(part.get("id"))) if isinstance(part, dict) else None
        if file is None or file["content"] is None:
            raise ApiError("file_not_found")
        file["title"] = part.get("title") or file["name"]
        files.append(file_object(call.base_url, file))
    channel = call.text("channel_id")
    if channel:
        conversation = call.world.conversations.get(channel)
        if conversation is None:
            raise ApiError("channel_not_found")
        blocks = call.blocks() or []
        put_ids(call.world, blocks)
        text = call.text("initial_comment")
        thread = call.text("thread_ts") or None
        message = Message(call.world.next_ts(), call.world.bot["user_id"], text, blocks, thread, files=files)
        call.world.post(conversation, message)
    return {"files": [{"id": file["id"], "title": file["title"]} for file in files]}


def file_object(base_url: str, file: Json) -> Json:
    """A file as a message shows it."""
    return {
        "id": file["id"],
        "name": file["name"],
        "title": file.get("title", file["name"]),
        "size": file["size"],
        "alt_txt": file.get("alt_txt", ""),
        "mimetype": mimetypes.guess_type(file["name"])[0] or "application/octet-stream",
        "filetype": file["name"].rpartition(".")[2].lower(),
        "mode": "hosted",
        "is_external": False,
        "url_private": f"{base_url}/files/{file['id']}",
        "url_private_download": f"{base_url}/files-pri/{file['id']}/download/{quote(file['name'])}",
    }


def add_file(world: World, name: str, content: bytes) -> Json:
    """A file that a person put into a conversation."""
    file_id = f"F{world.next_number():010d}"
    world.files[file_id] = file = {"id": file_id, "name": name, "size": 0, "content": None}
    keep_file(file, content)
    return file


def files_info(call: Call) -> Json:
    """files.info: a file as a message shows it."""
    file = call.world.files.get(call.needed("file"))
    if file is None or file["content"] is None:
        raise ApiError("file_not_found")
    return {"file": file_object(call.base_url, file)}


def keep_file(file: Json, content: bytes) -> None:
    file["content"] = base64.b64encode(content).decode()
    file["size"] = len(content)


def file_bytes(file: Json) -> bytes:
    return base64.b64decode(file["content"] or "")


def blocks_validate(call: Call) -> Json:
    """blocks.validate: the checks of this workspace, for `blocks`, a `message` or a `view`."""
    view, message, blocks = call.structure("view"), call.structure("message"), call.structure("blocks")
    if isinstance(view, dict):
        findings, _ = view_findings(view, str(view.get("type", "modal")))
        findings = [(f"/view{pointer}", sentence) for pointer, sentence in findings]
    else:
        given = message.get("blocks") if isinstance(message, dict) else blocks
        if not isinstance(given, list):
            raise ApiError("invalid_arguments", ["[ERROR] one of blocks, message and view is required"])
        findings, _ = message_findings(given)
    if findings:
        raise ApiError("invalid_blocks", pointed(findings))
    return {}


def api_test(call: Call) -> Json:
    """api.test: says back what it was told, or fails with the `error` it was given."""
    if call.text("error"):
        raise ApiError(call.text("error"))
    return {"args": call.args}


def connections_open(call: Call) -> Json:
    """apps.connections.open: the address of a new Socket Mode connection."""
    address = call.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket=t{call.world.next_number()}&app_id={call.world.bot['app_id']}"}
