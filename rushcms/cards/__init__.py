"""Social cards: the picture that networks show beside a link, drawn when it is first asked for."""
