#!/bin/sh
# Installs the built library into a copy of examples/platform-repo, as its README says, and does what its workflows do.
# Times are for reading: nothing fails because of them.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
copy=$work/platform-repo
cp -R "$root/examples/platform-repo" "$copy"
cd "$copy"
rm -rf node_modules cdktf.out vendor package-lock.json
mkdir vendor

# timed WHAT COMMAND...: what the command writes, then how long it took
timed() {
  bash -c 'TIMEFORMAT="$0: %R s, of which it computed %U s"; time "$@"' "$@"
}

# without_remarks COMMAND...: shows what a command wrote when it fails
without_remarks() {
  "$@" >"$work/output" 2>&1 || { cat "$work/output" >&2; exit 1; }
}

npm pack --silent --ignore-scripts --pack-destination vendor "$root" >/dev/null
timed "npm install" npm install --silent --no-audit --no-fund
npm run --silent typecheck
# Snapshots must be those that are committed; jest says how long the file took.
CI=true npm run --silent test
for run in first second; do timed "synth, $run run" node_modules/.bin/tsx main.ts; done
rm -r cdktf.out
without_remarks env CHECKPOINT_DISABLE=1 npm run --silent synth
npm run --silent picture

if command -v terraform >/dev/null; then
  printf 'disable_checkpoint = true\n' >"$work/terraform.rc"
  export TF_CLI_CONFIG_FILE="$work/terraform.rc" TF_VAR_vrrp_password=unknown
fi
for stack in cdktf.out/stacks/*; do
  grep -q '^flowchart' "$stack/topology.mmd"
  grep -q '</svg>' "$stack/topology.svg"
  if command -v terraform >/dev/null; then
    # Its own backend is on the network.
    printf '{ "terraform": { "backend": { "local": {} } } }\n' >"$stack/backend_override.tf.json"
    without_remarks terraform -chdir="$stack" init -input=false -no-color
    without_remarks terraform -chdir="$stack" validate -no-color
    terraform -chdir="$stack" plan -input=false -no-color -lock=false >"$stack/plan.txt"
  else
    echo "SKIPPED terraform validate and plan: this machine lacks terraform"
    echo "Plan: none" >"$stack/plan.txt"
  fi
done

sh ci/comment.sh cdktf.out/stacks/* >comment.md
[ "$(grep -c '^Plan: ' comment.md)" = 2 ]
[ "$(grep -c '^flowchart' comment.md)" = 2 ]
[ "$(wc -m <comment.md)" -lt 65536 ]

# Sites of which no comment could hold all: the plan is cut off, the picture left out, and a list behind it not needed.
for site in 1 2 3; do
  mkdir -p "$work/large/site$site"
  { echo 'Plan: 9 to add'; seq -f '  + line %g of a long plan' 9999; } >"$work/large/site$site/plan.txt"
  { echo 'flowchart LR'; seq -f '  node%g["a real server of many"]' "$((site * 90))"; seq -f '  %%%% node%g: more' 9999; } \
    >"$work/large/site$site/topology.mmd"
done
sh ci/comment.sh "$work"/large/* >large.md
[ "$(wc -m <large.md)" -lt 65536 ]
[ "$(grep -c '^### site' large.md)" = 3 ]
[ "$(grep -c '^\.\.\. the rest is in the artifact' large.md)" = 3 ]
# Pictures of 3, 6 and 9 kB, with room for 7.
[ "$(grep -c '^flowchart' large.md)" = 2 ]
[ "$(grep -c 'too large for a comment' large.md)" = 1 ]
[ "$(grep -c '%%' large.md)" = 0 ]

npm install --silent --no-audit --no-fund --prefix "$work/linter" @action-validator/cli@0.6.0 @action-validator/core@0.6.0
for workflow in .github/workflows/*.yml; do "$work/linter/node_modules/.bin/action-validator" "$workflow"; done
if command -v shellcheck >/dev/null; then shellcheck ci/comment.sh; fi
echo "examples/platform-repo installs, is tested, synthesizes, and its workflows have what they need"
