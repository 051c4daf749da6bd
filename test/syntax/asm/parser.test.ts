/** The tree of a source as written: statements, operands, and what an error costs. */
import { describe, expect, test } from "vitest";
import type {
  AsmFile,
  Expr,
  Operand,
  RegisterRef,
  Statement,
  SymbolRef,
} from "../../../server/src/core/syntax/asm/ast.ts";
import { evaluate } from "../../../server/src/core/syntax/asm/evaluate.ts";
import { parseAsm } from "../../../server/src/core/syntax/asm/parser.ts";

/** A short form of a tree, for reading; names of parts come first. */
function showExpr(file: AsmFile, expr: Expr): string {
  switch (expr.kind) {
    case "unary":
      return `(${expr.op}${showExpr(file, expr.operand)})`;
    case "binary":
      return `(${showExpr(file, expr.left)}${expr.op}${showExpr(file, expr.right)})`;
    case "paren":
      return showExpr(file, expr.inner);
    case "call":
      return `call ${expr.name}[${expr.args.map((arg) => file.text.slice(arg.start, arg.end)).join("|")}]`;
    default:
      return file.text.slice(expr.start, expr.end);
  }
}

function showRegister(file: AsmFile, register: RegisterRef): string {
  let shown = register.name;
  if (register.number !== undefined) shown += `#${showExpr(file, register.number)}`;
  if (register.suffix !== "") shown += `.${register.suffix}`;
  if (register.element !== undefined) shown += `[${showExpr(file, register.element)}]`;
  if (register.shift !== undefined) shown += `${register.shift.op}${showExpr(file, register.shift.by)}`;
  return shown;
}

function showSymbol(file: AsmFile, symbol: SymbolRef): string {
  let shown = symbol.name;
  if (symbol.isStatic) shown += "<>";
  if (symbol.abi !== undefined) shown += `<${symbol.abi}>`;
  if (symbol.offset !== undefined) shown += ` ${showExpr(file, symbol.offset)}`;
  return `${shown} ${symbol.base}`;
}

function showOperand(file: AsmFile, operand: Operand): string {
  switch (operand.kind) {
    case "name":
      return `name ${operand.prefix}${operand.name}`;
    case "register":
      return `register ${showRegister(file, operand.register)}`;
    case "registerList": {
      const items = operand.items.map(
        ({ first, last }) =>
          showRegister(file, first) + (last === undefined ? "" : `-${showRegister(file, last)}`),
      );
      return `list ${items.join(",")}`;
    }
    case "registerSelect":
      return `select ${showRegister(file, operand.register)} ${showExpr(file, operand.index)} ${showRegister(file, operand.predicate)}`;
    case "registerPair":
      return `pair ${showRegister(file, operand.first)} ${showRegister(file, operand.second)}`;
    case "colonPair":
      return `${showOperand(file, operand.first)} : ${showOperand(file, operand.second)}`;
    case "immediate":
      return `immediate ${showExpr(file, operand.value)}`;
    case "memory": {
      let shown = `memory${operand.prefix}`;
      if (operand.offset !== undefined) shown += ` offset ${showExpr(file, operand.offset)}`;
      if (operand.base !== undefined) shown += ` base ${showRegister(file, operand.base)}`;
      if (operand.index !== undefined) shown += ` index ${showRegister(file, operand.index)}`;
      if (operand.scale !== undefined) shown += ` scale ${showExpr(file, operand.scale)}`;
      return shown;
    }
    case "symbol": {
      let shown = `symbol${operand.prefix} ${showSymbol(file, operand.symbol)}`;
      if (operand.index !== undefined) shown += ` index ${showRegister(file, operand.index)}`;
      if (operand.scale !== undefined) shown += ` scale ${showExpr(file, operand.scale)}`;
      return shown;
    }
    case "macroCall":
      return showExpr(file, operand.call);
    case "bad":
      return "bad";
  }
}

