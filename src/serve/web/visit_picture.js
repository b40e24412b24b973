// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Pictures made small on the phone: what the camera wrote into them, where it was taken too, stays
// behind. The server makes them anew once more.

const picture = (() => {
  const SIDE = 1600;
  const THUMB = 160;

  /** @param {ImageBitmap} image @param {number} side */
  function draw(image, side) {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this browser cannot draw');
    context.fillStyle = '#fff'; // behind what is transparent
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  /** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
  function pack(canvas) {
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => { if (blob) resolve(blob); else reject(new Error('no picture')); },
        'image/jpeg', 0.85);
    });
  }

  return {
    /** Fails where the file is no picture that this phone can show.
     * @param {Blob} file @param {string} path @returns {Promise<Picture>} */
    make: async (file, path) => {
      const image = await createImageBitmap(file);
      try {
        const blob = await pack(draw(image, SIDE));
        return {
          id: keep.id(),
          path,
          bytes: await blob.arrayBuffer(),
          thumb: draw(image, THUMB).toDataURL('image/jpeg', 0.7),
          arrived: false,
        };
      } finally {
        image.close();
      }
    },
  };
})();
