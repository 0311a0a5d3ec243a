import { Deferred } from "../../src/model/deferred";
import { ParameterMatch } from "../../src/model/tracked-process";
import { block, blocksText } from "../../src/render/block-writer";
import { trackProcessBlock, vrrpScriptBlock } from "../../src/render/tracked-blocks";
import { trackBlocks } from "../../src/render/vrrp-track-blocks";

const token = new Deferred("${x}", "[${x}]");
const script = { name: "track-web", text: "#!/bin/sh\n" };

test("a script with nothing but its name", () => {
  expect(blocksText([vrrpScriptBlock({ name: "web", script })])).toBe(`vrrp_script "web" {
    script "/etc/cdktf-lvs/director/scripts/track-web"
}
`);
});

test("a program of the host with every option", () => {
  const tracked = {
    name: "web",
    script: "/usr/bin/true",
    intervalSeconds: 2,
    timeoutSeconds: 1,
    rise: 3,
    fall: 4,
    initFail: true,
    weight: -20,
    reverse: true,
  };
  expect(blocksText([vrrpScriptBlock(tracked)])).toBe(`vrrp_script "web" {
    script "/usr/bin/true"
    interval 2
    timeout 1
    rise 3
    fall 4
    init_fail
}
`);
});

test("a process with nothing but its name", () => {
  expect(blocksText([trackProcessBlock({ name: "proxy", process: "haproxy" })])).toBe(`vrrp_track_process "proxy" {
    process "haproxy"
}
`);
});

test("a process with every option: what would start a comment is quoted", () => {
  const tracked = {
    name: "proxy",
    process: token,
    parameters: ["-f", "/etc/a #b"],
    parameterMatch: ParameterMatch.INITIAL,
    quorum: 2,
    quorumMax: 3,
    forkDelaySeconds: 0.5,
    terminateDelaySeconds: 1.5,
    fullCommand: true,
  };
  expect(blocksText([trackProcessBlock(tracked)])).toBe(`vrrp_track_process "proxy" {
    process "\${x}" "-f" "/etc/a #b"
    param_match initial
    quorum_max 3
    quorum 2
    fork_delay 0.5
    terminate_delay 1.5
    full_command
}
`);
});

test("a process without parameters, exactly", () => {
  const tracked = { name: "proxy", process: "haproxy", parameterMatch: ParameterMatch.EXACT };
  expect(blocksText([trackProcessBlock(tracked)])).toContain("\n    param_match\n");
});

test("nothing tracked is no block", () => {
  expect(blocksText([block("x", trackBlocks({ trackInterfaces: [] }))])).toBe("x {\n}\n");
});

test("all that can be tracked, with the weights that keepalived would take otherwise", () => {
  const web = { name: "web", script };
  const proxy = { name: "proxy", process: "haproxy" };
  const file = { name: "load", path: "/run/load" };
  const tracking = {
    trackInterfaces: ["eth1", { interface: "eth2", weight: -20 }, { interface: token, reverse: true }],
    trackScripts: [web, { ...web, name: "api", weight: token }],
    trackProcesses: [proxy, { ...proxy, name: "other", weight: 5, reverse: true }],
    trackFiles: [{ file }, { file: { ...file, name: "zero" }, weight: 0 }],
    trackBfd: ["router", { name: "other", weight: 253 }],
  };
  expect(blocksText([block("x", trackBlocks(tracking))])).toBe(`x {
    track_interface {
        eth1
        eth2 weight -20
        \${x} weight 0 reverse
    }
    track_script {
        web weight 0
        api weight \${x}
    }
    track_process {
        proxy weight 0
        other weight 5 reverse
    }
    track_file {
        load weight 1
        zero weight 0
    }
    track_bfd {
        router weight 0
        other weight 253
    }
}
`);
});
