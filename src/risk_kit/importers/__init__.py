"""Forms of other tools → packs and answer files of ours; what cannot be said here is listed."""
