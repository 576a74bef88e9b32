/** Few enough for a file, and small enough to hold one for each that is on its way. Bytes. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Puts a stream's portions together into pieces of one size, the last one smaller.
 *
 * The pieces share their memory: each is good until the next one is asked for.
 *
 * @param judge is shown each portion before it becomes part of a piece, and may refuse it
 */
export async function* inPieces(
  portions: AsyncIterable<Buffer>,
  judge: (portion: Buffer) => Promise<void>,
  size = PIECE_BYTES,
): AsyncGenerator<Buffer> {
  const piece = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const portion of portions) {
    await judge(portion);
    for (let at = 0; at < portion.length;) {
      const copied = portion.copy(piece, filled, at);
      at += copied;
      filled += copied;
      if (filled === size) {
        yield piece;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
