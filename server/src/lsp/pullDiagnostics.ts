/** Findings for a client that asks for them. */
import { type DocumentDiagnosticReport, DocumentDiagnosticRequest } from "vscode-languageserver";
import type { Checking } from "./checking.ts";
import type { Packages } from "./packages.ts";
import type { Publisher } from "./publisher.ts";
import type { Session } from "./session.ts";

export interface PullDiagnosticsInput {
  readonly session: Session;
  readonly checking: Checking;
  readonly packages: Packages;
  readonly publisher: Publisher;
}

export function servePullDiagnostics(input: PullDiagnosticsInput): void {
  const { session, checking, packages, publisher } = input;
  session.connection.onRequest(
    DocumentDiagnosticRequest.type,
    async ({ textDocument: { uri } }): Promise<DocumentDiagnosticReport> => {
      const items = await session.guard(async () => {
        const document = session.documents.get(uri);
        if (!document) return [];
        await session.started.promise;
        const open = await packages.follow(document);
        if (open) await checking.checker.fresh(open, document.directory);
        return publisher.pull(document);
      });
      return { kind: "full", items: [...(items ?? [])] };
    },
  );
}
