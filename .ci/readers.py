"""Shows atom.xml and rss.xml of a folder to real readers and compares what each
of them got with what the file says: feedparser, sfeed, newsboat."""
import os
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"


def truth(path):
    """The items as the document states them: id, title."""
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


def main(folder):
    failed = False
    for name in ("atom.xml", "rss.xml"):
        path = os.path.join(folder, name)
        want = {i: " ".join(t.split()) for i, t in truth(path).items()}
        for reader in (by_feedparser, by_sfeed, by_newsboat):
            got = {i: " ".join(t.split()) for i, t in reader(path).items()}
            same = got == want and len(want) > 0
            failed = failed or not same
            print("%-14s %-9s %3d items  %s" % (reader.__name__[3:], name, len(got), "ok" if same else "DIFFERS"))
            for i in set(want) ^ set(got) | {i for i in want if i in got and want[i] != got[i]}:
                print("   ", i, "file:", want.get(i), "reader:", got.get(i))
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
