/** Writes small PNGs of text: with a palette, which takes out what nobody sees of the shades at the edges of letters. */

import { crc32, deflateSync } from 'node:zlib';

/** The pixels of a picture, row by row, each a number of 24 bits: red, green, blue. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly colours: readonly number[];
}

/** How far apart the colours of the palette are, where from black to white it is 441. */
const APART = 12;
const MOST_COLOURS = 256;

/** The picture as a PNG. Its frequent colours stay; each of the others becomes the nearest of them, where that is near. */
export function pngOf({ width, height, colours }: Pixels): Buffer {
  const palette: number[] = [];
  const places = new Map<number, number>();
  for (const colour of byFrequency(colours)) {
    const known = nearest(palette, colour);
    const isNew = palette.length < MOST_COLOURS && known.distance > APART;
    places.set(colour, isNew ? palette.push(colour) - 1 : known.place);
  }
  // Each row begins with a byte that says that none of PNG's filters was applied: they do not help text.
  const rows = Buffer.alloc((width + 1) * height);
  for (const [at, colour] of colours.entries()) rows[at + Math.floor(at / width) + 1] = places.get(colour) ?? 0;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', [...bytesOf(width), ...bytesOf(height), BITS_A_PLACE, WITH_PALETTE, 0, 0, 0]),
    chunk('PLTE', palette.flatMap(channels)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', [])
  ]);
}

const BITS_A_PLACE = 8;
const WITH_PALETTE = 3;

function byFrequency(colours: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
}

/** The colour of the palette that is nearest to this one, and how far it is away. */
function nearest(palette: readonly number[], colour: number): { place: number; distance: number } {
  const [red = 0, green = 0, blue = 0] = channels(colour);
  let found = { place: 0, distance: Number.POSITIVE_INFINITY };
  for (const [place, known] of palette.entries()) {
    const [r = 0, g = 0, b = 0] = channels(known);
    const distance = Math.hypot(r - red, g - green, b - blue);
    if (distance < found.distance) found = { place, distance };
  }
  return found;
}

function channels(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

/** A part of the file: its length, type and data, and their checksum. */
function chunk(type: string, data: Uint8Array | readonly number[]): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data)]);
  return Buffer.concat([Buffer.from(bytesOf(data.length)), body, Buffer.from(bytesOf(crc32(body)))]);
}

function bytesOf(number: number): number[] {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff);
}
