"""Line ends: browsers and files have three kinds, the newsroom one."""


def plain(text: str) -> str:
    """Return *text* with every line ended by a newline alone, so that comparisons find only what somebody wrote."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
