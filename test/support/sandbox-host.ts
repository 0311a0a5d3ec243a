import type { HostSandbox } from "./host-sandbox";

/** Commands that remember what they were told, as a host would: addresses and rules, units, the nftables table. */
export function rememberingCommands(sandbox: HostSandbox): void {
  const state = sandbox.path("/state");
  sandbox.file("/state/addresses").file("/state/rules").file("/state/units/none");
  sandbox.command(
    "ip",
    `drop() { while IFS= read -r line; do [ "$line" = "$2" ] || echo "$line"; done <"$1" >"$1.new"; mv "$1.new" "$1"; }`,
    'shown() { while read -r address device; do echo "1: $device    inet $address scope global $device"; done; }',
    'case "$*" in',
    `  '-oneline address show') shown <${state}/addresses ;;`,
    `  '-oneline address show dev '*)`,
    `    shown <${state}/addresses | while IFS= read -r line; do case $line in *": $5 "*" \${7%/*}/"*) echo "$line" ;; esac; done ;;`,
    `  '-batch '*) while read -r _ _ address _ device _; do echo "$address $device" >>${state}/addresses; done <"$2" ;;`,
    `  'address replace '*) echo "$3 $5" >>${state}/addresses ;;`,
    `  'address delete '*) drop ${state}/addresses "$3 $5" ;;`,
    `  'rule add '*) echo "\${*#rule add }" >>${state}/rules ;;`,
    `  'rule delete '*) drop ${state}/rules "\${*#rule delete }" ;;`,
    `  'rule show') cat ${state}/rules ;;`,
    "esac",
  );
  sandbox.command(
    "systemctl",
    'for unit; do :; done; words=" $* "',
    `unit=${state}/units/$unit`,
    'case "$words" in',
    '  *" show "*)',
    "    enabled=disabled; active=inactive",
    '    [ ! -e "$unit.enabled" ] || enabled=enabled',
    '    [ ! -e "$unit.active" ] || active=active',
    "    printf '%s\\n' LoadState=loaded ActiveState=$active UnitFileState=$enabled ;;",
    '  *" is-active "*) [ -e "$unit.active" ] ;;',
    '  *" enable "*) : >"$unit.enabled"; case $words in *" --now "*) : >"$unit.active" ;; esac ;;',
    '  *" disable "*) rm -f "$unit.enabled"; case $words in *" --now "*) rm -f "$unit.active" ;; esac ;;',
    '  *" stop "*) rm -f "$unit.active" ;;',
    "esac",
  );
  sandbox.command("unshare", 'for file; do :; done; cat "$file"');
  sandbox.command(
    "nft",
    'case "$*" in',
    `  *list*) cat ${state}/nft ;;`,
    `  '-f -') cat >${state}/nft ;;`,
    `  '-f '*) cat "$2" >${state}/nft ;;`,
    `  *delete*) rm ${state}/nft ;;`,
    "esac",
  );
  sandbox.command("dpkg-query");
  // Nobody but root may give files away.
  sandbox.command("install", "shift 4", 'exec /usr/bin/install "$@"');
}
