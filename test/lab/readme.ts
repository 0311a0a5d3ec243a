import { codeBlocks, read } from "../support/markdown";

const README = read("README.md");

/** What the README has a new user type, and write to files. */
export const readme = {
  /** The commands of a section, one a line, in their order. */
  commands(section: string): string[] {
    const start = README.indexOf(`\n## ${section}\n`);
    const text = README.slice(start, README.indexOf("\n## ", start + 1));
    const commands = [...text.matchAll(/^ {4,}((?:npm|npx) .*)$/gm)].map(([, command = ""]) => command);
    if (start < 0 || commands.length === 0) throw new Error(`the README has no commands under ${section}`);
    return commands;
  },
  /** The block of code of that language with these words. */
  block(language: "ts" | "json", words: string): string {
    const found = codeBlocks("README.md", README).filter(
      (one) => one.language === language && one.text.includes(words),
    );
    const [first, ...others] = found;
    if (first === undefined || others.length > 0) throw new Error(`${found.length} blocks of the README have ${words}`);
    // Inside of a list it is indented.
    return first.text.replace(new RegExp(`^${/^ */.exec(first.text)?.[0] ?? ""}`, "gm"), "");
  },
};
