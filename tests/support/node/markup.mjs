// Reads {name: HTML} as JSON from standard input and prints what html-validate finds: [[name, rule, message, place]].
// Which rules are off, and why, stands here; single faults that are let pass stand in test_markup.py. Run by it.
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

const checker = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Matters of taste, not of HTML: the theme writes "<!doctype html>", leaves spaces at the ends of lines, and its
    // ids begin with "__", which HTML has allowed since version 5.
    "doctype-style": "off",
    "no-trailing-whitespace": "off",
    "valid-id": ["error", { relaxed: true }],
    // A browser adds the tbody that a row may leave out, as in the rows that a script copies.
    "prefer-tbody": "off",
    // Boxes that answer one question share its name, as radio buttons do.
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
    // Around each table that scrolls is a region that the Tab key reaches; a div can be one as well as a section can.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // The name of the site ends every title; a search engine cuts it off, which does no harm.
    "long-title": ["error", { maxlength: 130 }],
  },
});

const found = [];
for (const [name, html] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const report = await checker.validateString(html, name);
  for (const { messages } of report.results) {
    for (const { ruleId, message, selector, line } of messages) {
      found.push([name, ruleId, message, `line ${line}: ${selector ?? ""}`]);
    }
  }
}
console.log(JSON.stringify(found));
