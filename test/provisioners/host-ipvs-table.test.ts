import { describeInEveryShell, type HostSandbox, type Outcome } from "../support/host-sandbox";

const SERVICE = "-A -t 192.0.2.100:80 -s wlc";
const server = (number: number, weight = 1) =>
  `-a -t 192.0.2.100:80 -r 192.0.2.${String(number).padStart(3, "1")}:80 -g -w ${weight}`;

/** A table in a file. Like the kernel and ipvsadm it goes on after a step that it refuses, and ends with 0. */
function fakeIpvsadm(sandbox: HostSandbox, refused = "nothing"): void {
  sandbox.command(
    "ipvsadm",
    `table=${sandbox.path("/var/table")}`,
    'case "$1" in',
    '--save) cat "$table" ;;',
    "--restore)",
    "  while IFS= read -r step; do",
    `    case $step in *'${refused}'*) echo 'Memory allocation problem'; continue ;; esac`,
    "    rule=${step#* } kind=-a",
    "    case $step in -[AED]*) kind=-A ;; esac",
    "    key=${rule%% -s *} key=${key%% -g *}",
    "    while IFS= read -r old; do",
    '      case "$old " in "$kind $key "*) ;; *) echo "$old" ;; esac',
    '    done <"$table" >"$table.new"',
    '    case $step in -[Dd]*) ;; *) echo "$kind $rule" >>"$table.new" ;; esac',
    '    mv "$table.new" "$table"',
    "  done ;;",
    "esac",
  );
}

describeInEveryShell("the IPVS table changes", (sandbox) => {
  /** What a change from one table to another told. */
  function changed(from: readonly string[], to: readonly string[], refused?: string): Outcome {
    fakeIpvsadm(sandbox(), refused);
    sandbox()
      .file("/var/table", ...from)
      .file("/stage/rules", ...to);
    return sandbox().run('change_table "$stage/rules"');
  }

  const table = () => sandbox().read("/var/table").trim().split("\n").sort();
  const restores = () => sandbox().calls.filter((call) => call === "ipvsadm --restore");

  test("by single steps in one run of ipvsadm, services before their servers and after them", () => {
    const from = ["-A -t 192.0.2.99:80 -s wlc", "-a -t 192.0.2.99:80 -r 192.0.2.121:80 -g -w 1", SERVICE, server(21)];
    const to = ["-A -t 192.0.2.100:80 -s rr", server(21, 5), server(22), "-A -t 192.0.2.101:80 -s rr"];
    expect(changed(from, to)).toEqual({
      status: 0,
      output: [
        "   ipvsadm -A -t 192.0.2.101:80 -s rr",
        "   ipvsadm -a -t 192.0.2.100:80 -r 192.0.2.122:80 -g -w 1",
        "   ipvsadm -E -t 192.0.2.100:80 -s rr",
        "   ipvsadm -e -t 192.0.2.100:80 -r 192.0.2.121:80 -g -w 5",
        "   ipvsadm -d -t 192.0.2.99:80 -r 192.0.2.121:80",
        "   ipvsadm -D -t 192.0.2.99:80",
        "",
      ].join("\n"),
    });
    expect(table()).toEqual([...to].sort());
    expect(restores()).toHaveLength(1);
  });

  test("not at all when it is as it should be", () => {
    expect(changed([SERVICE, server(21)], [SERVICE, server(21)])).toEqual({ status: 0, output: "" });
    expect(restores()).toEqual([]);
  });

  test("with a number in place of a long list", () => {
    const twenty = Array.from({ length: 20 }, (_, index) => server(21 + index));
    const [, ...others] = twenty;
    expect(
      changed([SERVICE, ...twenty], [SERVICE, server(20), ...others.map((one) => one.replace("-w 1", "-w 2"))]),
    ).toEqual({
      status: 0,
      output: expect.stringMatching(/^ {3}ipvsadm -a .*\n( {3}ipvsadm -e .*\n){19} {3}ipvsadm -d .*\n$/) as string,
    });
    const to = [SERVICE, ...Array.from({ length: 21 }, (_, index) => server(41 + index))];
    expect(changed([], to)).toEqual({
      status: 0,
      output: `   ipvsadm -A ${SERVICE.slice(3)}\n   ipvsadm -a ... (21 of them)\n`,
    });
    expect(table()).toEqual([...to].sort());
  });

  test("and a step that the kernel refused is found in the table, whatever ipvsadm ended with", () => {
    const outcome = changed([SERVICE], [SERVICE, server(21), server(22), server(23)], "192.0.2.122");
    expect(outcome.status).toBe(1);
    expect(outcome.output).toContain("   Memory allocation problem\n");
    expect(outcome.output).toContain(
      "ipvsadm did not take every step: the IPVS table differs: +-a -t 192.0.2.100:80 -r 192.0.2.122:80 -g -w 1,",
    );
    expect(table()).toHaveLength(3);
  });

  test("and of many that were refused some are told", () => {
    const to = Array.from({ length: 23 }, (_, index) => server(21 + index));
    const { output } = changed([SERVICE], [SERVICE, ...to], "-r ");
    expect(output).toContain("-r 192.0.2.140:80 -g -w 1, and 3 more; ");
  });
});
