import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyScript, type ContentEncoder } from "../../src/provisioners/apply-script";
import { hostProgram, unpackScript } from "../../src/provisioners/host-program";
import { planText, type HostPlan } from "../../src/provisioners/host-plan";

const plan: HostPlan = {
  host: "stack/lb (10.0.0.11)",
  role: "director",
  address: "10.0.0.11",
  interfaces: [],
  packages: [],
  files: [
    { path: "/etc/one.conf", mode: "600", text: "quotes ' \" \\ and ${x} $(y) `z`\nEND\n" },
    { path: "/etc/two.conf", mode: "644", text: "ütf-8 and no newline at the end" },
  ],
  sysctls: [],
  objects: [],
  held: [],
  units: [],
  rules: "-A -t 10.0.0.100:80 -s wlc\n",
  sorryServers: [],
  drainTimeoutSeconds: 60,
  verifyTimeoutSeconds: 30,
};

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

describe("what the script unpacks on the host", () => {
  const stage = mkdtempSync(join(tmpdir(), "unpack-"));
  const read = (name: string): string => readFileSync(join(stage, name), "utf8");

  beforeAll(() => {
    mkdirSync(join(stage, "files"));
    const script = applyScript(plan);
    const start = script.slice(0, script.length - unpackScript().length);
    const { status, stderr } = spawnSync("sh", ["-s", stage], { input: `${start}\nstage=$1\nunpack_files\n` });
    expect([status, stderr.toString()]).toEqual([0, ""]);
  });

  afterAll(() => {
    rmSync(stage, { recursive: true });
  });

  test("nothing else", () => {
    expect(readdirSync(stage).sort()).toEqual(["files", "manifest", "plan", "program", "rules-wanted"]);
    expect(readdirSync(join(stage, "files"))).toEqual(["0", "1"]);
  });

  test("the program, the plan and the rules", () => {
    expect(read("program")).toBe(hostProgram());
    expect(read("plan")).toBe(planText(plan));
    expect(read("rules-wanted")).toBe("-A -t 10.0.0.100:80 -s wlc\n");
  });

  test("every file, byte by byte", () => {
    expect(read("files/0")).toBe("quotes ' \" \\ and ${x} $(y) `z`\nEND\n");
    expect(read("files/1")).toBe("ütf-8 and no newline at the end");
  });

  test("a manifest with the mode, the digest and the path of every file", () => {
    expect(read("manifest")).toBe(
      `0 600 ${sha256(read("files/0"))} /etc/one.conf\n1 644 ${sha256(read("files/1"))} /etc/two.conf\n`,
    );
  });
});

test("a plan without files and rules", () => {
  const lines = applyScript({ ...plan, files: [], rules: "" }).split("\n");
  const program = Buffer.from(hostProgram()).toString("base64");
  const text = Buffer.from(planText(plan)).toString("base64");
  expect(lines.slice(0, 14)).toEqual([
    `payload=${hostProgram().length + planText(plan).length}`,
    "unpack_files() {",
    `base64 -d >"$stage/program" <<'END' || return 1`,
    program,
    "END",
    `base64 -d >"$stage/plan" <<'END' || return 1`,
    text,
    "END",
    `base64 -d >"$stage/rules-wanted" <<'END' || return 1`,
    "",
    "END",
    `cat >"$stage/manifest" <<'END' || return 1`,
    "END",
    "}",
  ]);
});

test("the script ends with what runs the program", () => {
  expect(applyScript(plan).endsWith(`\n${unpackScript()}`)).toBe(true);
});

test("the space on the host must be enough for the script as it came, whose lists may be longer than their template", () => {
  const home = mkdtempSync(join(tmpdir(), "unpack-"));
  const file = join(home, "apply.sh");
  const bigger = applyScript({ ...plan, rules: "x".repeat(100_000) }).replace(/^payload=.*/, "payload=10");
  writeFileSync(file, bigger.replaceAll("/etc/cdktf-lvs", `${home}/etc`));
  for (const [name, line] of [
    ["id", "echo 0"],
    ["df", "echo Avail; echo 200000"],
  ] as const) {
    writeFileSync(join(home, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
  const { stdout } = spawnSync("sh", [file], { env: { PATH: `${home}:/usr/bin:/bin` }, encoding: "utf8" });
  rmSync(home, { recursive: true });
  expect(stdout).toMatch(/etc has 200000 bytes free, \d{6} are needed; make room; nothing was changed\n$/);
});

test("another encoder speaks for every text, and gets the placeholders of secrets", () => {
  const encoder: ContentEncoder = {
    base64: ({ name, placeholders = ["none"] }) => `(base64 ${name} ${placeholders.join(" ")})`,
    sha256: ({ name, placeholders = ["none"] }) => `(sha256 ${name} ${placeholders.join(" ")})`,
  };
  const file = { path: "/etc/x", mode: "600", text: "(one) (two)", placeholders: ["(one)", "(two)"] };
  const secret = { ...plan, files: [file] };
  const lines = applyScript(secret, encoder).split("\n");
  expect(lines.filter((line) => line.includes("(base64") || line.includes("(sha256"))).toEqual([
    "(base64 program none)",
    "(base64 plan none)",
    "(base64 rules none)",
    "(base64 /etc/x (one) (two))",
    "0 600 (sha256 /etc/x (one) (two)) /etc/x",
  ]);
});
