"""How do type checkers and editors learn what Java classes offer to Python?

``python -m naja.stubs`` writes ``.pyi`` files from class files. It runs in any Python from 3.9 on,
without a JVM; nothing of it runs inside one.
"""
