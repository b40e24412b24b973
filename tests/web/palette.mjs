// SPDX-License-Identifier: GPL-3.0-or-later
// Several pictures in one small file: `sheet(browser, pieces)` puts PNGs beside each other and gives one PNG of at most 128
// colours. A piece: { png, x, y, width, height }.
import { deflateSync } from 'node:zlib';

const COLOURS = 128;

// In the browser, which can read and scale pictures: the colours, and of each dot which it has.
async function paint({ pieces, width, height, colours }) {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.fillStyle = '#888';
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = 'high';
  for (const piece of pieces) {
    const image = await createImageBitmap(await (await fetch(piece.url)).blob());
    pen.drawImage(image, piece.x, piece.y, piece.width, piece.height);
  }
  const dots = pen.getImageData(0, 0, width, height).data;
  const binOf = (i) => ((dots[i] >> 3) << 10) | ((dots[i + 1] >> 3) << 5) | (dots[i + 2] >> 3);
  const bins = new Map();
  for (let i = 0; i < dots.length; i += 4) {
    const bin = bins.get(binOf(i)) ?? [0, 0, 0, 0];
    bin[0] += 1;
    for (let c = 0; c < 3; c += 1) bin[c + 1] += dots[i + c];
    bins.set(binOf(i), bin);
  }
  // A rare colour says more than a rare grey: marks are small.
  const weight = ([, [n, ...sums]]) => n + (Math.max(...sums) - Math.min(...sums)) / 8;
  const means = [...bins].sort((a, b) => weight(b) - weight(a)).map(([key, [n, ...sums]]) => [key, sums.map((sum) => Math.round(sum / n))]);
  const palette = means.slice(0, colours).map(([, mean]) => mean);
  const far = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
  const nearest = new Map(means.map(([key, mean]) => {
    let best = 0;
    for (let k = 1; k < palette.length; k += 1) if (far(mean, palette[k]) < far(mean, palette[best])) best = k;
    return [key, best];
  }));
  let text = '';
  for (let i = 0; i < dots.length; i += 4) text += String.fromCharCode(nearest.get(binOf(i)));
  return { palette, dots: btoa(text) };
}

const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function encode(width, height, palette, dots) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8); // eight bits a dot, of a palette
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) dots.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

export async function sheet(browser, pieces) {
  const width = Math.max(...pieces.map((piece) => piece.x + piece.width));
  const height = Math.max(...pieces.map((piece) => piece.y + piece.height));
  const page = await browser.newPage();
  const urls = pieces.map(({ png, ...place }) => ({ ...place, url: `data:image/png;base64,${png.toString('base64')}` }));
  const { palette, dots } = await page.evaluate(paint, { pieces: urls, width, height, colours: COLOURS });
  await page.close();
  return encode(width, height, palette, Buffer.from(dots, 'base64'));
}
