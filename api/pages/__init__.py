"""The pages for people: what they ask, how it is shown, in which words. They ask saved questions only, by the way of every client."""
