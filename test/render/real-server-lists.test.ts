import { HealthCheck } from "../../src/model/health-check";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { TableOwner } from "../../src/model/table-owner";
import { blocksText } from "../../src/render/block-writer";
import { ipvsadmRules } from "../../src/render/ipvsadm-rules";
import { keepalivedConf } from "../../src/render/keepalived-conf";
import { virtualServerBlocks } from "../../src/render/virtual-server-block";
import { directorConfig, realServer, serversOf, service, textList } from "../support/models";

const blue = textList("blue");
const green = textList("green");

test("every address of a list has a real_server block, and without any there is no service", () => {
  const services = [service({}, [serversOf(blue, { weight: 2 }), serversOf(green)]), service({ vip: "10.0.0.101" })];
  expect(keepalivedConf(directorConfig({ services }))).toBe(`global_defs {
    router_id "lb"
}
<any blue <green>>
virtual_server 10.0.0.100 80 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
<each blue>    real_server <blue> 80 {
        weight 2
        TCP_CHECK {
        }
    }
<end><each green>    real_server <green> 80 {
        weight 1
        TCP_CHECK {
        }
    }
<end>}
<end>
virtual_server 10.0.0.101 80 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    real_server 10.0.0.21 80 {
        weight 1
        TCP_CHECK {
        }
    }
}
`);
});

test("beside a real server the service is always there, and a script is told each address", () => {
  const healthCheck = HealthCheck.misc({ script: "/usr/bin/probe", arguments: ["{address}", "{port}"] });
  const web = service({}, [realServer({ healthCheck: HealthCheck.none() }), serversOf(blue, { healthCheck })]);
  expect(blocksText(virtualServerBlocks(web))).toContain(`
    real_server 10.0.0.21 80 {
        weight 1
    }
<each blue>    real_server <blue> 80 {
        weight 1
        MISC_CHECK {
            misc_path "/usr/bin/probe '<blue>' '80'"
        }
    }
<end>}
`);
});

test("the group of several VIPs goes with the service", () => {
  const web = service({ additionalVips: ["10.0.0.101"] }, [serversOf(blue)]);
  expect(blocksText(virtualServerBlocks(web))).toMatch(
    /^<any blue>virtual_server_group [^<]*<end><any blue>\nvirtual_server group [^<]*<each blue>[^<]*<blue>[^<]*<end>\}\n<end>$/,
  );
});

test("every address of a list has a rule, in brackets where it needs them", () => {
  const nat = { forwardingMethod: ForwardingMethod.NAT, port: 8080 };
  const services = [
    service({ additionalVips: ["10.0.0.101"] }, [serversOf(blue, { weight: 2 })]),
    service({ vip: "2001:db8::100" }, [serversOf(green, nat), realServer({ address: "2001:db8::21", ...nat })]),
  ];
  expect(ipvsadmRules(services, TableOwner.KEEPALIVED)).toBe(`<any blue>-A -t 10.0.0.100:80 -s wlc
<each blue>-a -t 10.0.0.100:80 -r <[blue]>:80 -g -w 2
<end><end><any blue>-A -t 10.0.0.101:80 -s wlc
<each blue>-a -t 10.0.0.101:80 -r <[blue]>:80 -g -w 2
<end><end>-A -t [2001:db8::100]:80 -s wlc
<each green>-a -t [2001:db8::100]:80 -r <[green]>:8080 -m -w 1
<end>-a -t [2001:db8::100]:80 -r [2001:db8::21]:8080 -m -w 1
`);
});

test("a table of ipvsadm has the service also without real servers", () => {
  expect(ipvsadmRules([service({}, [serversOf(blue)])], TableOwner.IPVSADM)).toBe(`-A -t 10.0.0.100:80 -s wlc
<each blue>-a -t 10.0.0.100:80 -r <[blue]>:80 -g -w 1
<end>`);
});
