/** What the client can do, as it says when it starts the server. */
import { type InitializeParams, PositionEncodingKind } from "vscode-languageserver";
import type { PositionEncoding } from "./lines.ts";
import type { InitializationOptions } from "./protocol.ts";

export type Client = ReturnType<typeof readClient>;

/** Before the client has spoken, it can do nothing. */
export const unknownClient: Client = readClient({ capabilities: {} });

export function readClient({
  capabilities,
  initializationOptions,
}: Pick<InitializeParams, "capabilities" | "initializationOptions">) {
  const { general, textDocument, workspace, window } = capabilities;
  const options = initializationOptionsOf(initializationOptions);
  const positionEncoding: PositionEncoding =
    general?.positionEncodings?.includes(PositionEncodingKind.UTF8) === true ? "utf-8" : "utf-16";
  return {
    positionEncoding,
    pulls: textDocument?.diagnostic !== undefined && options.diagnostics !== "push",
    canRefresh: workspace?.diagnostics?.refreshSupport === true,
    showsRelated: textDocument?.publishDiagnostics?.relatedInformation === true,
    showsProgress: window?.workDoneProgress === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    checksPage: typeof options.checksPage === "string" ? options.checksPage : undefined,
    opensPreviews: options.previews === true,
    changesFolders: workspace?.workspaceFolders === true,
    hasConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
  };
}

/** A client may send anything, or nothing. */
export function initializationOptionsOf(given: unknown): Partial<InitializationOptions> {
  return typeof given === "object" && given !== null ? given : {};
}