function operandOf(source: string, before = ""): string {
  const file = parseAsm(`${before}\tOP ${source}\n`);
  expect(file.errors).toEqual([]);
  const statement = file.statements.at(-1);
  if (statement?.kind !== "instruction") throw new Error(`a ${statement?.kind} statement`);
  return statement.operands.map((operand) => showOperand(file, operand)).join(", ");
}

function messages(source: string): string[] {
  return parseAsm(source).errors.map((error) => error.message);
}

function kinds(source: string): string[] {
  return parseAsm(source).statements.map((statement) => statement.kind);
}

function only<K extends Statement["kind"]>(source: string, kind: K): Extract<Statement, { kind: K }> {
  const file = parseAsm(source);
  expect(file.errors).toEqual([]);
  const statement = file.statements.find((found) => found.kind === kind);
  if (statement === undefined) throw new Error(`no ${kind} statement`);
  return statement as Extract<Statement, { kind: K }>;
}

describe("operands", () => {
  test.each([
    ["AX", "name AX"],
    ["loop", "name loop"],
    ["*AX", "name *AX"],
    ["$1", "immediate 1"],
    ["$-8", "immediate (-8)"],
    ["$(0x2000000+1)", "immediate (0x2000000+1)"],
    ["$~(1<<3)", "immediate (~(1<<3))"],
    ["$1.5", "immediate 1.5"],
    ["$(-1.5)", "immediate (-1.5)"],
    ['$"a b"', 'immediate "a b"'],
    ["$NAME", "immediate NAME"],
    ["$NAME*4", "immediate (NAME*4)"],
    ["$(NAME)", "immediate NAME"],
    ["$(R1)(R2*1)", "memory$ base R1 index R2 scale 1"],
    ["(AX)", "memory base AX"],
    ["8(SP)", "memory offset 8 base SP"],
    ["-8(BP)(CX*2)", "memory offset (-8) base BP index CX scale 2"],
    ["(CX*8)", "memory index CX scale 8"],
    ["(8*4)(R12)", "memory offset (8*4) base R12"],
    ["(N*8)(R1)", "memory offset (N*8) base R1"],
    ["(N+4)(R1)", "memory offset (N+4) base R1"],
    ["g_m(R1)", "memory offset g_m base R1"],
    ["g_m+8(R1)", "memory offset (g_m+8) base R1"],
    ["N*8(SP)", "memory offset (N*8) base SP"],
    ["2(PC)", "memory offset 2 base PC"],
    ["4", "memory offset 4"],
    ["*8(AX)", "memory* offset 8 base AX"],
    ["$8(R1)", "memory$ offset 8 base R1"],
    ["(R1)(R2)", "memory base R1 index R2"],
    ["(R1)(R2.UXTW<<3)", "memory base R1 index R2.UXTW<<3"],
    ["(R1+R2)", "memory base R1 index R2"],
    ["(R1, R2)", "pair R1 R2"],
    ["(Z1.D.UXTW<<2)(R3)", "memory base Z1.D.UXTW<<2 index R3"],
    ["R1<<2", "register R1<<2"],
    ["R1->R2", "register R1->R2"],
    ["R1@>8", "register R1@>8"],
    ["R1<<2(R3)", "memory base R3 index R1<<2"],
    ["V0.B16", "register V0.B16"],
    ["V1.S[2]", "register V1.S[2]"],
    ["R3.SXTB<<1", "register R3.SXTB<<1"],
    ["SPR(8)", "register SPR#8"],
    ["[R0-R3,R5]", "list R0-R3,R5"],
    ["[V0.B16, V1.B16]", "list V0.B16,V1.B16"],
    ["[Z10-Z13]", "list Z10-Z13"],
    ["[R1, $2](P0.B)", "select R1 2 P0.B"],
    ["AX:DX", "name AX : name DX"],
    ["x+0(FP)", "symbol x (+0) FP"],
    ["ret-8(SP)", "symbol ret (-8) SP"],
    ["·f(SB)", "symbol ·f SB"],
    ["$runtime·m0+8(SB)", "symbol$ runtime·m0 (+8) SB"],
    ["mask<>+0x10(SB)", "symbol mask<> (+0x10) SB"],
    ["f<ABIInternal>(SB)", "symbol f<ABIInternal> SB"],
    ["*f(SB)", "symbol* f SB"],
    ["t<>(SB)(AX*8)", "symbol t<> SB index AX scale 8"],
    ["x-(2*8+8)(SP)", "symbol x (-((2*8)+8)) SP"],
    ["F(1, 2)", "call F[1|2]"],
    ["R1, R2, R3", "name R1, name R2, name R3"],
  ])("%s", (source, expected) => {
    expect(operandOf(source)).toBe(expected);
  });

  test("a name the file defines makes a number where a symbol would stand", () => {
    expect(operandOf("OFF(SP)", "#define OFF 8\n")).toBe("memory offset OFF base SP");
    expect(operandOf("OFF+8(SP)", "#define OFF 8\n")).toBe("memory offset (OFF+8) base SP");
    expect(operandOf("$(OFF)", "#define OFF 8\n")).toBe("immediate OFF");
    expect(operandOf("F(1)(SP)", "#define F(x) x*8\n")).toBe("memory offset call F[1] base SP");
  });

  test("a name before (SB) is a symbol, whatever the file defines", () => {
    expect(operandOf("name(SB)", "#define name ·f\n")).toBe("symbol name SB");
  });

  test("the parts of a symbol have their spans", () => {
    const file = parseAsm("\tMOVQ x+8(FP), AX\n");
    const statement = file.statements[0];
    if (statement?.kind !== "instruction") throw new Error("no instruction");
    const operand = statement.operands[0];
    if (operand?.kind !== "symbol") throw new Error("no symbol");
    const { symbol } = operand;
    expect(file.text.slice(operand.start, operand.end)).toBe("x+8(FP)");
    expect(file.text.slice(symbol.nameSpan.start, symbol.nameSpan.end)).toBe("x");
    expect(file.text.slice(symbol.offset!.start, symbol.offset!.end)).toBe("+8");
  });
});

