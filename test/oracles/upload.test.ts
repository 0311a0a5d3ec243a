import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PREPARE_SCRIPT, scriptPath } from "../../src/provisioners/terraform/session-script";
import { describeWithOracles } from "../support/oracles";

const SECRET = "a secret";

describeWithOracles("an upload of Terraform, which is 'scp -t DIRECTORY' there", ["scp"], () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "home-"));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  /** As the protocol has it: mode, size and name of a file, its bytes, and an end. */
  const upload = (directory: string): string =>
    spawnSync("scp", ["-t", directory], {
      cwd: home,
      input: `C0644 ${SECRET.length} x.sh\n${SECRET}\0`,
    }).stdout.toString();
  const prepare = () => spawnSync("sh", ["-c", PREPARE_SCRIPT], { cwd: home }).status;
  const mode = (name: string): string => (statSync(join(home, name)).mode & 0o777).toString(8);
  const ours = dirname(scriptPath(false));

  test("goes where nobody else can look once that is made", () => {
    expect(prepare()).toBe(0);
    expect(upload(ours)).toBe("\0\0\0");
    expect(readFileSync(join(home, ours, "x.sh"), "utf8")).toBe(SECRET);
    expect([mode(".cdktf-lvs"), mode(ours)]).toEqual(["700", "700"]);
  });

  test("goes nowhere while that is missing, as on a host that was installed again", () => {
    expect(upload(ours)).toContain("./.cdktf-lvs/run: No such file or directory");
    expect(readdirSync(home)).toEqual([]);
  });

  test("would be a file that all can read in the place of a single directory", () => {
    upload("./.cdktf-lvs");
    expect([readFileSync(join(home, ".cdktf-lvs"), "utf8"), mode(".cdktf-lvs")]).toEqual([SECRET, "644"]);
    expect(prepare()).toBe(0);
    expect(existsSync(join(home, ours))).toBe(true);
  });

  test("is not in the way of the next: what is no directory goes", () => {
    writeFileSync(join(home, ".cdktf-lvs"), SECRET);
    expect(prepare()).toBe(0);
    expect(upload(ours)).toBe("\0\0\0");
  });
});
