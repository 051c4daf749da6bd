/** Which names in a file may be types of a package: `<…>` around a name says yes, `!…!` no; of qualified ones those of `syscall`. */
import { describe, expect, test } from "vitest";
import { parseGo } from "../../../server/src/core/syntax/go/parseGo.ts";
import { typeMentionAt } from "../../../server/src/core/syntax/go/typeMention.ts";

/** Every marked name of the text, as it is marked by the answers. */
function answered(marked: string): string {
  const marks = [...marked.matchAll(/[<!](\w+)[>!]/g)];
  const text = marked.replace(/[<!](\w+)[>!]/g, "$1");
  const file = parseGo(`package p\n\n${text}\n`);
  let answer = "";
  let end = 0;
  for (const [n, { index, 0: whole, 1: name }] of marks.entries()) {
    const offset = "package p\n\n".length + index - 2 * n;
    const found = typeMentionAt(file, offset);
    const isType = found?.name === name && (found?.qualifier ?? "syscall") === "syscall";
    answer += marked.slice(end, index) + (isType ? `<${name}>` : `!${name}!`);
    end = index + whole.length;
  }
  return answer + marked.slice(end);
}

describe("a type of a package", () => {
  test.each([
    "func f(a <T>, b *<T>, c ...<T>) (<T>, error) { return <T>{}, nil }",
    "func (x *<T>) m() { <T>.m(x) }",
    "func f() { var x <T>; var y []<T> = nil; z := &<T>{a: 1}; w := [2]<T>{}; _ = map[<T>]*<T>{} }",
    "func f() { p := (*<T>)(unsafe.Pointer(&x)); n := unsafe.Sizeof(<T>{}); q := new(<T>); r := make(chan <T>, 1) }",
    "func f() { switch x.(type) {\ncase <T>:\ncase *<T>:\n} }",
    "func f() { _ = x.(<T>); _ = x.!y!.z; x.T = 1; _ = &q{T: 1}; T: for { break T }; var y <T> }",
    "type s struct {\n\ta <T>\n\t<T>\n\t*<T>\n\tT <T>\n\tb, c [4]<T>\n\td func(<T>) <T>\n}",
    "var x <T>\n\nvar y = <T>{}\n\nvar (\n\tz <T> = <T>{}\n)",
    "const size = unsafe.Sizeof(<T>{})",
    "func f() {\n\tsyscall.<T>{}\n\tvar x *syscall.<T>\n}",
  ])("%s", (text) => expect(answered(text)).toBe(text));
});

describe("no type of a package, or in doubt", () => {
  test.each([
    "func f() { !T! := 1; use(!T!) }",
    "func f() { a, !T! := g(); x := !T!{} }",
    "func f() { !T!, err := g(); x := !T!{} }",
    "func f() { var !T! int; x := *!T! }",
    "func f() { var a, !T! = 1, 2; use(!T!) }",
    "func f() { type !T! struct{}; x := !T!{} }",
    "func f() { const (\n\ta = iota\n\t!T!\n); use(!T!) }",
    "func f() { for !T! := range x { !T!.y() } }",
    "func f() { switch !T! := x.(type) { case int: use(!T!) } }",
    "func f() { select { case !T! := <-c: use(!T!) } }",
    "func f(!T! int) { x := !T! }",
    "func f(!T!, b *int) { x := !T! }",
    "func f(a int, !T! [4]int) { x := !T! }",
    "func (!T! *r) f() { !T!.x = 1 }",
    "func f() (!T! int) { x := func() { use(!T!) } }",
    "func f() { g(func(!T! int) { use(!T!) }) }",
    "func f[!T! any](x !T!) {}",
    "func (r *r) !T!() {}",
    "func !T!() {}",
    "type i interface {\n\t!T!() int\n}",
    "type s struct {\n\t!T! int\n\ta, !T! int\n}",
    "type s[!T! any] struct { x !T! }",
    "func f() { x.!T! = 1; y := x.y.!T!; _ = g().!T! }",
    "func f() { x = q{!T!: 1}; !T!: for { break !T! } }",
    "func f() { syscall := g(); x := syscall.!T! }",
    'func f() { /* !T! */ x := "!T!" // !T!\n}',
    "// !T! is a comment.\nfunc f() {}",
  ])("%s", (text) => expect(answered(text)).toBe(text));
});

test("any text is answered, at any place", () => {
  const text = "func f(T a) { T{ var T, := ( [ T.T /* ` type T[T";
  const file = parseGo(`package p\n${text}`);
  for (let offset = -1; offset <= file.text.length + 1; offset++)
    expect(() => typeMentionAt(file, offset)).not.toThrow();
});
