"""The thread of reader comments in a plain text."""
