import { bareNameProblems } from "./bare-name";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { shown } from "./rules";

/** A script that keepalived runs on the directors as root; its text becomes a file of theirs. */
export interface ScriptSettings {
  /**
   * File name below `/etc/cdktf-lvs/director/scripts`: 1 to 64 letters, digits, `.`, `_` and `-`.
   * @default - made from the path of the construct that the script is given to; a digest stands for the beginning of a
   * long one
   */
  readonly name?: string;
  /** The whole text: begins with `#!` and the path of an interpreter; at most 64 KiB. */
  readonly text: string;
}

export type Script = DeepDeferrable<ScriptSettings>;

/** Kept small: it travels in the script that configures the host, and Terraform shows it in every plan. */
const LONGEST_TEXT = 65536;

/** Whether it is a text that becomes a file, and not the path of a program that is on the host. */
export function isScript(script: Script | Deferrable<string>): script is Script {
  return typeof script !== "string" && !(script instanceof Deferred);
}

export function scriptProblems(path: string, script: Script): Problem[] {
  return [...bareNameProblems(`${path}.name`, script.name), ...textProblems(`${path}.text`, script.text)];
}

function textProblems(path: string, text: Deferrable<string>): Problem[] {
  if (text instanceof Deferred) return [];
  const [firstLine = ""] = text.split("\n", 1);
  if (!/^#! ?\/\S/.test(firstLine)) {
    const message = `must begin with '#!' and the path of an interpreter, got ${shown(firstLine)}`;
    return [{ path, message: `${message}; try '#!/bin/sh'` }];
  }
  if (/[\0\r]/.test(text)) {
    return [{ path, message: "must have no NUL and no carriage return, got one; end lines with a line feed alone" }];
  }
  const bytes = Buffer.byteLength(text);
  return bytes <= LONGEST_TEXT ? [] : [{ path, message: `must be at most ${LONGEST_TEXT} bytes, got ${bytes}` }];
}

/** The name of the file; constructs name every script that the user has not named. */
export function scriptName(script: Script): string {
  return typeof script.name === "string" ? script.name : "script";
}

/** Each script once, by its name. */
export function uniqueScripts(scripts: readonly Script[]): Script[] {
  const byName = new Map<string, Script>();
  for (const script of scripts) if (!byName.has(scriptName(script))) byName.set(scriptName(script), script);
  return [...byName.values()];
}
