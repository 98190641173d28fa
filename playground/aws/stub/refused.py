"""A call the stub answers with an error."""


class Refused(Exception):
    """The call is refused with AWS's error code and words."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.status = status  # of the HTTP answer
