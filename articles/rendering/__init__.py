"""From an editor's Markdown to what readers get: one function, `render`."""

from articles.rendering.render import Audience, Heading, Mentioned, Rendered, markdownify, render, smarten

__all__ = ["Audience", "Heading", "Mentioned", "Rendered", "markdownify", "render", "smarten"]
