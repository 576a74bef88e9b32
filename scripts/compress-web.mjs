/** Compresses the built page once, so that no request has to: `.br` and `.gz` beside each file worth it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const WEB = path.join(import.meta.dirname, '..', 'dist', 'web');
const WORTH_IT = /\.(?:js|css|html|svg)$/;

for (const name of readdirSync(WEB, { recursive: true, encoding: 'utf8' })) {
  if (!WORTH_IT.test(name)) continue;
  const file = path.join(WEB, name);
  const content = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  );
}