/** Frame and argument size of the first TEXT. */
function frameOf(source: string): (bigint | undefined)[] {
  const { frame } = only(source, "text");
  return [frame?.size, frame?.args].map((part) => part && evaluate(part, () => undefined));
}

describe("TEXT", () => {
  test.each<[string, (bigint | undefined)[]]>([
    ["TEXT ·f(SB), NOSPLIT, $16-24", [16n, 24n]],
    ["TEXT ·f(SB), NOSPLIT, $16", [16n, undefined]],
    ["TEXT ·f(SB), $0-8", [0n, 8n]],
    ["TEXT sys·exit(SB),7,$-8", [-8n, undefined]],
    ["TEXT ·f(SB), 7, $-8-16", [-8n, 16n]],
    ["TEXT ·f(SB), $7, $0-0", [0n, 0n]],
    ["TEXT ·f(SB), 0, $(16+8)-4", [24n, 4n]],
    ["TEXT ·f(SB), 0, $2*8-4", [16n, 4n]],
    ["TEXT ·f(SB), NOSPLIT, FRAME", [undefined, undefined]],
    ["TEXT ·f(SB), NOSPLIT, $FRAME-8", [undefined, 8n]],
  ])("%s", (source, expected) => {
    expect(frameOf(`${source}\n`)).toEqual(expected);
  });

  test("the symbol", () => {
    const { symbol } = only("TEXT runtime·f<ABIInternal>(SB), NOSPLIT|NOFRAME, $0\n", "text");
    expect(symbol).toMatchObject({ name: "runtime·f", abi: "ABIInternal", isStatic: false, base: "SB" });
  });

  test("flags are an expression", () => {
    const { flags } = only("TEXT f<>(SB), NOSPLIT|NOFRAME, $0\n", "text");
    const values: Record<string, bigint> = { NOSPLIT: 4n, NOFRAME: 512n };
    expect(flags && evaluate(flags.value, (name) => values[name])).toBe(516n);
  });

  test("each statement names the TEXT it belongs to", () => {
    const file = parseAsm("#define X\nTEXT a(SB), $0\n\tRET\nTEXT b(SB), $0\nl:\tRET\n");
    expect(file.statements.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "define -1",
      "text 1",
      "instruction 1",
      "text 3",
      "label 3",
      "instruction 3",
    ]);
  });

  test.each([
    ["TEXT\n", ["TEXT needs a symbol of the form name(SB)", "missing operand"]],
    ["TEXT ·f(FP), $0\n", ["TEXT needs a symbol of the form name(SB)"]],
    ["TEXT ·f(SB)\n", ["missing operand"]],
    ["TEXT ·f(SB), 4, 8\n", ['expected "$" and a frame size, found "8"']],
    ["TEXT ·f(SB), 4, $0-8-8\n", ['expected end of operand, found "-"']],
    ["TEXT ·f(SB), 4, $0, $0\n", ["unexpected operand"]],
  ])("%j", (source, expected) => {
    expect(messages(source)).toEqual(expected);
  });
});

