import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a user who is not root keeps scripts while they run; nobody else can look into it. */
const PRIVATE_DIRECTORY = ".cdktf-lvs";

/**
 * Terraform makes scripts readable for everyone, so they must lie in a directory that is not. It uploads with `scp -t`,
 * which takes a directory that is missing for the name of the file: below another one that is missing too, it fails.
 */
export function scriptPath(root: boolean): string {
  return root ? "./.cdktf-lvs-%RAND%.sh" : `./${PRIVATE_DIRECTORY}/run/%RAND%.sh`;
}

/** Makes the directory that {@link scriptPath} needs; to be run from the home directory itself. */
export const PREPARE_SCRIPT = `set -eu
for directory in ${PRIVATE_DIRECTORY} ${PRIVATE_DIRECTORY}/run; do
  [ -d "$directory" ] || { rm -f "$directory" && mkdir "$directory"; }
  chmod 0700 "$directory"
done`;

export const PREPARE_SCRIPT_PATH = "./.cdktf-lvs-%RAND%.sh";

/** What a script needs to know of the session that it comes through. */
export interface Session {
  readonly root: boolean;
  /** The sudo password in base64, if sudo asks for one. */
  readonly sudoPassword?: string;
  /** Whether this is the last script for this host. */
  readonly last?: boolean;
}

/** A script as Terraform should upload it: as root, or through sudo, and cleaned up after. */
export function sessionScript(script: string, session: Session): string {
  const lines = [readFileSync(join(__dirname, "session.sh"), "utf8")];
  if (!session.root) {
    if (session.last) lines.push('[ "$(id -u)" -eq 0 ] || leaving=$(dirname "$script")');
    lines.push(...becomeRoot(session.sudoPassword));
  }
  return [...lines, script].join("\n");
}

function becomeRoot(password: string | undefined): string[] {
  return [
    'if [ "$(id -u)" -ne 0 ]; then',
    ...(password === undefined ? WITHOUT_PASSWORD : withPassword(password)),
    "  exit",
    "fi",
  ];
}

const REFUSED =
  'echo "FAILED at login: sudo refused $(id -un); allow that user everything by sudo, with NOPASSWD: ALL or with sudoPassword; nothing was changed"; exit 1;';

const WITHOUT_PASSWORD = [`  sudo -n true || { ${REFUSED} }`, '  sudo -n sh "$script"'];

/** sudo reads the password only if it wants one, so it is asked for nothing else first. */
function withPassword(password: string): string[] {
  return [
    "  password() {",
    "    base64 -d <<'END'",
    password,
    "END",
    "  }",
    `  password | sudo -S -p '' true || { ${REFUSED} }`,
    "  password | sudo -S -p '' sh \"$script\"",
  ];
}
