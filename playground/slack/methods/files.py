"""files.*: the upload in three steps that files_upload_v2 takes.

Source: Slack's page "Working with files".
"""

from playground.slack.content import Content
from playground.slack.errors import Refusal
from playground.slack.files import File
from playground.slack.methods.call import Call
from playground.slack.people import Channel
from playground.slack.shapes import Json, as_list


def get_upload_url(call: Call) -> Json:
    """Return where to send a file's bytes."""
    length = call.number("length", 0)
    if length < 1 or not call.word("filename"):
        raise Refusal("missing_argument")
    file = call.slack.files.announce(call.word("filename"), length, call.word("alt_txt"))
    return {"upload_url": f"{call.url}/upload/{file.secret}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Finish uploads, and share them in a channel or thread if one is named."""
    wanted = as_list(call.structure("files"))
    if not wanted:
        raise Refusal("invalid_arguments", ["files must name at least one file"])
    channels = call.word("channel_id") or call.word("channels")
    places = [_place(call, each) for each in channels.split(",") if each]
    files = [call.slack.files.complete(str(each.get("id")), str(each.get("title") or "")) for each in wanted]
    for place in places:
        _share(call, files, place.id)
    return {"files": [file.as_slack() for file in files]}


def _place(call: Call, name: str) -> Channel:
    try:
        return call.slack.writable(name)
    except Refusal as refusal:
        unknown = refusal.code == "channel_not_found"
        raise Refusal("invalid_channel" if unknown else "posting_to_channel_denied") from None


def _share(call: Call, files: list[File], channel: str) -> None:
    for file in files:
        file.channels.append(channel)
    said = Content(call.word("initial_comment"))
    message = call.slack.post(channel, said, thread=call.word("thread_ts"))
    with call.slack.messages.changing():
        message.files = [file.as_slack() for file in files]
        message.subtype = "file_share"
