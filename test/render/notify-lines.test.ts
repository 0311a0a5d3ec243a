import { Deferred } from "../../src/model/deferred";
import { blocksText } from "../../src/render/block-writer";
import { moveAddressesScript } from "../../src/render/move-addresses-script";
import { cloudLines, notifyLines } from "../../src/render/notify-lines";
import { vrrpSyncGroupBlock } from "../../src/render/vrrp-sync-group-block";
import { onEth0, vrrpInstance } from "../support/models";

const script = (name: string) => ({ name, text: "#!/bin/sh\n" });

test("nothing to run and nobody to tell", () => {
  expect(notifyLines("INSTANCE", "lb", {})).toEqual([undefined, undefined]);
});

test("each program is told the instance and its state; keepalived itself tells that of any", () => {
  const notify = {
    master: script("lb-master"),
    backup: "/usr/bin/true",
    fault: new Deferred("${x}"),
    stop: script("lb-stop"),
    deleted: script("lb-deleted"),
    masterReceivesLowerPriority: script("lb-lower"),
    any: script("lb-any"),
  };
  expect(notifyLines("INSTANCE", "lb", { notify, notifyPriorityChanges: true, smtpAlert: false })).toEqual([
    `notify_master "/etc/cdktf-lvs/director/scripts/lb-master 'INSTANCE' 'lb' 'MASTER'"`,
    `notify_backup "/usr/bin/true 'INSTANCE' 'lb' 'BACKUP'"`,
    `notify_fault "\${x} 'INSTANCE' 'lb' 'FAULT'"`,
    `notify_stop "/etc/cdktf-lvs/director/scripts/lb-stop 'INSTANCE' 'lb' 'STOP'"`,
    `notify_deleted "/etc/cdktf-lvs/director/scripts/lb-deleted 'INSTANCE' 'lb' 'DELETED'"`,
    `notify_master_rx_lower_pri "/etc/cdktf-lvs/director/scripts/lb-lower 'INSTANCE' 'lb' 'MASTER_RX_LOWER_PRI'"`,
    `notify "/etc/cdktf-lvs/director/scripts/lb-any"`,
    "notify_priority_changes true",
    "smtp_alert false",
  ]);
});

test("a sync group with every option", () => {
  const settings = {
    trackInterfaces: [{ interface: "eth1", weight: -20 }],
    trackingWeight: true,
    notify: { backup: script("together-backup"), any: script("together-any") },
    smtpAlert: true,
    notifyPriorityChanges: false,
  };
  const group = { name: "together", instances: ["lb", "api"], settings };
  expect(blocksText([vrrpSyncGroupBlock(group)])).toBe(`vrrp_sync_group "together" {
    group {
        "lb"
        "api"
    }
    track_interface {
        eth1 weight -20
    }
    sync_group_tracking_weight
    notify_backup "/etc/cdktf-lvs/director/scripts/together-backup 'GROUP' 'together' 'BACKUP'"
    notify "/etc/cdktf-lvs/director/scripts/together-any"
    notify_priority_changes false
    smtp_alert true
}
`);
});

describe("cloud", () => {
  const settings = { cloud: { moveAddress: script("lb-move-address") } };

  test("an instance that no cloud holds has nothing to move", () => {
    expect(cloudLines(vrrpInstance())).toEqual([]);
    expect(moveAddressesScript(vrrpInstance())).toBeUndefined();
  });

  test("one script is called at both times that matter", () => {
    const command = '"/etc/cdktf-lvs/director/scripts/lb-move-addresses"';
    expect(cloudLines(vrrpInstance({ settings }))).toEqual([
      `notify_master ${command}`,
      `notify_master_rx_lower_pri ${command}`,
    ]);
  });

  test("it calls the user's own with all VIPs", () => {
    const vips = [...onEth0("10.0.0.100", "2001:0db8::100"), { address: new Deferred("${x}"), device: "eth1" }];
    expect(moveAddressesScript(vrrpInstance({ vips, settings }))).toEqual({
      name: "lb-move-addresses",
      text: `#!/bin/sh
exec /etc/cdktf-lvs/director/scripts/lb-move-address '10.0.0.100' '2001:db8::100' '\${x}'
`,
    });
  });

  test("a program of the host, and no VIP", () => {
    const instance = vrrpInstance({ vips: [], settings: { cloud: { moveAddress: "/usr/local/bin/move" } } });
    expect(moveAddressesScript(instance)?.text).toBe("#!/bin/sh\nexec /usr/local/bin/move\n");
  });
});
