import { Deferred, type DeepDeferrable, type Deferrable } from "../deferred";
import type { Problem } from "../problem";
import { integerProblems, shown } from "../rules";
import { checkPortProblems, type CheckPortOptions } from "./connection";

/** What a UDP check sends, and the reply that it wants. */
export interface UdpCheckOptions extends CheckPortOptions {
  /**
   * What to send: pairs of hexadecimal digits, spaces between them if you like, `0a 0b`, but not FF at the end; needs
   * keepalived 2.2.0 (keepalived: `payload`).
   * @default - keepalived's own text of 32 bytes
   */
  readonly payload?: string;
  /**
   * Whether there must be a reply; as text in hexadecimal digits like `payload`, it must begin so, where `X` stands for
   * any digit (text needs keepalived 2.2.0; keepalived: `require_reply`).
   * @default false - the real server counts as up unless its host, or a router, says that nobody is there
   */
  readonly requireReply?: boolean | string;
  /**
   * Least length of the reply in bytes, 0 to 65535; needs `requireReply` as text (keepalived: `min_reply_length`).
   * @default - keepalived's own default (0)
   */
  readonly minReplyLength?: number;
  /**
   * Greatest length of the reply in bytes, 0 to 65535; needs `requireReply` as text (keepalived: `max_reply_length`).
   * @default - keepalived's own default (255)
   */
  readonly maxReplyLength?: number;
}

/** The real server is up when a UDP packet to it is not refused, or is answered (keepalived: `UDP_CHECK`). */
export interface UdpCheck extends UdpCheckOptions {
  /** Tells it from other checks. */
  readonly type: "udp";
}

const LONGEST_REPLY = 65535;

export function udpCheckProblems(path: string, check: DeepDeferrable<UdpCheckOptions>): Problem[] {
  const { requireReply, minReplyLength, maxReplyLength } = check;
  return [
    ...hexProblems(`${path}.payload`, check.payload, "0-9A-F"),
    ...(typeof requireReply === "boolean" ? [] : hexProblems(`${path}.requireReply`, requireReply, "0-9A-FX")),
    ...integerProblems(`${path}.minReplyLength`, minReplyLength, 0, greatest(maxReplyLength)),
    ...integerProblems(`${path}.maxReplyLength`, maxReplyLength, 0, LONGEST_REPLY),
    ...unusedLengthProblems(path, check),
    ...checkPortProblems(path, check),
  ];
}

/** keepalived's own default holds where none is given. */
function greatest(maxReplyLength: Deferrable<number> | undefined): number {
  if (maxReplyLength === undefined) return 255;
  const valid = typeof maxReplyLength === "number" && maxReplyLength >= 0 && maxReplyLength <= LONGEST_REPLY;
  return valid ? maxReplyLength : LONGEST_REPLY;
}

function hexProblems(path: string, value: Deferrable<string> | undefined, digits: string): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  if (value.length <= 900 && new RegExp(`^[${digits}]{2}( ?[${digits}]{2})*$`, "i").test(value)) {
    return /ff$/i.test(value)
      ? [{ path, message: `must not end with FF, got ${shown(value)}; keepalived takes that for a mistake` }]
      : [];
  }
  const rule = `must be pairs of ${digits.includes("X") ? "hexadecimal digits or X" : "hexadecimal digits"}`;
  return [{ path, message: `${rule}, at most 900 characters, got ${shown(value)}` }];
}

/** keepalived looks at the length only where it looks at the text. */
function unusedLengthProblems(path: string, check: DeepDeferrable<UdpCheckOptions>): Problem[] {
  if (check.requireReply !== undefined && typeof check.requireReply !== "boolean") return [];
  return (["minReplyLength", "maxReplyLength"] as const).flatMap((name) =>
    check[name] === undefined
      ? []
      : [
          {
            path: `${path}.${name}`,
            message: "needs requireReply as text, got none; keepalived looks at no length without it",
          },
        ],
  );
}
