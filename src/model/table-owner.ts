/** Who writes the IPVS table of a director. Never both: each would undo the other's work. */
export enum TableOwner {
  /** keepalived, which also checks the health of the real servers. */
  KEEPALIVED = "keepalived",
  /** Plain ipvsadm rules, loaded now and at every boot; nothing is checked. */
  IPVSADM = "ipvsadm",
}
