import type { Equals } from "./difference";
import type { ExpectedRealServer, ExpectedService } from "./expected";
import { isPlain, readerOf } from "./readable";
import { search, type Candidate, type MatcherResult } from "./search";
import { SynthesizedHosts } from "./synth-hosts";
import { SynthesizedHost } from "./synthesized-host";
import { serverLabel, serviceLabel, type SynthesizedService } from "./synthesized-service";

/** What is looked through, and what a reviewer would call it. */
interface Place {
  readonly name: string;
  readonly services: readonly PlacedService[];
}

interface PlacedService {
  readonly service: SynthesizedService;
  /** `on web/lb/primary, web/lb/secondary` */
  readonly on: string;
}

const HOSTS = "what synthHosts() returns, or one of its hosts";

export function haveVirtualService(received: unknown, expected: ExpectedService, equals: Equals): MatcherResult {
  const place = placeOf(received);
  if (place === undefined) throw new TypeError(`toHaveVirtualService() needs ${HOSTS}`);
  return search(
    {
      what: "virtual service",
      where: place.name,
      candidates: place.services.flatMap(perVip),
      expected: read(received, expected),
      identity: ["vip", "firewallMark.mark", "port", "protocol"],
    },
    equals,
  );
}

export function haveRealServer(received: unknown, expected: ExpectedRealServer, equals: Equals): MatcherResult {
  const place = isService(received) ? placeOfService(received) : placeOf(received);
  if (place === undefined) throw new TypeError(`toHaveRealServer() needs ${HOSTS}, or a virtual service of one`);
  return search(
    {
      what: "real server",
      where: place.name,
      candidates: place.services.flatMap(({ service, on }) =>
        service.realServers.map((server) => ({ label: `${serverLabel(server, service)}${on}`, value: server })),
      ),
      expected: read(received, expected),
      identity: ["address", "port"],
    },
    equals,
  );
}

function placeOf(received: unknown): Place | undefined {
  if (received instanceof SynthesizedHost) {
    const { path, services } = received;
    return { name: path, services: services.map((service) => ({ service, on: ` on ${path}` })) };
  }
  if (!(received instanceof SynthesizedHosts)) return undefined;
  const directors = received.hosts.filter(({ role }) => role === "director");
  const having = (path: string): string[] =>
    directors.filter(({ services }) => services.some((one) => one.path === path)).map((host) => host.path);
  return {
    name: directors.map(({ path }) => path).join(", ") || "the stack, which has no director,",
    services: received.services.map((service) => ({ service, on: ` on ${having(service.path).join(", ")}` })),
  };
}

function placeOfService(service: SynthesizedService): Place {
  return { name: serviceLabel(service), services: [{ service, on: "" }] };
}

/** IPVS has one service for each VIP. */
function perVip({ service, on }: PlacedService): Candidate[] {
  return [service.vip, ...(service.additionalVips ?? [])].map((vip) => {
    const value = { ...service, vip };
    return { label: `${serviceLabel(value)}${on}`, value };
  });
}

function isService(value: unknown): value is SynthesizedService {
  return isPlain(value) && Array.isArray(value["realServers"]);
}

/** Tests may name what only apply knows by the token that they gave. */
function read(received: unknown, expected: object): object {
  return readerOf(received as object)?.(expected) ?? expected;
}
