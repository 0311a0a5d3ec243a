import { publicComments } from "./public-api";

/** A word of another program, and the prop that says the same. */
interface Keyword {
  readonly word: string;
  readonly program: string;
  readonly name: string;
}

/** Whose words those are that stand alone in the comments of an interface. Elsewhere they are none of a program. */
const BARE: Readonly<Record<string, string>> = {
  IpvsSettings: "kernel, `net.ipv4.vs`",
  ConnectionSyncSettings: "kernel, `net.ipv4.vs`",
  DirectorSettings: "kernel, module `ip_vs`",
  HashingSettings: "keepalived, ipvsadm `-b`",
  RouteSettings: "keepalived, routes",
  NextHop: "keepalived, routes",
  RuleSettings: "keepalived, rules",
};

/** The page on words of keepalived, ipvsadm and the kernel, from the doc comments of the public API. */
export function keywordsPage(): string {
  const rows = new Map<string, string[]>();
  for (const { word, program, name } of keywords()) {
    const key = `| \`${word}\` | ${program} |`;
    rows.set(key, [...(rows.get(key) ?? []), `\`${name}\``]);
  }
  const sorted = [...rows].sort(([a], [b]) => compare(a.replace(/^\| `-*/, ""), b.replace(/^\| `-*/, "")));
  return [
    "# Keywords and props",
    "",
    "Words of keepalived.conf, options of ipvsadm, and settings of the kernel, and the prop that says the same. The doc",
    "comment of the prop has its range and what happens without it. [From keepalived and",
    "ipvsadm](guides/from-keepalived.md) says what to do with them. This page is generated from the doc comments; see",
    "[CONTRIBUTING.md](../CONTRIBUTING.md#tests).",
    "",
    "| Keyword | Of | Prop |",
    "| ------- | -- | ---- |",
    ...sorted.map(([start, names]) => `${start} ${[...new Set(names)].sort(compare).join(", ")} |`),
    "",
  ].join("\n");
}

function keywords(): Keyword[] {
  return publicComments().flatMap(({ name, comment }) =>
    [...comment.matchAll(/\(([^()]*`[^()]*)\)/g)].flatMap(([, remark = ""]) =>
      wordsOf(remark, BARE[name.replace(/\..*/, "")]).map((found) => ({ ...found, name })),
    ),
  );
}

/** Of `keepalived: X, ipvsadm: Y`, or of words that stand alone. */
function wordsOf(remark: string, alone: string | undefined): Omit<Keyword, "name">[] {
  if (!/keepalived|ipvsadm/.test(remark)) return alone === undefined ? [] : bare(remark, alone);
  const parts = remark.split(/(?=\b(?:keepalived and ipvsadm|keepalived|ipvsadm)\b(?:\.conf)?: ?)/);
  return parts.flatMap((part) => {
    const [, programs = "", words = ""] = /^((?:keepalived|ipvsadm)(?: and ipvsadm)?):(.*)$/.exec(part) ?? [];
    return programs.split(" and ").flatMap((program) => bare(words, program));
  });
}

function bare(words: string, program: string): Omit<Keyword, "name">[] {
  return [...words.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => ({ word, program }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
