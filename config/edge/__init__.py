"""Between the clients and the archive: connections are read and written without a thread, whatever their pace.

A thread is given to a request when its last byte is here, and is free again when the answer is made. What is too long,
too slow or malformed is answered here, and no part of the archive hears of it.
"""
