import { checkServiceUnit, checkTimerUnit } from "../../src/render/check-units";

test("the check of a host, which may find another run at work", () => {
  expect(checkServiceUnit("/etc/x/program")).toBe(`[Unit]
Description=Comparison of this host with its last deploy (cdktf-lvs)
ConditionPathExists=/etc/x/program

[Service]
Type=oneshot
ExecStart=sh /etc/x/program watch
SuccessExitStatus=75
TimeoutStartSec=120
Nice=10
`);
});

test("its timer, with a tenth of the interval left to chance", () => {
  const text = `[Unit]
Description=Regular comparison of this host with its last deploy (cdktf-lvs)

[Timer]
OnActiveSec=60
OnUnitInactiveSec=60
RandomizedDelaySec=6
AccuracySec=1

[Install]
WantedBy=timers.target
`;
  expect(checkTimerUnit(60)).toBe(text);
  expect(checkTimerUnit(11)).toBe(text.replaceAll("60", "11").replace("=6\n", "=2\n"));
});
