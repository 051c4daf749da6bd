/** Draws icon.png, 128 by 128: the name in large pixels over a row of targets, one of them wrong. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";

const picture = [
  "................................",
  "................................",
  "................................",
  "................................",
  "................................",
  "................................",
  "............##..................",
  "............##........####......",
  "............##.......######.....",
  "...##.###.######....##....##....",
  "...######.######....##....##....",
  "...###......##......##....##....",
  "...##.......##......##....##....",
  "...##.......##......##....##....",
  "...##.......##......##....##....",
  "...##.......##......##....##....",
  "...##.......##......##....##....",
  "...##.......#####....######.....",
  "...##........####.....####......",
  "................................",
  "................................",
  "................................",
  "................................",
  "...oo..oo..oo..oo..xx..oo..oo...",
  "...oo..oo..oo..oo..xx..oo..oo...",
  "................................",
  "................................",
  "................................",
  "................................",
  "................................",
  "................................",
  "................................",
];
/** @type {Record<string, readonly [number, number, number]>} */
const colours = { ".": [24, 32, 44], "#": [236, 241, 247], o: [0, 173, 216], x: [247, 84, 84] };
const [size, scale, radius] = [128, 4, 22];

/** How much of a pixel lies inside the rounded square, 0 to 255. */
function cover(/** @type {number} */ x, /** @type {number} */ y) {
  const beyond = (/** @type {number} */ at) => Math.max(radius - at - 0.5, at + 0.5 - (size - radius), 0);
  const distance = Math.hypot(beyond(x), beyond(y));
  return Math.round(255 * Math.max(0, Math.min(1, radius - distance + 0.5)));
}

const rows = Array.from({ length: size }, (_, y) => {
  const row = [0];
  for (let x = 0; x < size; x++) {
    const colour = colours[picture[Math.floor(y / scale)]?.[Math.floor(x / scale)] ?? "."] ?? [0, 0, 0];
    row.push(...colour, cover(x, y));
  }
  return Buffer.from(row);
});

function chunk(/** @type {string} */ name, /** @type {Buffer} */ data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const header = Buffer.alloc(13);
header.writeUInt32BE(size, 0);
header.writeUInt32BE(size, 4);
// Eight bits, red green blue alpha.
header.set([8, 6], 8);
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const parts = [
  chunk("IHDR", header),
  chunk("IDAT", deflateSync(Buffer.concat(rows))),
  chunk("IEND", Buffer.alloc(0)),
];
writeFileSync(fileURLToPath(new URL("../icon.png", import.meta.url)), Buffer.concat([signature, ...parts]));
