"""What a browser sends: the fields of a page's form as they stand."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """The fields of the form with an id, by name: lists of values."""

    def __init__(self, page, form_id):
        super().__init__()
        self.fields, self._wanted, self._inside, self._open = {}, form_id, False, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Note inputs and what is chosen."""
        own = dict(attrs)
        if tag == "form":
            self._inside = own.get("id") == self._wanted
        elif self._inside and tag == "input" and own.get("name"):
            self._input(own)
        elif self._inside and tag in {"select", "textarea"}:
            self._open = own.get("name")
            if tag == "textarea":
                self.fields[self._open] = [""]
        elif self._open and tag == "option" and "selected" in own:
            self.fields.setdefault(self._open, []).append(own.get("value", ""))

    def handle_data(self, data):
        """Gather a textarea's text, which begins after its first line end."""
        if self._open and self._open in self.fields and self.lasttag == "textarea":
            self.fields[self._open][0] += data

    def handle_endtag(self, tag):
        """Leave the field, or the form."""
        if tag in {"select", "textarea"}:
            self._open = None
        elif tag == "form":
            self._inside = False

    def _input(self, own):
        kind = own.get("type", "text")
        if kind in {"submit", "button", "file", "image"} or (kind in {"checkbox", "radio"} and "checked" not in own):
            return
        self.fields.setdefault(own["name"], []).append(own.get("value", ""))
