"""Reading the linked data of pages as the vocabulary of schema.org defines it; see tests/data/README.md."""

import json
import re
from pathlib import Path

VOCABULARY = json.loads((Path(__file__).parent / "data/schema-org.json").read_text())
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# Values that are written as text; of what is a thing, its address may stand for it.
PLAIN = {"Text", "URL", "Date", "DateTime", "Integer", "Number", "Boolean", "Duration"}
# A role repeats the property that it stands in, which is none of its own: https://schema.org/Role.
ROLES = {"PerformanceRole": {"actor", "characterName"}}


def graph_of(response):
    """Return the nodes of a page's graph by their @id, those without one by their type."""
    (block,) = BLOCK.findall(response.text)
    document = json.loads(block)
    assert document["@context"] == "https://schema.org"
    return {node.get("@id", node["@type"]): node for node in document["@graph"]}


def mistakes(nodes):
    """Yield what of the graph *nodes* schema.org does not define, and what leads nowhere in it."""
    kinds = {address: node["@type"] for address, node in nodes.items()}
    for node in nodes.values():
        yield from _mistakes(node, kinds)


def _mistakes(node, kinds):
    kind = node["@type"]
    if kind not in VOCABULARY["types"]:
        yield f"There is no {kind}."
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from _misused(kind, name, each, kinds)


def _misused(kind, name, value, kinds):
    known = VOCABULARY["properties"].get(name.removesuffix("-input"))  # https://schema.org/docs/actions.html
    if known is None or not (set(known["of"]) & _all_kinds(kind) or name in ROLES.get(kind, ())):
        yield f"{kind} has no {name}."
    elif not isinstance(value, dict):
        if not PLAIN & set(known["is"]) and not str(value).startswith("http"):
            yield f"{name} of {kind} is no text."
    elif "@type" not in value and value["@id"] not in kinds:
        yield f"{name} of {kind} leads to nothing: {value['@id']}."
    else:
        # A role stands between a thing and the value of one of its properties: https://schema.org/Role.
        there = _all_kinds(value.get("@type") or kinds[value["@id"]])
        if not there & {*known["is"], "Role"}:
            yield f"{name} of {kind} is a {value}."
        yield from _mistakes(value, kinds) if "@type" in value else ()


def _all_kinds(kind):
    """Return *kind* and all that it is a kind of."""
    return {kind}.union(*(_all_kinds(parent) for parent in VOCABULARY["types"][kind]))
