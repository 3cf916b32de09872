"""From the record of a store to the answer: the rules and the sentences. Pure."""
