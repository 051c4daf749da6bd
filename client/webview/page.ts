/** The parts of a model as a page has them: places are links. */
import type {
  ByteMapSection,
  NotesSection,
  PreviewSection,
  PreviewSide,
  TableSection,
} from "../../server/src/core/index.ts";
import type { PreviewLink } from "../../server/src/lsp/protocol.ts";

export type PreviewPart = PreviewSection<PreviewLink>;
export type PreviewColumn = PreviewSide<PreviewLink>;
export type PreviewTable = TableSection<PreviewLink>;
export type PreviewBytes = ByteMapSection<PreviewLink>;
export type PreviewNotes = NotesSection<PreviewLink>;
