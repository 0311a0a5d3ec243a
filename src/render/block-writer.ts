import { printed, type Deferrable } from "../model/deferred";

/** One `header { ... }` block of keepalived.conf. */
export interface Block {
  readonly header: string;
  readonly body: Body;
}

/** The lines and inner blocks of a block; undefined entries are left out. */
export type Body = readonly (string | Block | undefined)[];

export function block(header: string, body: Body): Block {
  return { header, body };
}

/** A block of lines, or nothing when there are none. */
export function lines(header: string, all: readonly string[]): Block | undefined {
  return all.length === 0 ? undefined : block(header, all);
}

/** `keyword value`, or nothing when there is no value: keepalived's own default holds then. */
export function option(keyword: string, value: Deferrable<string | number> | undefined): string | undefined {
  return value === undefined ? undefined : `${keyword} ${printed(value)}`;
}

/** The bare keyword when it is switched on. */
export function flag(keyword: string, on: boolean | undefined): string | undefined {
  return on === true ? keyword : undefined;
}

/** `keyword true`, `keyword false`, or nothing when it is not said which. */
export function toggle(keyword: string, value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : `${keyword} ${value}`;
}

/** Words of one line; undefined ones are left out. */
export function words(...all: readonly (Deferrable<string | number> | undefined)[]): string {
  return all.flatMap((word) => (word === undefined ? [] : [printed(word)])).join(" ");
}

/** Text that keepalived reads back whole: bare, a `#` or `!` would start a comment. */
export function quoted(text: string): string {
  return `"${text}"`;
}

/** Lines of the user's own, marked as such. */
export function extraLines(lines: readonly Deferrable<string>[] | undefined): string[] {
  return lines === undefined || lines.length === 0 ? [] : ["# extra lines", ...lines.map(printed)];
}

/** The text of blocks, one blank line between them. */
export function blocksText(blocks: readonly Block[]): string {
  return blocks.map((item) => `${blockLines(item, "").join("\n")}\n`).join("\n");
}

function blockLines({ header, body }: Block, indent: string): string[] {
  const inner = `${indent}    `;
  const lines = body.flatMap((item) => {
    if (item === undefined) return [];
    return typeof item === "string" ? [inner + item] : blockLines(item, inner);
  });
  return [`${indent}${header} {`, ...lines, `${indent}}`];
}
