import type { Deferred } from "./deferred";

/**
 * A list that another resource gives: only `terraform apply` knows how many items there are, and which. They come in an
 * order of their own, each once, so that the same items in another order change nothing.
 */
export interface DeferredList {
  /** Stands for one item after the other in text that is repeated. */
  readonly item: Deferred;
  /** The text once for every item. */
  repeated(text: string): string;
  /** The text when this list or one of the others has an item, else nothing. */
  unlessEmpty(others: readonly DeferredList[], text: string): string;
}

/** The text once for every item of the list, or once when there is no list. */
export function repeatedText(list: DeferredList | undefined, text: string): string {
  return list === undefined ? text : list.repeated(text);
}

/** The text, or nothing when it is for items of these lists alone and there are none. */
export function neededText(lists: readonly DeferredList[] | undefined, text: string): string {
  const [first, ...others] = lists ?? [];
  return first === undefined ? text : first.unlessEmpty(others, text);
}
