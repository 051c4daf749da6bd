/** What the server answers, one file each: server.ts lists them, and nothing else has to know. */
import type {
  CancellationToken,
  ProtocolRequestType,
  ServerCapabilities,
  TextDocumentIdentifier,
} from "vscode-languageserver";
import type { Ask, Asked } from "./ask.ts";
import type { Session } from "./session.ts";

export interface Feature {
  /** What it adds to what the server says of itself. */
  readonly capabilities: ServerCapabilities;
  serve(session: Session, ask: Ask): void;
}

/** A request about the text of a file: the answer is a function of the file and the request. */
export function textFeature<P extends { readonly textDocument: TextDocumentIdentifier }, R, PR, E, RO>(
  type: ProtocolRequestType<P, R | null, PR, E, RO>,
  capabilities: ServerCapabilities,
  answer: (asked: Asked, params: P, session: Session) => R | null,
): Feature {
  return {
    capabilities,
    serve(session, ask) {
      session.connection.onRequest<unknown, unknown>(
        type.method,
        async (params: P, token: CancellationToken): Promise<R | null> => {
          const found = await ask(params.textDocument.uri, (asked) => answer(asked, params, session), {
            token,
            isOfText: true,
          });
          return found ?? null;
        },
      );
    },
  };
}
