/** Transport protocol of a virtual service (keepalived: `protocol`, ipvsadm: `-t`, `-u`, `--sctp-service`). */
export enum Protocol {
  /** Transmission Control Protocol. */
  TCP = "TCP",
  /** User Datagram Protocol. */
  UDP = "UDP",
  /** Stream Control Transmission Protocol. */
  SCTP = "SCTP",
}
