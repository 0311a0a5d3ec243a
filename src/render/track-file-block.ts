import { printed } from "../model/deferred";
import type { TrackFile } from "../model/track-file";
import { block, quoted, type Block } from "./block-writer";

/** `track_file`, which must stand before whatever follows the file. */
export function trackFileBlock({ name, path, initialValue, overwrite }: TrackFile): Block {
  return block(`track_file ${quoted(printed(name))}`, [
    `file ${quoted(printed(path))}`,
    initialValue === undefined
      ? undefined
      : `init_file ${printed(initialValue)}${overwrite === true ? " overwrite" : ""}`,
  ]);
}