describe("other directives", () => {
  test("DATA", () => {
    const file = parseAsm("DATA t<>+8(SB)/8, $1\n");
    const data = file.statements[0];
    if (data?.kind !== "data") throw new Error("no DATA");
    expect(showSymbol(file, data.symbol!)).toBe("t<> (+8) SB");
    expect(showExpr(file, data.width!)).toBe("8");
    expect(showOperand(file, data.value!)).toBe("immediate 1");
    expect(file.errors).toEqual([]);
  });

  test("DATA without a size", () => {
    expect(messages("DATA t<>(SB), $1\n")).toEqual(['expected "/" and a size']);
  });

  test("GLOBL with and without flags", () => {
    expect(only("GLOBL t<>(SB), RODATA, $16\n", "globl").flags).toBeDefined();
    expect(only("GLOBL t<>(SB), $16\n", "globl").flags).toBeUndefined();
  });

  test("PCDATA, FUNCDATA and PCALIGN", () => {
    expect(kinds("\tPCDATA $0, $1\n\tFUNCDATA $1, f(SB)\n\tPCALIGN $16\n")).toEqual([
      "pcdata",
      "funcdata",
      "pcalign",
    ]);
  });
});

describe("statements", () => {
  test("a line can hold several", () => {
    expect(kinds("a: b: LOCK; XADDL AX, (BX) /* c */; RET // d\n")).toEqual([
      "label",
      "label",
      "instruction",
      "instruction",
      "instruction",
    ]);
  });

  test("suffixes do not belong to the name", () => {
    expect(only("\tMOVW.P.EQ 4(R1), R2\n", "instruction")).toMatchObject({ name: "MOVW", suffix: ".P.EQ" });
  });

  test("a comment inside a statement does not end it, even over a newline", () => {
    expect(operandOf("AX, /* the\nrest */ BX")).toBe("name AX, name BX");
  });

  test.each([
    ["NO_LOCAL_POINTERS\n", "macroUse"],
    ["RET\n", "instruction"],
    ["LOAD(R1)\n", "macroUse"],
    ["CALL (R1)\n", "instruction"],
    ["STORE(R1), R2\n", "instruction"],
    ["#define CLEAR XORL AX, AX\nCLEAR\n", "macroUse"],
    ["#define OP MOVQ\nOP AX, BX\n", "macroUse"],
  ])("%j is a %s", (source, expected) => {
    expect(kinds(source).at(-1)).toBe(expected);
    expect(messages(source)).toEqual([]);
  });

  test("arguments of a macro are cut at commas outside parentheses", () => {
    const source = "ROUND(a, 8(SP), F(1,2))\n";
    const { args } = only(source, "macroUse");
    expect(args?.map((arg) => source.slice(arg.start, arg.end))).toEqual(["a", "8(SP)", "F(1,2)"]);
  });

  test("several macro uses can share a line without semicolons", () => {
    expect(kinds("A(1) B(2)\n")).toEqual(["macroUse", "macroUse"]);
  });

  test("an error costs one operand", () => {
    const file = parseAsm("\tMOVQ $, ), AX\n\tRET\n");
    expect(file.errors.length).toBe(2);
    const [move, ret] = file.statements;
    if (move?.kind !== "instruction" || ret?.kind !== "instruction") throw new Error("no instructions");
    expect(move.operands.map((operand) => operand.kind)).toEqual(["bad", "bad", "name"]);
    expect(ret.name).toBe("RET");
  });

  test("an operand with a macro of the file has no error, since the macro may hide anything", () => {
    expect(messages("#define ARGS R1, R2\n\tADD ARGS R3, R4\n")).toEqual([]);
    expect(messages("\tADD ARGS R3, R4\n")).toEqual(['expected end of operand, found "R3"']);
  });

  test.each([
    ["\tMOVQ AX,\n", ["missing operand"]],
    ["\tMOVQ ,AX\n", ["missing operand"]],
    ["\t8(SP)\n", ['expected a name, found "8"']],
    ["\tMOVQ (AX, BX\n", ['expected ")", found end of line']],
    ["\tMOVQ $99999999999999999999, AX\n", ["number does not fit 64 bits"]],
    ["\tMOVQ [R1, AX\n", ['expected "," or "]", found end of line']],
    ["\tMOVQ x<>, AX\n", ['expected "(SB)", found ","']],
    ["\tRET; #define X\n", ['"#" must come first on its line']],
  ])("%j", (source, expected) => {
    expect(messages(source)).toEqual(expected);
  });
});

