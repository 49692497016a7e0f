// citeproc-js sets each item as an entry of a bibliography: a JSON object on the standard input, a JSON array as answer.
const CSL = require(process.argv[2]);
const fs = require("fs");

const { style, locale, items } = JSON.parse(fs.readFileSync(0, "utf8"));
const held = new Map(items.map((item) => [item.id, item]));
const system = { retrieveLocale: () => fs.readFileSync(locale, "utf8"), retrieveItem: (id) => held.get(id) };
const engine = new CSL.Engine(system, fs.readFileSync(style, "utf8"), "en-US", true);
engine.setOutputFormat("text");
const entries = items.map(({ id }) => {
  engine.updateItems([id]);
  return engine.makeBibliography()[1][0].trim();
});
process.stdout.write(JSON.stringify(entries));
