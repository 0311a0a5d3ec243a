// All that differs between the sites. A weight is changed here, and so is the list of servers.

export interface Server {
  readonly address: string;
  /** Its share of the connections; 0 sends it no new ones. */
  readonly weight: number;
}

export interface Service {
  readonly vip: string;
  /** By names that Terraform knows them by: to rename one is to forget one and make another. */
  readonly servers: Readonly<Record<string, Server>>;
}

export interface Site {
  readonly directors: { readonly primary: string; readonly secondary: string };
  /** The interface of the directors that the VIPs are on. */
  readonly interface: string;
  /** From 1 to 255, and no other pair in the segment may have it. */
  readonly virtualRouterId: number;
  readonly web: Service;
  readonly dns: Service;
}

export const sites = {
  staging: {
    directors: { primary: "198.51.100.11", secondary: "198.51.100.12" },
    interface: "eth0",
    virtualRouterId: 51,
    web: {
      vip: "198.51.100.100",
      servers: {
        web1: { address: "198.51.100.21", weight: 1 },
        web2: { address: "198.51.100.22", weight: 1 },
      },
    },
    dns: {
      vip: "198.51.100.153",
      servers: {
        ns1: { address: "198.51.100.53", weight: 1 },
        ns2: { address: "198.51.100.54", weight: 1 },
      },
    },
  },
  production: {
    directors: { primary: "192.0.2.11", secondary: "192.0.2.12" },
    interface: "bond0",
    virtualRouterId: 51,
    web: {
      vip: "192.0.2.100",
      servers: {
        web1: { address: "192.0.2.21", weight: 2 },
        web2: { address: "192.0.2.22", weight: 2 },
        web3: { address: "192.0.2.23", weight: 1 },
      },
    },
    dns: {
      vip: "192.0.2.153",
      servers: {
        ns1: { address: "192.0.2.53", weight: 1 },
        ns2: { address: "192.0.2.54", weight: 1 },
      },
    },
  },
} satisfies Record<string, Site>;
