/**
 * The txtar archive format: a comment, then files, each after a line
 * `-- path --`. Fixtures are such archives; what the comments in their files
 * mean is in annotations.ts.
 */

export interface Archive {
  /** The text before the first file. */
  readonly comment: string;
  readonly files: readonly ArchiveFile[];
}

export interface ArchiveFile {
  readonly path: string;
  readonly text: string;
}

export function parseTxtar(text: string): Archive {
  const parts = text.split(/^-- (.+) --\n/m);
  const files: ArchiveFile[] = [];
  for (let i = 1; i + 1 < parts.length; i += 2) files.push({ path: parts[i]!.trim(), text: parts[i + 1]! });
  return { comment: parts[0]!, files };
}

export function formatTxtar({ comment, files }: Archive): string {
  return comment + files.map((file) => `-- ${file.path} --\n${file.text}`).join("");
}
