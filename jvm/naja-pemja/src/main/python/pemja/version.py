"""Which PEMJA is this, by what it offers?"""

__version__ = "0.6.3"
