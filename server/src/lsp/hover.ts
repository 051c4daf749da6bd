/** Hover over the protocol. What is said is the core's business. */
import { HoverRequest, MarkupKind } from "vscode-languageserver";
import { hover } from "../core/index.ts";
import { textFeature } from "./feature.ts";
import { uriOf } from "./filePath.ts";
import { previewCommand, type PreviewSubject } from "./protocol.ts";

export const hoverFeature = textFeature(
  HoverRequest.type,
  { hoverProvider: true },
  ({ snapshot, open, directory, name, lines, locate }, { position }, { settings, client }) => {
    const found = hover(snapshot, directory, name, lines.offsetAt(position), {
      besideGopls: settings.leaveToGopls,
      link(directory, file, span) {
        const { uri, range } = locate({ directory, file, span });
        return `${uri}#L${range.start.line + 1}`;
      },
      ...(client.opensPreviews && {
        previewLink: (path: string, symbol: string) =>
          previewAddress({ kind: "struct", uri: uriOf({ site: open.site, path: `${path}/` }), symbol }),
      }),
    });
    if (!found) return null;
    return {
      range: lines.range(found.span),
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
    };
  },
);

/** A link that runs the client's command. Brackets would end it too early. */
function previewAddress(subject: PreviewSubject): string {
  const argument = encodeURIComponent(JSON.stringify([subject]));
  return `command:${previewCommand}?${argument.replaceAll("(", "%28").replaceAll(")", "%29")}`;
}
