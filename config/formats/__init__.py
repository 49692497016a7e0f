"""How Django writes dates in forms of the desk, where its own way of a language is none of that language's press."""
