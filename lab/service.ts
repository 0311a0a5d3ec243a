/**
 * What can run on a host, on every address it has; the ports are fixed but for the web server's.
 * - web: HTTP on port 80 or `webPorts`; `/` answers the host's name, see README.md
 * - udp: answers every datagram to port 5000 with the host's name
 * - sctp: answers every association to port 5000 with the host's name
 * - echo: TCP port 7; says the host's name, then every line as it came
 * - smtp: TCP port 25; as much of a mail server as a health check asks for
 * - dns: port 53; answers every question
 */
export type Service = "web" | "udp" | "sctp" | "echo" | "smtp" | "dns";
