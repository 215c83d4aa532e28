"""The one error of the starter."""


class StartError(Exception):
    """Something a person can mend; `remedy` says how."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy
