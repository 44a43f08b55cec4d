"""Which statements is a workload?"""

import re


def statements(text: str, rows: str, length: str, call: bool) -> list:
    """The statements of a file, for a number of rows and a length of texts.

    Args:
        text: Statements with semicolons between them; ``<<function(x)|x>>`` is what stands there
            with the function and without.
        rows: How many rows the source gives.
        length: How many characters a text has.
        call: Whether the function is called.
    """
    chosen = re.sub(r"<<(.*?)\|(.*?)>>", r"\1" if call else r"\2", text)
    filled = chosen.replace("${rows}", rows).replace("${length}", length)
    return [statement.strip() for statement in filled.split(";") if statement.strip()]
