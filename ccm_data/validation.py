"""placeholder"""


def findings(raw):
    return []
