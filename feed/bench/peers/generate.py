"""Atom and RSS of all articles below a folder, by feedgenerator: generate.py IN OUT"""
import os
import sys
from datetime import datetime, timezone
from html import escape

import feedgenerator

source, out = sys.argv[1:]
files = []
for folder, _, names in os.walk(source):
    for name in names:
        path = os.path.join(folder, name)
        files.append((os.stat(path).st_mtime, path))
files.sort(reverse=True)

feeds = [
    (kind(title="All", link="https://news.example.org/", description="All"), file)
    for kind, file in ((feedgenerator.Atom1Feed, "atom.xml"), (feedgenerator.Rss201rev2Feed, "rss.xml"))
]
for time, path in files:
    with open(path, encoding="utf-8") as f:
        title, *paragraphs = f.read().strip().split("\n\n")
    body = "".join(f"<p>{escape(p)}</p>\n" for p in paragraphs)
    link = "https://news.example.org/" + os.path.basename(path)
    date = datetime.fromtimestamp(time, timezone.utc)
    for feed, _ in feeds:
        feed.add_item(title=title, link=link, unique_id=link, description=body, pubdate=date, updateddate=date)
for feed, file in feeds:
    with open(os.path.join(out, file), "w", encoding="utf-8") as f:
        feed.write(f, "utf-8")
