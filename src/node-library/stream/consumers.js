// stream/consumers: a whole stream as one value.

const collect = async (stream) => {
  const pieces = [];
  for await (const piece of stream)
    pieces.push(
      typeof piece === 'string'
        ? Buffer.from(piece)
        : Buffer.from(piece.buffer ?? piece, piece.byteOffset ?? 0, piece.byteLength),
    );
  return Buffer.concat(pieces);
};

async function text(stream) {
  const decoder = new TextDecoder();
  let result = '';
  for await (const piece of stream)
    result += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
  return result + decoder.decode();
}

module.exports = {
  async arrayBuffer(stream) {
    const bytes = await collect(stream);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  },
  async blob(stream) {
    return new Blob([await collect(stream)]);
  },
  async buffer(stream) {
    return collect(stream);
  },
  async bytes(stream) {
    return new Uint8Array(await collect(stream));
  },
  text,
  async json(stream) {
    return JSON.parse(await text(stream));
  },
};
