"""The parts of the page of one thing: what each part asks of the answers, and how it is laid out."""
