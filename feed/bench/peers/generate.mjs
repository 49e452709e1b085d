// Atom and RSS of all articles below a folder, by npm's feed: generate.mjs ROOT IN OUT
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [root, source, out] = process.argv.slice(2);
const library = createRequire(join(root, 'index.js')).resolve('feed');
const { Feed } = await import(pathToFileURL(library));
if (!source) process.exit(0);

const escape = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
const files = readdirSync(source, { recursive: true })
  .filter((name) => name.endsWith('.txt'))
  .map((name) => join(source, name))
  .map((path) => ({ path, date: statSync(path).mtime }))
  .sort((a, b) => b.date - a.date);
const feed = new Feed({ id: 'urn:example:all', title: 'All', link: 'https://news.example.org/' });
for (const { path, date } of files) {
  const [title, lead, ...body] = readFileSync(path, 'utf8').trim().split('\n\n');
  const link = 'https://news.example.org/' + basename(path);
  const content = body.map((p) => `<p>${escape(p)}</p>\n`).join('');
  feed.addItem({ id: link, title, link, date, description: lead, content });
}
writeFileSync(join(out, 'atom.xml'), feed.atom1());
writeFileSync(join(out, 'rss.xml'), feed.rss2());
