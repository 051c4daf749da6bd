/** Hover and definition over the protocol. What is said is the core's business. */
import { type Connection, type Hover, type Location, MarkupKind } from "vscode-languageserver";
import { definition, hover, type Span } from "../core/index.ts";
import type { Ask, Asked } from "./question.ts";
import { linesOf, toLocation } from "./toProto.ts";

export interface HoverServiceInput {
  readonly connection: Connection;
  readonly ask: Ask;
  uriOf(site: string, directory: string, file: string): string;
  /** Go's own language server answers what it can. */
  readonly besideGopls: () => boolean;
}

export function serveHover({ connection, ask, uriOf, besideGopls }: HoverServiceInput): void {
  const location = ({ snapshot, open }: Asked, directory: string, file: string, span: Span): Location =>
    toLocation(snapshot, { directory, file, span }, (path, name) => uriOf(open.site, path, name));

  connection.onHover(async ({ textDocument: { uri }, position }): Promise<Hover | null> => {
    const answer = await ask(uri, (asked): Hover | undefined => {
      const { snapshot, directory, name } = asked;
      const lines = linesOf(snapshot.file(directory, name));
      const found = hover(snapshot, directory, name, lines.offsetAt(position), {
        besideGopls: besideGopls(),
        link(directory, file, span) {
          const { uri, range } = location(asked, directory, file, span);
          return `${uri}#L${range.start.line + 1}`;
        },
      });
      return (
        found && {
          range: lines.range(found.span),
          contents: { kind: MarkupKind.Markdown, value: found.markdown },
        }
      );
    });
    return answer ?? null;
  });

  connection.onDefinition(async ({ textDocument: { uri }, position }): Promise<Location[] | null> => {
    const answer = await ask(uri, (asked) => {
      if (besideGopls()) return undefined;
      const { snapshot, directory, name } = asked;
      const offset = linesOf(snapshot.file(directory, name)).offsetAt(position);
      const found = definition(snapshot, directory, name, offset);
      return found?.places.map((place) => location(asked, place.directory, place.file, place.span));
    });
    return answer ?? null;
  });
}
