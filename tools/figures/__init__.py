"""The figures of the house: how much code, how long its functions, how far a question goes, what climbs back.

    python -m tools.figures                 # of this tree
    python -m tools.figures --tree ../old   # of another one
    python -m tools.figures --tests         # with the processor time of the unit tests

It knows the top-level packages by name, and no module; which room may call which it reads from the table
`ROOMS` of `tests/test_architecture.py`.
"""
