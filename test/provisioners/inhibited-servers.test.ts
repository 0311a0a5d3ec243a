import { directorPlan } from "../../src/provisioners/director-plan";
import { directorConfig, realServer, service } from "../support/models";

test("a real server that stays with weight 0 when it fails says so itself, or its service does", () => {
  const other = { address: "10.0.0.22" };
  const services = [
    service({ inhibitOnFailure: true }, [realServer({ inhibitOnFailure: false }), realServer(other)]),
    service({ vip: "10.0.0.101" }, [realServer({ inhibitOnFailure: true }), realServer(other)]),
  ];
  expect(
    directorPlan({ host: "web/lb", address: "10.0.0.11" }, directorConfig({ services })).keepalived?.adaptive,
  ).toEqual([{ rule: "-a -t 10.0.0.100:80 -r 10.0.0.22:80" }, { rule: "-a -t 10.0.0.101:80 -r 10.0.0.21:80" }]);
});
