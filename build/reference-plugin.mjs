// Makes the API reference of typedoc easier to read: its names stand under what they are for, and defaults that are
// said in words are text, not code.
import { CommentTag, Converter, ReflectionKind } from "typedoc";

/** What is declared in files of these names, where the first that matches counts; typedoc.json has their order. */
const CATEGORIES = [
  ["Constructs", /^src\/constructs\//, ReflectionKind.Class],
  ["Props of constructs", /^src\/constructs\//],
  ["Health checks", /^src\/model\/(health-check\/|bfd|script)/],
  [
    "Virtual services and real servers",
    /^src\/model\/(virtual-service|scheduler|protocol|persistence|quorum|thresholds|firewall-mark|forwarding|tunnel|service|sorry)/,
  ],
  [
    "VRRP and failover",
    /^src\/model\/(vrrp|virtual-|tracked|track-file|pair|interface|cloud|gratuitous|connection-sync)/,
  ],
  ["Monitoring and messages", /^src\/model\/(monitoring|alert|logging|mail|snmp)/],
  ["Directors and hosts", /^src\//],
];

export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_SIGNATURE, asWritten);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const [library] = project.children;
    for (const reflection of library.children) categorize(project, reflection);
    for (const { comment } of Object.values(project.reflections)) for (const tag of comment?.blockTags ?? []) say(tag);
  });
}

/** `ExpectedService`, not the pages of props that the compiler makes of it. */
function asWritten(context, signature, node) {
  for (const [index, parameter] of (signature.parameters ?? []).entries()) {
    const written = node?.parameters[index]?.type;
    if (written === undefined || parameter.type?.type !== "reflection") continue;
    context.project.removeTypeReflections(parameter.type);
    parameter.type = context.converter.convertType(context, written);
  }
}

function categorize(project, reflection) {
  const file = project.getSymbolIdFromReflection(reflection).packagePath;
  const [name] = CATEGORIES.find(
    ([, files, kind]) => files.test(file) && (kind ?? reflection.kind) === reflection.kind,
  );
  // What has no comment is to be missed.
  reflection.comment?.blockTags.push(new CommentTag("@category", [{ kind: "text", text: name }]));
}

/** `@default - none`: what begins with a dash is said in words. */
function say(tag) {
  const [, words] = /^```ts\n- (.*)\n```$/s.exec(tag.content[0]?.text ?? "") ?? [];
  if (tag.tag === "@default" && words !== undefined) tag.content = [{ kind: "text", text: words }];
}
