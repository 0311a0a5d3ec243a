import { createHash } from "node:crypto";
import { hostProgram, unpackScript } from "./host-program";
import { planText, type HostFile, type HostPlan } from "./host-plan";

/** One text for a host: the program, the plan, the rules, or the file of that path. */
export interface Content extends Pick<HostFile, "text" | "placeholders"> {
  readonly name: string;
}

/** How content is written into a script: at once when all of it is known, else in the words of who knows it later. */
export interface ContentEncoder {
  base64(content: Content): string;
  /** In hexadecimal. */
  sha256(content: Content): string;
}

/** For content that has no token and no secret. */
export const plainEncoder: ContentEncoder = {
  base64: ({ text }) => Buffer.from(text).toString("base64"),
  sha256: ({ text }) => createHash("sha256").update(text).digest("hex"),
};

/**
 * The one script that brings a host to its plan, whichever way it gets there: `ssh HOST sh -s` will do. It needs root.
 */
export function applyScript(plan: HostPlan, encoder: ContentEncoder = plainEncoder): string {
  const files = plan.files.map((file) => ({ ...file, name: file.path }));
  const arrivals: [target: string, content: Content][] = [
    ["program", { name: "program", text: hostProgram() }],
    ["plan", { name: "plan", text: planText(plan) }],
    ["rules-wanted", { name: "rules", text: plan.rules }],
    ...files.map((file, index): [string, Content] => [`files/${index}`, file]),
  ];
  return [
    `payload=${arrivals.reduce((size, [, { text }]) => size + text.length, 0)}`,
    "unpack_files() {",
    ...arrivals.flatMap(([target, content]) => [
      `base64 -d >"$stage/${target}" <<'END' || return 1`,
      encoder.base64(content),
      "END",
    ]),
    // The digests are of the files as they should arrive; the program checks them before it uses one.
    `cat >"$stage/manifest" <<'END' || return 1`,
    ...files.map((file, index) => `${index} ${file.mode} ${encoder.sha256(file)} ${file.path}`),
    "END",
    "}",
    unpackScript(),
  ].join("\n");
}
