/** Has the client ask anew of what it shows: code lenses and previews speak of other files than their own. */
import { CodeLensRefreshRequest } from "vscode-languageserver";
import { linksOf } from "../core/index.ts";
import { previewsChangedMethod } from "./protocol.ts";
import type { Session } from "./session.ts";

export interface Refresh {
  /** Whatever was told of symbols of other files may have changed: only where it has, the client asks anew. */
  ofLinks(): void;
  /** Files were read again. */
  ofPreviews(): void;
}

export function createRefresh(session: Session): Refresh {
  const { connection } = session;
  let toldStamps: readonly object[] = [];
  let toldCodeLens = true;

  const ofPreviews = (): void => {
    if (session.client.opensPreviews) void connection.sendNotification(previewsChangedMethod);
  };

  return {
    ofLinks() {
      const { projects, settings, client } = session;
      const stamps = projects.all.map(({ project }) => linksOf(project.workspace.snapshot).stamp);
      const isTold =
        stamps.length === toldStamps.length && stamps.every((stamp, i) => stamp === toldStamps[i]);
      if (isTold && toldCodeLens === settings.codeLens) return;
      toldStamps = stamps;
      toldCodeLens = settings.codeLens;
      if (client.refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
      ofPreviews();
    },
    ofPreviews,
  };
}
