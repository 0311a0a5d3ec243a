const Sequencer = require("@jest/test-sequencer").default;
const { basename } = require("node:path");

// Minutes each. Whatever starts last would run alone at the end.
const LONGEST = [
  "scale",
  "examples",
  "forwarding",
  "main-job",
  "faults",
  "login",
  "package",
  "watch",
  "tuning",
  "lists",
  "active-active",
  "vip-change",
  "platform-repo",
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const index = LONGEST.indexOf(basename(path, ".test.ts"));
      return index < 0 ? LONGEST.length : index;
    };
    return [...tests].sort((a, b) => place(a) - place(b));
  }
};
