/** How a director hands a packet to a real server (keepalived: `lvs_method`, ipvsadm: `-g`, `-m`, `-i`). */
export enum ForwardingMethod {
  /** Direct routing: only the MAC address is rewritten; same network segment, same port, replies go straight back. */
  DR = "DR",
  /** Network address translation: address and port are rewritten; replies must come back through the director. */
  NAT = "NAT",
  /** IP tunneling: packets travel inside other packets, through any network; same port, replies go straight back. */
  TUN = "TUN",
}

/** Whether the director can send to another port than the client's. */
export function rewritesPorts(method: ForwardingMethod): boolean {
  return method === ForwardingMethod.NAT;
}

/** What a forwarding method that cannot rewrite ports is called in messages. */
export function methodName(method: ForwardingMethod): string {
  switch (method) {
    case ForwardingMethod.DR:
      return "direct routing";
    case ForwardingMethod.NAT:
      return "NAT";
    case ForwardingMethod.TUN:
      return "tunneling";
  }
}
