import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logging, type Logging } from "../../src/model/logging";
import { logrotateConf } from "../../src/render/logrotate-conf";
import { rsyslogConf } from "../../src/render/rsyslog-conf";
import { describeWithOracles, judge, type Verdict } from "../support/oracles";

const definitions: [string, Logging | undefined][] = [
  ["the defaults", logging(true)],
  [
    "every setting",
    logging({ keepalivedFile: "/srv/log-1/ka_1.log", ipvsFile: "/srv/.ipvs", keepDays: 3650, keepInSyslog: false }),
  ],
];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "logging-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function written(text: string): string {
  const file = join(folder, "lvs.conf");
  writeFileSync(file, text, { mode: 0o644 });
  return file;
}

describeWithOracles("rsyslogd", ["rsyslogd"], () => {
  function verdict(text: string): Verdict {
    return judge("rsyslogd", ["-N1", "-f", written(text)]);
  }

  test.each(definitions)("takes %s", (_title, settings) => {
    const { status, output } = verdict(rsyslogConf(settings as Logging));
    expect([status, output.trim().split("\n")]).toEqual([
      0,
      [expect.stringContaining("config validation run"), "rsyslogd: End of config validation run. Bye."],
    ]);
  });

  test("is a judge that refuses", () => {
    const text = rsyslogConf(logging(true) as Logging);
    expect(verdict(text.replace("startswith", "starts")).status).toBe(1);
    expect(verdict(text.replace("}", "")).status).toBe(1);
  });
});

describeWithOracles("logrotate", ["logrotate"], () => {
  function verdict(text: string): Verdict {
    return judge("logrotate", ["--debug", "--state", join(folder, "state"), written(text)]);
  }

  test.each(definitions)("takes %s", (_title, settings) => {
    const { status, output } = verdict(logrotateConf(settings as Logging));
    expect([status, output]).toEqual([0, expect.not.stringContaining("error")]);
    expect(output).toContain(`after 1 days (${settings?.keepDays as number} rotations)`);
  });

  test("is a judge that refuses, if only in words", () => {
    const text = logrotateConf(logging(true) as Logging);
    expect(verdict(text.replace("daily", "dayly")).output).toMatch(/error: .*lvs.conf:\d+ unknown option/);
    expect(verdict(text.replace("rotate 14", "rotate x")).output).toMatch(/error: .*lvs.conf:\d+ bad rotation count/);
  });
});
