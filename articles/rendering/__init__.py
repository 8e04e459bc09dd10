"""From an editor's Markdown to what readers get: one function, `render`."""

from articles.rendering.headings import Heading
from articles.rendering.render import Audience, Rendered, markdownify, render, render_all
from articles.rendering.resolving import Mentioned
from articles.rendering.typography import smarten

__all__ = ["Audience", "Heading", "Mentioned", "Rendered", "markdownify", "render", "render_all", "smarten"]
