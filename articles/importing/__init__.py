"""From files to articles: reading plain text and Markdown, and filing what they say."""

from articles.importing.document import BadDocument, Document, Refused
from articles.importing.files import import_files
from articles.importing.filing import Outcome, import_document
from articles.importing.reading import read_document

__all__ = ["BadDocument", "Document", "Outcome", "Refused", "import_document", "import_files", "read_document"]
