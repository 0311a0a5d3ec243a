/** How a director hands a packet to a real server (keepalived: `lvs_method`, ipvsadm: `-g`, `-m`, `-i`). */
export enum ForwardingMethod {
  /** Direct routing: only the MAC address is rewritten; same network segment, same port, replies go straight back. */
  DR = "DR",
}

/** The switch of ipvsadm(8) for a forwarding method. */
export function ipvsadmSwitch(method: ForwardingMethod): string {
  switch (method) {
    case ForwardingMethod.DR:
      return "-g";
  }
}
