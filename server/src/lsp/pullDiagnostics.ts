/** Findings for a client that asks for them. */
import { type DocumentDiagnosticReport, DocumentDiagnosticRequest } from "vscode-languageserver";
import { throwIfCancelled } from "./ask.ts";
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
    async ({ textDocument: { uri } }, token): Promise<DocumentDiagnosticReport> => {
      const document = session.documents.get(uri);
      if (!document) return { kind: "full", items: [] };
      await session.guard(async () => {
        await session.started.promise;
        const open = await packages.follow(document);
        if (open && !token.isCancellationRequested) await checking.checker.fresh(open, document.directory);
      });
      // Nobody is told: the next pull has to tell.
      throwIfCancelled(token);
      return { kind: "full", items: [...publisher.pull(document)] };
    },
  );
}
