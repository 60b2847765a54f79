# __module__

Owns: __things_words__ (`__thing_snake__`).

Rules: whoever holds `__module__.read` sees them, whoever holds `__module__.manage` makes and changes them.

Events out: none. Events in: none.
