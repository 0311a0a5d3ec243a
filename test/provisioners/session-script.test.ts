import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PREPARE_SCRIPT, scriptPath, sessionScript } from "../../src/provisioners/terraform/session-script";

const start = readFileSync(join(__dirname, "../../src/provisioners/terraform/session.sh"), "utf8");

test("root runs the script at once", () => {
  expect(sessionScript("echo hello", { root: true })).toBe(`${start}\necho hello`);
  expect(sessionScript("echo hello", { root: true, last: true })).toBe(`${start}\necho hello`);
});

test("another user runs it again through sudo", () => {
  expect(sessionScript("echo hello", { root: false })).toBe(`${start}
if [ "$(id -u)" -ne 0 ]; then
  sudo -n true || { echo "FAILED at login: sudo refused $(id -un); allow that user everything by sudo, with NOPASSWD: ALL or with sudoPassword; nothing was changed"; exit 1; }
  sudo -n sh "$script"
  exit
fi
echo hello`);
});

test("a sudo password goes in by standard input, never as an argument", () => {
  expect(sessionScript("echo hello", { root: false, sudoPassword: "c2VjcmV0Cg==" })).toBe(`${start}
if [ "$(id -u)" -ne 0 ]; then
  password() {
    base64 -d <<'END'
c2VjcmV0Cg==
END
  }
  password | sudo -S -p '' true || { echo "FAILED at login: sudo refused $(id -un); allow that user everything by sudo, with NOPASSWD: ALL or with sudoPassword; nothing was changed"; exit 1; }
  password | sudo -S -p '' sh "$script"
  exit
fi
echo hello`);
});

test("the last script for a host takes its directory with it", () => {
  expect(sessionScript("echo hello", { root: false, last: true })).toBe(`${start}
[ "$(id -u)" -eq 0 ] || leaving=$(dirname "$script")
if [ "$(id -u)" -ne 0 ]; then
  sudo -n true || { echo "FAILED at login: sudo refused $(id -un); allow that user everything by sudo, with NOPASSWD: ALL or with sudoPassword; nothing was changed"; exit 1; }
  sudo -n sh "$script"
  exit
fi
echo hello`);
});

test("scripts of users who are not root lie where nobody else can look", () => {
  expect(scriptPath(true)).toBe("./.cdktf-lvs-%RAND%.sh");
  expect(scriptPath(false)).toBe("./.cdktf-lvs/run/%RAND%.sh");
  expect(PREPARE_SCRIPT).toBe(`set -eu
for directory in .cdktf-lvs .cdktf-lvs/run; do
  [ -d "$directory" ] || { rm -f "$directory" && mkdir "$directory"; }
  chmod 0700 "$directory"
done`);
});
