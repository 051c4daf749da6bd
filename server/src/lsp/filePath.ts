/**
 * URIs as the core knows files: a path with "/", and the site it lies on. On
 * Windows a path begins "/c:/", as in a URI; only the runtime knows better.
 */
import { URI } from "vscode-uri";

export interface FilePath {
  /** Scheme and authority: "file://". Files of one site can refer to each other. */
  readonly site: string;
  /** Without a slash at the end. */
  readonly path: string;
}

/** undefined for what is no URI. Whichever way a URI spells a file, its path is the same. */
export function filePathOf(uri: string): FilePath | undefined {
  try {
    const { scheme, authority, path } = URI.parse(uri, true);
    return {
      site: `${scheme}://${authority}`,
      path: path
        .replace(/^\/[A-Z](?=:)/, (drive) => drive.toLowerCase())
        .replace(/\/{2,}/g, "/")
        .replace(/(?<=.)\/$/, ""),
    };
  } catch {
    return undefined;
  }
}

/** What a file is known by, where files are kept in a map. */
export function keyOf({ site, path }: FilePath): string {
  return site + path;
}

export function uriOf({ site, path }: FilePath): string {
  const [scheme = "", authority = ""] = splitSite(site);
  return URI.from({ scheme, authority, path }).toString();
}

export function splitSite(site: string): [scheme: string, authority: string] {
  const colon = site.indexOf("://");
  return [site.slice(0, colon), site.slice(colon + 3)];
}

export function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