describe("preprocessor lines", () => {
  test("#include", () => {
    expect(only('#include "textflag.h"\n', "include").path).toBe("textflag.h");
  });

  test("#define with parameters and a body over several lines", () => {
    const source = "#define ADD2(x, y) \\\n\tADDQ x, y; \\\n\tADDQ x, y\nRET\n";
    const file = parseAsm(source);
    const define = file.statements[0];
    if (define?.kind !== "define") throw new Error("no #define");
    expect(define.params?.map((param) => param.name)).toEqual(["x", "y"]);
    const { starts } = file.tokens;
    expect(source.slice(starts[define.body.from], starts[define.body.to])).toBe(
      "\\\n\tADDQ x, y; \\\n\tADDQ x, y",
    );
    expect(file.statements.length).toBe(2);
  });

  test("a parenthesis makes parameters only directly behind the name", () => {
    expect(only("#define A (x)\n", "define").params).toBeUndefined();
    expect(only("#define A() x\n", "define").params).toEqual([]);
  });

  test("statements know the branch they stand in", () => {
    const file = parseAsm("#ifdef A\nX\n#ifndef B\nY\n#else\nZ\n#endif\n#endif\nW\n");
    const path = (branch: number): string => {
      const found = file.branches[branch];
      return found === undefined ? "" : `${path(found.parent)}${found.defined ? "" : "!"}${found.macro} `;
    };
    expect(file.statements.map(({ kind, branch }) => `${kind} ${path(branch)}`.trim())).toEqual([
      "ifdef",
      "instruction A",
      "ifndef A",
      "instruction A !B",
      "else A",
      "instruction A B",
      "endif A",
      "endif",
      "instruction",
    ]);
  });

  test.each([
    ["#ifdef A\n", ["no #endif for this line"]],
    ["#endif\n", ["#endif without #ifdef"]],
    ["#else\n", ["#else without #ifdef"]],
    ["#ifdef A B\n#endif\n", ["expected end of line behind #ifdef"]],
    ["#include textflag.h\n", ["#include needs a path in quotes"]],
    ["#if X\n", ["unknown directive #if"]],
    ["#define\n", ["#define needs a name"]],
    ["#define F(a,,b)\n", ["malformed parameters of macro F"]],
    ["#define F(a, a)\n", ["malformed parameters of macro F"]],
    ["#define F a \\ b\n", ['only a newline or "\\" can follow "\\" in a macro']],
    ["#\n", ['expected a directive behind "#"']],
    ['#line 1 "f.s"\n', []],
    ["#line x\n", ["#line needs a number and a file name in quotes"]],
  ])("%j", (source, expected) => {
    expect(messages(source)).toEqual(expected);
  });
});
