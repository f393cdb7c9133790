"""The app: a corpus in the browser, and its JSON API."""
