import { expect, test } from "vitest";
import { treeExperiments } from "../../../server/src/core/model/targets/treeExperiments.ts";

const source = `
func ParseGOEXPERIMENT(goos, goarch, goexp string) (*ExperimentFlags, error) {
	var regabiSupported bool
	switch goarch {
	case "amd64", "arm64":
		regabiSupported = true
	case "s390x":
		regabiSupported = true
	}
	dwarf5Supported := (goos != "darwin" && goos != "aix")

	baseline := goexperiment.Flags{
		RegabiArgs: regabiSupported,
		Dwarf5:     dwarf5Supported,
		JSONv2:     true, // Why.
		Arenas:     false,
	}
}
`;

test("the baseline, with the targets it is for", () => {
  expect(treeExperiments(source)).toEqual([
    { name: "regabiargs", first: 0, arches: ["amd64", "arm64", "s390x"] },
    { name: "dwarf5", first: 0, notOSes: ["darwin", "aix"] },
    { name: "jsonv2", first: 0 },
  ]);
});

test.each([
  [""],
  [source.replace("JSONv2:     true", "JSONv2:     isOn()")],
  [source.replace("JSONv2:     true", "JSONv2:     elsewhere")],
])("%#: undefined for what is not understood", (text) => {
  expect(treeExperiments(text)).toBeUndefined();
});
