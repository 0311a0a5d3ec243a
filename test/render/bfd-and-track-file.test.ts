import { BfdListener } from "../../src/model/bfd";
import { Deferred } from "../../src/model/deferred";
import { bfdInstanceBlock } from "../../src/render/bfd-instance-block";
import { blocksText } from "../../src/render/block-writer";
import { trackFileBlock } from "../../src/render/track-file-block";

test("a BFD instance with keepalived's defaults", () => {
  expect(blocksText([bfdInstanceBlock({ name: "web1", neighborAddress: "10.0.0.21" })])).toBe(`bfd_instance "web1" {
    neighbor_ip 10.0.0.21
}
`);
});

test("a BFD instance with every option", () => {
  const block = bfdInstanceBlock({
    name: "web1",
    neighborAddress: "2001:0db8::21",
    sourceAddress: "2001:db8:0::11",
    minRxMilliseconds: 50,
    minTxMilliseconds: 60,
    idleTxMilliseconds: 1000,
    multiplier: 3,
    passive: true,
    ttl: 64,
    maxHops: 0,
    weight: -10,
    reverse: true,
    listeners: [BfdListener.VRRP, BfdListener.CHECKER],
  });
  expect(blocksText([block])).toBe(`bfd_instance "web1" {
    neighbor_ip 2001:db8::21
    source_ip 2001:db8::11
    min_rx 50
    min_tx 60
    idle_tx 1000
    multiplier 3
    passive
    hoplimit 64
    max_hops 0
    weight -10 reverse
    vrrp
    checker
}
`);
});

test("a BFD instance over IPv4 has a TTL; what is known only at apply is printed as it is", () => {
  const token = new Deferred("${x}");
  const block = bfdInstanceBlock({ name: "a", neighborAddress: token, sourceAddress: token, ttl: token, weight: 0 });
  expect(blocksText([block])).toBe(`bfd_instance "a" {
    neighbor_ip \${x}
    source_ip \${x}
    ttl \${x}
    weight 0
}
`);
});

test("track files", () => {
  expect(
    blocksText([
      trackFileBlock({ name: "load", path: "/run/my load" }),
      trackFileBlock({ name: "a", path: "/a", initialValue: 0 }),
      trackFileBlock({ name: "b", path: new Deferred("${x}"), initialValue: -1, overwrite: true }),
    ]),
  ).toBe(`track_file "load" {
    file "/run/my load"
}

track_file "a" {
    file "/a"
    init_file 0
}

track_file "b" {
    file "\${x}"
    init_file -1 overwrite
}
`);
});
