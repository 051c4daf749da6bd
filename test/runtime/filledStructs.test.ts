/** What is told of the structs that a function fills for the system: each store, with what has to hold for it. */
import { expect, test } from "vitest";
import { pollerPreview } from "../../server/src/core/index.ts";
import { memoryProject } from "../support/memoryProject.ts";

const declarations = `package runtime

import "unsafe"

type timespec struct {
	tv_sec  int64
	tv_nsec int64
}

func wait(ts *timespec)
func clock(ts *timespec)
func split(v int64, rem *int64) int64
`;

/** The note of each field of the struct that netpoll fills with this body, by its name. */
function notes(body: string, more = ""): Record<string, string> {
  const text = `${declarations}${more}\nfunc netpoll(ns int64, mode int) {\n\tvar ts timespec\n${body}\n\twait(&ts)\n}\n`;
  const texts = new Map([
    ["/m/go.mod", "module m\n"],
    ["/m/runtime/os_linux.go", text],
  ]);
  const { ask } = memoryProject(texts, "/m", ["/m", "/m/runtime"], ["linux/amd64"]);
  const sections = ask((snapshot) => pollerPreview(snapshot, "/m/runtime", [0])).sides[0]?.sections ?? [];
  const fields = sections.flatMap((section) => (section.kind === "bytes" ? section.fields : []));
  return Object.fromEntries(
    fields.flatMap(({ name, note }) => (note === undefined ? [] : [[name, note] as const])),
  );
}

test("Of two stores the later one counts; where it is conditional both are told", () => {
  expect(notes("ts.tv_sec = 1\n ts.tv_sec = 2")).toEqual({ tv_sec: "2" });
  expect(notes("ts.tv_sec = 1\n if mode == 1 { ts.tv_sec = 2 }")).toEqual({
    tv_sec: "1; 2 when mode == 1",
  });
  expect(notes("if mode == 1 { ts.tv_sec = 2 }\n ts.tv_sec = 1")).toEqual({ tv_sec: "1" });
});

test("What is added to a field is told with what was there", () => {
  expect(notes("ts.tv_sec = ns\n ts.tv_sec += 5")).toEqual({ tv_sec: "ns + 5" });
  expect(notes("ts.tv_sec = ns\n ts.tv_sec++")).toEqual({ tv_sec: "ns + 1" });
  expect(notes("ts.tv_sec = ns\n if mode == 1 { ts.tv_sec -= 5 }")).toEqual({
    tv_sec: "ns; -= 5 when mode == 1",
  });
});

test("A function that is handed the struct may have stored what is added to", () => {
  expect(notes("clock(&ts)\n ts.tv_sec += 5")).toEqual({ tv_sec: "what clock leaves + 5" });
  // What is stored afterwards is known whatever came before.
  expect(notes("clock(&ts)\n ts.tv_sec = 5")).toEqual({ tv_sec: "5" });
  // Of a function with a body it is known what it stores.
  const now = "func now(t *timespec) { t.tv_sec = 3 }\n";
  expect(notes("now(&ts)\n ts.tv_sec += 5", now)).toEqual({ tv_sec: "3 + 5" });
});

test("A function that is handed the address of a field may store there", () => {
  expect(notes("ts.tv_nsec = 0\n ts.tv_sec = split(ns, &ts.tv_nsec)")).toEqual({
    tv_sec: "split(ns, &ts.tv_nsec)",
    tv_nsec: "what split leaves",
  });
  // A conversion stores nothing.
  expect(notes("ts.tv_nsec = 7\n _ = unsafe.Pointer(&ts.tv_nsec)")).toEqual({ tv_nsec: "7" });
});

test("A method of the struct fills it, under the conditions of its call", () => {
  const method = "func (t *timespec) set(ns int64) { t.tv_sec = ns / 1e9 }\n";
  expect(notes("ts.set(ns)", method)).toEqual({ tv_sec: "ns / 1e9" });
  expect(notes("if ns > 0 { ts.set(ns) }", method)).toEqual({ tv_sec: "ns / 1e9 when ns > 0" });
  // A method of a value fills a copy.
  const copy = "func (t timespec) set(ns int64) { t.tv_sec = ns / 1e9 }\n";
  expect(notes("ts.set(ns)", copy)).toEqual({});
});
