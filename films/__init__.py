"""Facts: films, people, characters, credits, images. Imports no other app."""
