"""The web pages: views of an open case. They hold no rule and compute no result."""
