"""Shows every feed below a folder, archives too, to real readers and compares
what each of them got with what the file says: feedparser, sfeed, newsboat and,
where they are named, gofeed, rss-parser and feedsmith.

    readers.py OUT [--gofeed FTEST] [--node NODE_MODULES]
"""
import argparse
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
HERE = os.path.dirname(os.path.abspath(__file__))


def truth(path):
    """The items as the document states them: id, title."""
    if path.endswith(".json"):
        with open(path, encoding="utf-8") as f:
            return {i["id"]: i["title"] for i in json.load(f)["items"]}
    root = ET.parse(path).getroot()
    if root.tag == ATOM + "feed":
        return {e.findtext(ATOM + "id"): e.findtext(ATOM + "title") for e in root.iter(ATOM + "entry")}
    return {e.findtext("guid"): e.findtext("title") for e in root.iter("item")}


def by_feedparser(path):
    d = feedparser.parse(path)
    assert not d.bozo, d.bozo_exception
    for e in d.entries:
        assert e.get("published_parsed"), "no date read: " + e.title
        assert e.get("content") and e.content[0].value, "no content: " + e.title
    return {e.id: e.title for e in d.entries}


def by_sfeed(path):
    with open(path, "rb") as f:
        out = subprocess.run(["sfeed"], stdin=f, capture_output=True, check=True).stdout.decode()
    rows = [line.split("\t") for line in out.splitlines()]
    for row in rows:
        assert row[0].isdigit(), "no date read: " + row[1]
    return {row[5]: row[1] for row in rows}


def by_newsboat(path):
    with tempfile.TemporaryDirectory() as home:
        urls, cache, config = (os.path.join(home, n) for n in ("urls", "cache", "config"))
        with open(urls, "w") as f:
            f.write("file://" + os.path.abspath(path) + "\n")
        open(config, "w").close()
        env = dict(os.environ, HOME=home, LC_ALL="C.UTF-8")
        subprocess.run(["newsboat", "-u", urls, "-c", cache, "-C", config, "-x", "reload"], env=env, check=True)
        db = sqlite3.connect(cache)
        return dict(db.execute("select guid, title from rss_item"))


def by_gofeed(ftest):
    def read(path):
        out = subprocess.run([ftest, path], capture_output=True, check=True).stdout
        return {i["guid"]: i["title"] for i in json.loads(out).get("items") or []}
    return read


def by_node(library, modules):
    def read(path):
        command = ["node", os.path.join(HERE, "readers.cjs"), library, path]
        out = subprocess.run(command, env=dict(os.environ, NODE_PATH=modules), capture_output=True, check=True).stdout
        return dict(json.loads(out))
    return read


def same(text):
    return " ".join(text.split())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--gofeed")
    parser.add_argument("--node")
    args = parser.parse_args()
    xml = {"feedparser": by_feedparser, "sfeed": by_sfeed, "newsboat": by_newsboat}
    anything = {}
    if args.gofeed:
        anything["gofeed"] = by_gofeed(args.gofeed)
    if args.node:
        anything["feedsmith"] = by_node("feedsmith", args.node)
        xml["rss-parser"] = by_node("rss-parser", args.node)
    feeds = {str(p) for kind in ("atom.xml", "rss.xml", "feed.json") for p in pathlib.Path(args.folder).rglob(kind)}
    feeds |= {str(p) for p in pathlib.Path(args.folder).glob("archive/*.*")}
    failed = not feeds
    for path in sorted(feeds):
        want = {i: same(t) for i, t in truth(path).items()}
        for name, read in {**anything, **({} if path.endswith(".json") else xml)}.items():
            try:
                got = {i: same(t) for i, t in read(path).items()}
            except Exception as e:
                print("%-10s %s: %s %s" % (name, path, e, getattr(e, "stderr", "")))
                failed = True
                continue
            if got != want:
                failed = True
            print("%-10s %3d items  %-8s %s" % (name, len(got), "ok" if got == want else "DIFFERS", os.path.relpath(path, args.folder)))
            for i in set(want) ^ set(got) | {i for i in want if i in got and want[i] != got[i]}:
                print("   ", i, "file:", want.get(i), "reader:", got.get(i))
    return failed


if __name__ == "__main__":
    sys.exit(main())
