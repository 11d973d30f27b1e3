"""What the server says to a browser, for tests in which it comes late."""

from __future__ import annotations

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def ends(message: str | bytes) -> bool:
    """Whether the message is that a run of the script has ended."""
    told = ForwardMsg()
    told.ParseFromString(message if isinstance(message, bytes) else message.encode())
    return bool(told.WhichOneof("type") == "script_finished")
