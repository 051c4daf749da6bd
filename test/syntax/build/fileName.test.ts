import { expect, test } from "vitest";
import { fileNameTags, isIgnoredName } from "../../../server/src/core/syntax/build/fileName.ts";

const known = {
  isOS: (name: string) => name === "linux" || name === "windows",
  isArch: (name: string) => name === "amd64" || name === "386",
};

test.each([
  ["x.go", ""],
  ["x_linux.go", "linux"],
  ["x_amd64.s", "amd64"],
  ["x_linux_amd64.go", "linux amd64"],
  // Only the last two words count, and only in this order.
  ["x_amd64_linux.go", "linux"],
  ["x_linux_foo.go", ""],
  ["x_linux_foo_amd64.go", "amd64"],
  ["x_linux_test.go", "linux"],
  ["x_linux_amd64_test.go", "linux amd64"],
  ["x_test_linux.go", "linux"],
  // `test` is dropped once.
  ["x_linux_test_test.go", ""],
  // A name that is all system or architecture is for every target.
  ["linux.go", ""],
  ["linux_amd64.go", "amd64"],
  ["linux_test.go", ""],
  ["_linux.go", "linux"],
  // The name ends at the first dot.
  ["x.pb_linux.go", ""],
  ["x_linux.pb.go", "linux"],
  ["x_Linux.go", ""],
  ["x_", ""],
  ["", ""],
])("%s", (name, tags) => {
  expect(fileNameTags(name, known).join(" ")).toBe(tags);
});

test("names with a leading underscore or dot are passed over", () => {
  expect(["_x.go", ".x.go", "x.go", "x_.go"].filter(isIgnoredName)).toEqual(["_x.go", ".x.go"]);
});
