import { Deferred } from "../../src/model/deferred";
import { tunnel, TunnelChecksum, tunnelProblems, TunnelType, type TunnelSettings } from "../../src/model/tunnel";

const { IPIP, GRE, GUE } = TunnelType;
const { NONE, FULL, REMOTE } = TunnelChecksum;
const token = new Deferred("${x}");

const filled: [string, Parameters<typeof tunnel>[0], object][] = [
  ["nothing said", {}, { type: "ipip" }],
  ["IP in IP", { type: IPIP }, { type: "ipip" }],
  ["GRE", { type: GRE }, { type: "gre", checksum: "nocsum" }],
  ["GRE with checksums", { type: GRE, checksum: FULL }, { type: "gre", checksum: "csum" }],
  ["GUE", { type: GUE }, { type: "gue", port: 6080, checksum: "nocsum" }],
  ["GUE on the first port", { type: GUE, port: 1 }, { type: "gue", port: 1, checksum: "nocsum" }],
  ["GUE on the last port", { type: GUE, port: 65535 }, { type: "gue", port: 65535, checksum: "nocsum" }],
  ["GUE on a port known only at apply", { type: GUE, port: token }, { type: "gue", port: token, checksum: "nocsum" }],
  ["GUE without checksums", { type: GUE, checksum: NONE }, { type: "gue", port: 6080, checksum: "nocsum" }],
  ["GUE with checksums", { type: GUE, checksum: FULL }, { type: "gue", port: 6080, checksum: "csum" }],
  ["GUE with remote checksums", { type: GUE, checksum: REMOTE }, { type: "gue", port: 6080, checksum: "remcsum" }],
];

test.each(filled)("%s is accepted, and is filled in with what has a meaning for it", (_title, settings, expected) => {
  expect(tunnelProblems("tunnel", settings)).toEqual([]);
  expect(tunnel(settings)).toStrictEqual(expected);
});

const types = "use one of ipip, gre, gue";
const checksums = "use one of nocsum, csum, remcsum";
const noPort = "must not be set for this type, got type";

const refused: [string, Parameters<typeof tunnelProblems>[1], string, string][] = [
  ["an unknown type", { type: "vxlan" as never }, "type", `must be a known value, got 'vxlan'; ${types}`],
  ["an empty type", { type: "" as never }, "type", `must be a known value, got ''; ${types}`],
  [
    "a token as type",
    { type: token as never },
    "type",
    `must be known at synth, got a token; what else is written depends on it, ${types}`,
  ],
  [
    "a checksum in other words",
    { type: GUE, checksum: "on" as never },
    "checksum",
    `must be a known value, got 'on'; ${checksums}`,
  ],
  [
    "a token as checksum",
    { type: GUE, checksum: token as never },
    "checksum",
    `must be known at synth, got a token; what else is written depends on it, ${checksums}`,
  ],
  ["port 0", { type: GUE, port: 0 }, "port", "must be an integer from 1 to 65535, got 0"],
  ["port 65536", { type: GUE, port: 65536 }, "port", "must be an integer from 1 to 65535, got 65536"],
  ["a port for GRE", { type: GRE, port: 6080 }, "port", `${noPort} 'gre'; use type gue`],
  ["a port for IP in IP", { type: IPIP, port: 6080 }, "port", `${noPort} 'ipip'; use type gue`],
  ["a port for no type", { port: token }, "port", `${noPort} 'ipip'; use type gue`],
  ["a checksum for IP in IP", { type: IPIP, checksum: FULL }, "checksum", `${noPort} 'ipip'; use type gre or gue`],
  ["no checksum for no type", { checksum: NONE }, "checksum", `${noPort} 'ipip'; use type gre or gue`],
  ["remote checksums for IP in IP", { checksum: REMOTE }, "checksum", `${noPort} 'ipip'; use type gre or gue`],
  [
    "remote checksums for GRE",
    { type: GRE, checksum: REMOTE },
    "checksum",
    `${noPort} 'gre'; use type gue, or checksum csum`,
  ],
];

test.each(refused)("%s is refused", (_title, settings, path, message) => {
  expect(tunnelProblems("tunnel", settings)).toEqual([{ path: `tunnel.${path}`, message }]);
});

test("a token as type with a port is told without its insides", () => {
  const settings = { type: token as never, port: 6080 } satisfies TunnelSettings;
  expect(tunnelProblems("tunnel", settings)).toEqual([
    {
      path: "tunnel.type",
      message: `must be known at synth, got a token; what else is written depends on it, ${types}`,
    },
    { path: "tunnel.port", message: `${noPort} a value known only at apply; use type gue` },
  ]);
});
