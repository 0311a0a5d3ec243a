import { Deferred } from "../../src/model/deferred";
import { extraFilesProblems, extraLinesProblems, type ExtraFile } from "../../src/model/escape-hatch";

const token = new Deferred("${x}");

describe("extra lines", () => {
  test.each<[string, (string | Deferred)[] | undefined]>([
    ["none", undefined],
    ["an empty list", []],
    ["a keyword", ["ops"]],
    ["a block", ["track_file {", "    maintenance weight 1", "}"]],
    ["a block on one line", ["SSL { key key.pem }"]],
    ["braces in quotes and comments", ['notify "echo {"', "weight 1 # {", "! }"]],
    ["a tab", ["weight\t1"]],
    ["a value known only at apply", [token]],
  ])("accepts %s", (_title, lines) => {
    expect(extraLinesProblems("extraLines", lines)).toEqual([]);
  });

  test.each<[string, string[], string, string]>([
    ["a blank line", ["ops", " "], "extraLines[1]", "must not be blank, got ' '; leave it out"],
    [
      "two lines in one",
      ["ops\nalpha"],
      "extraLines[0]",
      "must be one line without control characters, got 'ops\\nalpha'; give each line by itself",
    ],
    [
      "the end of the block around it",
      ["ops", "} virtual_server 10.0.0.1 80 {"],
      "extraLines[1]",
      "must close no block that it has not opened, got '} virtual_server 10.0.0.1 80 {'; remove the '}'",
    ],
    [
      "a block without an end",
      ["track_file {"],
      "extraLines",
      "must close every block that it opens, got 1 open at the end; add '}'",
    ],
  ])("refuses %s", (_title, lines, path, message) => {
    expect(extraLinesProblems("extraLines", lines)).toEqual([{ path, message }]);
  });
});

describe("extra files", () => {
  const file: ExtraFile = { path: "/etc/motd.d/lvs", text: "hello\n" };
  const pathRule = "must be an absolute path of letters, digits and . @ + : = - _, without . and .. as names";

  test("accepts none, one with its mode, and a text known only at apply", () => {
    expect(extraFilesProblems("extraFiles", undefined)).toEqual([]);
    expect(extraFilesProblems("extraFiles", [])).toEqual([]);
    const two = { ...file, path: "/etc/a@b.conf", text: token, mode: "600" };
    expect(extraFilesProblems("extraFiles", [file, two])).toEqual([]);
  });

  test.each<[string, object, string, string]>([
    ["a relative path", { path: "motd" }, "path", `${pathRule}, got 'motd'`],
    ["a path with a blank", { path: "/etc/a b" }, "path", `${pathRule}, got '/etc/a b'`],
    ["a way up", { path: "/etc/../a" }, "path", `${pathRule}, got '/etc/../a'`],
    ["a folder", { path: "/etc/" }, "path", `${pathRule}, got '/etc/'`],
    [
      "a path known only at apply",
      { path: token },
      "path",
      "must be known at synth, got a token; it names what is watched and removed",
    ],
    [
      "keepalived.conf",
      { path: "/etc/keepalived/keepalived.conf" },
      "path",
      "must not be a file of the library, got '/etc/keepalived/keepalived.conf'; use extra lines or another name",
    ],
    [
      "a unit of the library",
      { path: "/etc/systemd/system/cdktf-lvs-vips.service" },
      "path",
      "must not be a file of the library, got '/etc/systemd/system/cdktf-lvs-vips.service'; use extra lines or another name",
    ],
    ["an empty text", { text: "" }, "text", "must not be empty, got ''; a file that arrives empty counts as lost"],
    ["a mode in words", { mode: "u=rw" }, "mode", "must be three octal digits like 644, got 'u=rw'"],
    ["a set-uid mode", { mode: "4755" }, "mode", "must be three octal digits like 644, got '4755'"],
  ])("refuses %s", (_title, different, prop, message) => {
    expect(extraFilesProblems("extraFiles", [{ ...file, ...different }])).toEqual([
      { path: `extraFiles[0].${prop}`, message },
    ]);
  });

  test("refuses one path twice", () => {
    expect(extraFilesProblems("extraFiles", [file, file])).toEqual([
      {
        path: "extraFiles[1].path",
        message: "must be written once, got '/etc/motd.d/lvs' again; it is extraFiles[0] already",
      },
    ]);
  });
});
