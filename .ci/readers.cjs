// Prints what a library reads of a feed: a list of [id, title].
const fs = require("fs");
const [library, path] = process.argv.slice(2);
const text = fs.readFileSync(path, "utf8");

async function items() {
  if (library === "rss-parser") {
    const Parser = require("rss-parser");
    const feed = await new Parser().parseString(text);
    return feed.items.map((i) => [i.id || i.guid, i.title || ""]);
  }
  const { parseFeed } = require("feedsmith");
  const { feed } = parseFeed(text);
  const list = feed.entries || feed.items || [];
  const plain = (v) => (v && typeof v === "object" ? v.value : v) || "";
  return list.map((i) => [plain(i.id) || plain(i.guid), plain(i.title)]);
}

items().then((list) => console.log(JSON.stringify(list)));
