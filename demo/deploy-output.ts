import { line } from "./story";

const CONNECTION =
  /\(remote-exec\):\s+(Host|User|Password|Private key|Certificate|SSH Agent|Checking Host Key|Target Platform):/;
const WORK = /\(([^)]+)\/(?:config|teardown|decommission)\) \(remote-exec\): (.*)$/;
const RESOURCE = /(?:terraform_data\.\S+ )?\(([^)]+)\/(?:config|teardown|decommission)\)/;
const PLAN_START = /will perform the following actions:|^No changes\./;
const PLAN_END = /^Plan: /;

/** Shows the output of cdktf as a reader wants it: the plan, and what happens on which host. */
export class DeployOutput {
  private part: "before the plan" | "plan" | "work" = "before the plan";

  /** `showsPlan`: whether the plan is to be read, or only its last line. */
  constructor(
    private readonly stack: string,
    private readonly showsPlan: boolean,
  ) {}

  show(text: string): void {
    const bare = this.withoutMargin(text);
    if (this.part === "before the plan" && PLAN_START.test(bare)) this.part = "plan";
    if (PLAN_END.test(bare)) this.part = "work";
    if (this.part === "before the plan" || (this.part === "plan" && !this.showsPlan)) return;
    if (bare.trim() === "" || CONNECTION.test(bare) || bare.includes("Refreshing state...")) return;
    const work = WORK.exec(bare);
    line(
      work ? `${(work[1] ?? "").replace(/\/host$/, "").padEnd(12)} | ${work[2] ?? ""}` : bare.replace(RESOURCE, "$1"),
    );
  }

  /** cdktf puts the stack's name, or as many blanks, before each line. */
  private withoutMargin(text: string): string {
    const width = this.stack.length + 2;
    return [this.stack, ""].includes(text.slice(0, width).trim()) ? text.slice(width) : text;
  }
}
