"""Screens payments with the help of its Java host: its counters, its state, its clients, its events."""

import asyncio

from dev.naja.examples.callbacks import AlertListener, UnknownMerchantException
from java.util import Comparator

import naja


@naja.implements(AlertListener)
class Pager:
    """A listener that Java calls."""

    def __init__(self):
        self.pages = []

    def onAlert(self, payment, reason):
        self.pages.append(f"{payment.merchant()} {reason}")

    def name(self):
        return "pager"

    def __str__(self):
        return "; ".join(self.pages)


class Screen:
    """The model."""

    def __init__(self, host):
        self.host = host
        self.spent = host.spent()  # a java.util.Map, used as a dict
        host.listen(Pager())

    def check(self, payment):
        """Say whether a payment is within its merchant's limit."""
        self.host.counter("checked").increment()
        merchant = payment.merchant()
        try:
            limit = self.host.limit(merchant)
        except UnknownMerchantException as unknown:
            self.host.counter("refused").increment()
            return f"refused: {unknown.getMessage()}"
        before = self.spent.getOrDefault(merchant, 0.0)
        self.spent[merchant] = before + payment.amount()
        if self.spent[merchant] <= limit:
            return "passed"
        self.host.alert(payment, f"is above {limit:g}")
        return "flagged"

    def largest(self, payments, count):
        """Name the merchants of the largest payments: Java's stream, Python's lambdas."""
        by_amount = Comparator.comparingDouble(lambda payment: payment.amount())
        stream = payments.stream().sorted(by_amount.reversed()).limit(count)
        return [payment.merchant() for payment in stream]

    async def in_euros(self, payments):
        """Convert all amounts at once, each as soon as Java's client knows the rate."""

        async def convert(payment):
            return payment.amount() * await self.host.rate(payment.currency())

        return await asyncio.gather(*map(convert, payments))
