/** Hover, definition and inlay hints over the protocol. What is said is the core's business. */
import {
  type Connection,
  type Hover,
  type InlayHint,
  type Location,
  MarkupKind,
} from "vscode-languageserver";
import { definition, hover, inlayHints, type Span } from "../core/index.ts";
import { uriOf as placeUri } from "./place.ts";
import { previewCommand, type PreviewSubject } from "./protocol.ts";
import type { Ask, Asked } from "./ask.ts";
import { linesOf, toLocation } from "./toProto.ts";

export interface HoverServiceInput {
  readonly connection: Connection;
  readonly ask: Ask;
  uriOf(site: string, directory: string, file: string): string;
  /** Go's own language server answers what it can. */
  readonly besideGopls: () => boolean;
  readonly showsHints: () => boolean;
  /** The client has the command that opens a preview. */
  readonly opensPreviews: () => boolean;
}

export function serveHover(input: HoverServiceInput): void {
  const { connection, ask, uriOf, besideGopls, showsHints, opensPreviews } = input;
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
        ...(opensPreviews() && {
          previewLink: (at: string, symbol: string) =>
            previewAddress({
              kind: "struct",
              uri: placeUri({ site: asked.open.site, path: `${at}/` }),
              symbol,
            }),
        }),
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
      return found?.locations.map((place) => location(asked, place.directory, place.file, place.span));
    });
    return answer ?? null;
  });

  connection.languages.inlayHint.on(async ({ textDocument: { uri }, range }): Promise<InlayHint[]> => {
    const answer = await ask(uri, ({ snapshot, directory, name }) => {
      if (!showsHints()) return [];
      const lines = linesOf(snapshot.file(directory, name));
      const span = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
      return inlayHints(snapshot, directory, name, span).map(({ offset, text }): InlayHint => ({
        position: lines.positionAt(offset),
        label: text,
        paddingLeft: true,
      }));
    });
    return answer ?? [];
  });
}

/** A link that runs the client's command. Brackets would end it too early. */
function previewAddress(subject: PreviewSubject): string {
  const argument = encodeURIComponent(JSON.stringify([subject]));
  return `command:${previewCommand}?${argument.replaceAll("(", "%28").replaceAll(")", "%29")}`;
}
