import { printed, type Deferrable } from "../model/deferred";
import { neededText, repeatedText, type DeferredList } from "../model/deferred-list";

/** One `header { ... }` block of keepalived.conf. */
export interface Block {
  readonly header: string;
  readonly body: Body;
  /** The block is there once for every item. */
  readonly repeatedFor?: DeferredList;
  /** The block is there when one of these lists has an item; always, when there are none. */
  readonly neededFor?: readonly DeferredList[];
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

/**
 * `keyword true`, `keyword false`, or nothing when it is not said which: `false` holds against what a service or the whole
 * configuration says.
 */
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

/** The text of blocks, one blank line between them; the first one is always there. */
export function blocksText(blocks: readonly Block[]): string {
  return blocks
    .map((item, index) => neededText(item.neededFor, `${index === 0 ? "" : "\n"}${blockText(item, "")}`))
    .join("");
}

function blockText({ header, body, repeatedFor }: Block, indent: string): string {
  const inner = `${indent}    `;
  const lines = body.map((item) => {
    if (item === undefined) return "";
    return typeof item === "string" ? `${inner}${item}\n` : blockText(item, inner);
  });
  return repeatedText(repeatedFor, `${indent}${header} {\n${lines.join("")}${indent}}\n`);
}
