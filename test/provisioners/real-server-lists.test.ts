import { TableOwner } from "../../src/model/table-owner";
import { directorPlan } from "../../src/provisioners/director-plan";
import { planText } from "../../src/provisioners/host-plan";
import { directorConfig, realServer, serversOf, service, textList } from "../support/models";

const blue = textList("blue");

test("a plan has the adaptive rules of every address, and what must hold of the list", () => {
  const services = [service({ inhibitOnFailure: true }, [serversOf(blue), realServer()])];
  const plan = directorPlan({ host: "lb", address: "10.0.0.11" }, directorConfig({ services }));
  expect(planText(plan)).toContain(`
<each blue>adaptive -a -t 10.0.0.100:80 -r <[blue]>:80
<end>adaptive -a -t 10.0.0.100:80 -r 10.0.0.21:80
`);
  expect(plan.listRules).toEqual([
    {
      service: "10.0.0.100:80/tcp",
      list: blue,
      family: "IPv4",
      others: ["10.0.0.100", "10.0.0.21"],
      otherLists: [],
    },
  ]);
  const plain = directorPlan(
    { host: "lb", address: "10.0.0.11" },
    directorConfig({ services: [service()], tableOwner: TableOwner.IPVSADM }),
  );
  expect(plain).not.toHaveProperty("listRules");
});
