import { Deferred } from "../../src/model/deferred";
import { logrotateConf } from "../../src/render/logrotate-conf";
import { rsyslogConf } from "../../src/render/rsyslog-conf";

const logging = { keepalivedFile: "/var/log/ka.log", ipvsFile: "/var/log/ipvs.log", keepDays: 7, keepInSyslog: true };

test("rsyslog writes what it wrote before as well", () => {
  expect(rsyslogConf(logging)).toBe(`# Messages of keepalived and of IPVS (cdktf-lvs)
if $programname startswith "Keepalived" then {
    /var/log/ka.log
}
if $syslogfacility-text == "kern" and $msg contains "IPVS:" then {
    /var/log/ipvs.log
}
`);
});

test("or nowhere else", () => {
  expect(rsyslogConf({ ...logging, keepInSyslog: false })).toBe(`# Messages of keepalived and of IPVS (cdktf-lvs)
if $programname startswith "Keepalived" then {
    /var/log/ka.log
    stop
}
if $syslogfacility-text == "kern" and $msg contains "IPVS:" then {
    /var/log/ipvs.log
    stop
}
`);
});

test("logrotate keeps the days asked for, and tells rsyslog", () => {
  const text = `# Messages of keepalived and of IPVS (cdktf-lvs)
/var/log/ka.log
/var/log/ipvs.log
{
    daily
    rotate 7
    missingok
    notifempty
    compress
    delaycompress
    sharedscripts
    postrotate
        systemctl kill --signal=HUP rsyslog.service >/dev/null 2>&1 || true
    endscript
}
`;
  expect(logrotateConf(logging)).toBe(text);
  expect(logrotateConf({ ...logging, keepDays: new Deferred("${days}") })).toBe(text.replace("7", "${days}"));
});
