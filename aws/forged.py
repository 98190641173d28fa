"""What is not of whom it says; apart from the check, which loads a library of ciphers."""


class Forged(Exception):
    """The signature is not of SNS; the text says what is wrong with it."""
