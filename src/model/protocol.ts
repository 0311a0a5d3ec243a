/** Transport protocol of a virtual service (keepalived: `protocol`, ipvsadm: `-t`, `-u`, `--sctp-service`). */
export enum Protocol {
  TCP = "TCP",
  UDP = "UDP",
  SCTP = "SCTP",
}
