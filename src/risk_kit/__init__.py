"""risk_kit: how risky is a use of AI, and how do we know? Rules as data, results as ranges."""

__version__ = "0.1.0"
