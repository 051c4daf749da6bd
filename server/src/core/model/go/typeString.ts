/**
 * Prints a type as go/types does (go/types/typestring.go, no qualifier): names
 * carry their full import path. Vet's messages contain such strings.
 */
import { quoteBytes, utf8 } from "./constant.ts";
import type { Func, InterfaceElement, Param, Type } from "./type.ts";

export function typeString(type: Type): string {
  switch (type.kind) {
    case "basic":
      return type.name;
    case "named":
    case "alias": {
      const args = type.args.length > 0 ? `[${type.args.map(typeString).join(", ")}]` : "";
      return (type.path === "" ? type.name : `${type.path}.${type.name}`) + args;
    }
    case "typeParam":
      return type.name;
    case "pointer":
      return "*" + typeString(type.elem);
    case "slice":
      return "[]" + typeString(type.elem);
    case "array":
      return `[${type.length}]${typeString(type.elem)}`;
    case "map":
      return `map[${typeString(type.key)}]${typeString(type.value)}`;
    case "chan": {
      const elem = typeString(type.elem);
      if (type.direction === "send") return "chan<- " + elem;
      if (type.direction === "receive") return "<-chan " + elem;
      return type.elem.kind === "chan" && type.elem.direction === "receive"
        ? `chan (${elem})`
        : "chan " + elem;
    }
    case "func":
      return "func" + signature(type);
    case "struct": {
      const fields = type.fields.map((field) => {
        const name = field.embedded ? "" : field.name + " ";
        const tag = field.tag === "" ? "" : " " + quoteBytes(utf8(field.tag));
        return name + typeString(field.type) + tag;
      });
      return `struct{${fields.join("; ")}}`;
    }
    case "interface": {
      const methods = type.methods.map((method) => method.name + signature(method.type));
      return `interface{${[...methods, ...type.embedded.map(element)].join("; ")}}`;
    }
    case "invalid":
      return "invalid type";
  }
}

function element(element: InterfaceElement): string {
  return element.terms.map((term) => (term.tilde ? "~" : "") + typeString(term.type)).join(" | ");
}

function signature(type: Func): string {
  const params = tuple(type.params, type.variadic);
  const [first] = type.results;
  if (first === undefined) return params;
  if (type.results.length === 1 && first.name === "") return `${params} ${typeString(first.type)}`;
  return `${params} ${tuple(type.results, false)}`;
}

function tuple(params: readonly Param[], variadic: boolean): string {
  const parts = params.map((param, i) => {
    const name = param.name === "" ? "" : param.name + " ";
    if (variadic && i === params.length - 1 && param.type.kind === "slice") {
      return `${name}...${typeString(param.type.elem)}`;
    }
    return name + typeString(param.type);
  });
  return `(${parts.join(", ")})`;
}
