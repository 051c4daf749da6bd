import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { cCalls, readC } from "../../../server/src/core/syntax/c/readC.ts";

/** One line for each function: its declaration, and whether it has a body. */
function shown(text: string): string[] {
  return readC(text).map(({ name, result, params, body, isStatic }) => {
    const list = params.map(({ type, name }) => (name === "" ? type : `${type} ${name}`)).join(", ");
    return `${isStatic ? "static " : ""}${result} ${name}(${list})${body ? " {}" : ""}`;
  });
}

test("prototypes of a header, names with a dot of Go's included", () => {
  const header = `
#define	nil	((void*)0)
#define M(x) \\
	f(x)
typedef	uint8	bool;
typedef void (*Fn)(void);
struct	G { byte* stack; void (*f)(void); };
enum { Ready = 1, };
/* void gone(void); */
void	sys·exit(int32); // void gone(void);
uint8*	sys·mmap(byte*, uint32, int32, int32, int32, uint32);
void	newosproc(M *m, G *g, void *stk, void (*fn)(void));
extern	int32	runtime·bsdthread_create(void*, M*, G*, void(*)(void));
int32 a(void), b(int32 x[3]);
struct Sigaction* sa(const char *name, ...);
`;
  expect(shown(header)).toEqual([
    "void sys·exit(int32)",
    "uint8* sys·mmap(byte*, uint32, int32, int32, int32, uint32)",
    "void newosproc(M* m, G* g, void* stk, void (*)(void) fn)",
    "int32 runtime·bsdthread_create(void*, M*, G*, void(*)(void))",
    "int32 a()",
    "struct Sigaction* sa(const char* name, ...)",
  ]);
});

test("definitions, in C and as Go declares them", () => {
  const text = `#include "runtime.h"
static Lock tlock = { 0 };
static void
macherror(kern_return_t r, int8 *fn)
{
	prints("mach error ");
	if(r) { x = (G){ 1 }; }
}

int32
mach_semcreate(void)
{
	return f(1);
}
func exit(code int32, p *byte) (ok bool, n int64) {
	runtime·exit(code);
}
func nothing() {
}
`;
  expect(shown(text)).toEqual([
    "static void macherror(kern_return_t r, int8* fn) {}",
    "int32 mach_semcreate() {}",
    "(ok bool, n int64) exit(int32 code, *byte p) {}",
    " nothing() {}",
  ]);
});

test("calls of a body, inner ones first", () => {
  const text = `void
semacquire(uint32 sem)
{
	if((r = mach_semaphore_wait(sem, "a(b)" /* c(d) */)) != 0)
		macherror(r, f((void*)0, m->tls));
	while(sizeof(x) > 3) ;
	sys·write(2, s, sizeof s);
}`;
  const [found] = readC(text);
  expect(cCalls(text, found!.body!).map(({ name, args }) => `${name}(${args.join("; ")})`)).toEqual([
    'mach_semaphore_wait(sem; "a(b)")',
    "f((void*)0; m->tls)",
    "macherror(r; f((void*)0, m->tls))",
    "sys·write(2; s; sizeof s)",
  ]);
});

test("any text is answered, in linear time", () => {
  const pieces = [
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ";",
    ",",
    "void ",
    "f",
    "sys·x",
    "func ",
    "static ",
    "*",
    "\n",
    "#",
    '"',
    "'",
    "/*",
    "*/",
    "//",
    "\\",
    "=",
    "\u{1f600}",
    "\0",
  ];
  assert(
    property(array(constantFrom(...pieces), { maxLength: 60 }), (parts) => {
      const text = parts.join("");
      for (const { body, nameSpan, span } of readC(text)) {
        expect(nameSpan.start).toBeGreaterThanOrEqual(span.start);
        expect(nameSpan.end).toBeLessThanOrEqual(span.end);
        if (body) cCalls(text, body);
      }
      cCalls(text, { start: 0, end: text.length });
    }),
    { numRuns: 2000 },
  );
  for (const piece of ["(", "{", "f(", "f(a,", "void f(", "/*", "#define a\\\n", "}", "f(){", " ", "((((}"]) {
    const text = piece.repeat(50_000);
    readC(text);
    cCalls(text.slice(0, 60_000), { start: 0, end: 60_000 });
  }
});
