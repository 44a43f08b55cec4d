"""A model small enough to read: how suspicious is a payment, given what is usual at its merchant?"""

import math


class Model:
    def __init__(self, usual):
        self.usual = usual

    def eval(self, amount, merchant):
        unusual = math.log(amount / self.usual[merchant])
        return 1 / (1 + math.exp(3 - unusual))
